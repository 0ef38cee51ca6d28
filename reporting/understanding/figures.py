"""Quantities with a unit: those reached now, not targets, totals, dates or last year's values."""

from reporting.report import Figure
from reporting.understanding import figures_words as say
from reporting.understanding.figures_scan import Quantity, quantities
from reporting.understanding.figures_units import AMBIGUOUS
from reporting.understanding.spans import Clause

Found = tuple[Clause, Quantity]


def read_figures(
    clauses: list[Clause], title: str, troubles: list[Clause]
) -> list[tuple[int, Figure]]:
    """The quantities the clauses report as reached, with their places.

    Of `troubles`, the clauses that tell a problem, only sums of money, shortfalls and values
    reached count. What is still missing counts only where nothing else is said.
    """
    goals = list(quantities(title))
    usual = goals[0].unit if goals else ""
    found = [
        (clause, quantity)
        for clause in clauses
        if not say.OTHER_TIME.search(clause.words) or say.COMPARED.search(clause.words)
        for quantity in quantities(clause.words, usual)
    ]
    kept = _reached(found, goals, troubles) or [
        (clause, quantity)
        for clause, quantity in found
        if say.REST_BEFORE.search(quantity.before)
        and (quantity.arabic or quantity.value > 10)
        and clause not in troubles
    ]
    return [(clause.start + quantity.start, _figure(clause, quantity)) for clause, quantity in kept]


def _reached(found: list[Found], goals: list[Quantity], troubles: list[Clause]) -> list[Found]:
    values = [pair for pair in found if _counts(pair[1], goals)]
    return [
        (clause, quantity)
        for place, (clause, quantity) in enumerate(values)
        if (clause not in troubles or _counts_in_trouble(quantity))
        and not _is_total(quantity, [later for _, later in values[place + 1 : place + 4]], goals)
        and not _is_sum(quantity, [earlier for _, earlier in values[:place]])
    ]


def _is_size(quantity: Quantity) -> bool:
    """Whether it is said outright to be the size of the whole: 4万平方米共12栋, 9栋中."""
    return bool(say.SIZE_BEFORE.search(quantity.before) or say.OF_THEM.match(quantity.after))


def _is_sum(quantity: Quantity, earlier: list[Quantity]) -> bool:
    """Whether it names the whole after its part: 完成120根(总共260根)."""
    parts = [q for q in earlier if q.unit == quantity.unit and q.value < quantity.value]
    smaller = parts and not any(say.MORE.search(part.before) for part in parts)
    return bool(smaller) and bool(say.SUM_BEFORE.search(quantity.before))


def _counts_in_trouble(quantity: Quantity) -> bool:
    return quantity.unit == "元" or quantity.reached_before or "缺口" in quantity.before


def _figure(clause: Clause, quantity: Quantity) -> Figure:
    fewer = say.FEWER.search(quantity.before)
    falls = fewer and (fewer[0].startswith(("减少", "下降")) or say.COMPARED.search(clause.words))
    name = quantity.before or quantity.after
    return Figure(name=name, value=-quantity.value if falls else quantity.value, unit=quantity.unit)


def _counts(quantity: Quantity, goals: list[Quantity]) -> bool:
    """Whether the number can be a value at all, rather than a route, a phase or 一个."""
    expected = quantity.unit in {goal.unit for goal in goals}
    if say.DENIED.search(quantity.before) or (quantity.first and _is_label(quantity, expected)):
        return False
    if say.DUE_BEFORE.search(quantity.before) or say.CAPACITY.search(quantity.before):
        return False
    if say.TOTAL_BEFORE.search(quantity.before):
        return _goes_on(quantity)
    if quantity.unit in AMBIGUOUS and not expected:
        if quantity.unit == "层" and say.PLACE.search(quantity.before):
            return False
        named = quantity.before.endswith(("数", "时长", "超标", "达标"))
        return (quantity.arabic or quantity.value > 10) and (quantity.reached or named)
    if quantity.arabic or quantity.value > 10 or quantity.value % 1:
        return True
    if quantity.value <= 1 or (quantity.unit in {"项", "件"} and not expected):
        return False
    sure = quantity.reached_before or (expected and say.SMALL_AFTER.match(quantity.after))
    return bool(sure or say.ALL.match(quantity.after))


def _goes_on(quantity: Quantity) -> bool:
    """Whether something is being done with what is left or added: 其余62户已入户, 另有3个在装."""
    more = quantity.value > 1 and say.MORE_BEFORE.search(quantity.before)
    return bool(
        say.DONE_BEFORE.search(quantity.before)
        or say.UNDER_WAY.match(quantity.after)
        or (more and say.MORE_UNDER_WAY.match(quantity.after))
    )


def _is_label(quantity: Quantity, expected: bool) -> bool:
    return quantity.unit in {"项", "条"} and not expected


def _is_total(quantity: Quantity, later: list[Quantity], goals: list[Quantity]) -> bool:
    """Whether it is the size of the whole: "26个已开工24个", or what the title sets as target."""
    part = next((q for q in later if q.unit == quantity.unit != "元"), None)
    if part and (part.value > quantity.value or say.ASIDE.search(part.before)):
        part = None
    inner = bool(say.ASIDE.search(quantity.before))
    if part and _is_size(quantity):
        return True
    done = quantity.reached or say.DONE_NEARBY.search(quantity.before)
    if part and part.reached_before and not (done or inner):
        return True
    same = any(
        goal.value == quantity.value and (goal.unit == quantity.unit or goal.value >= 100)
        for goal in goals
    )
    done = quantity.reached_before or say.ALL.match(quantity.after)
    return same and (part is not None or not done)
