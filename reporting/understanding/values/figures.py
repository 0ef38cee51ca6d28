"""Quantities with a unit: those reached now, not targets, totals, dates or last year's values."""

from dataclasses import replace

from reporting.report import Figure
from reporting.understanding.values import figures_words as say
from reporting.understanding.values.figures_counts import counts, is_first_of_few
from reporting.understanding.values.figures_scan import LASTING, Quantity, quantities
from reporting.understanding.values.figures_whole import Goals, is_divided, is_sum, is_total
from reporting.understanding.values.status_done import says_all_done
from reporting.understanding.words.spans import Clause

_SIZES = frozenset({"P", "千瓦", "兆瓦", "MW"})  # how large the work is, never a count of it
_NEXT = 3  # numbers ahead among which a whole may have its part

Found = tuple[Clause, Quantity]


def read_figures(
    clauses: list[Clause], goals: Goals, troubles: list[Clause]
) -> list[tuple[int, Figure]]:
    """The quantities the clauses report as reached, with their places.

    Of `troubles`, the clauses that tell a problem, only sums of money, shortfalls and values
    reached count.
    """
    found = [
        (clause, quantity)
        for clause in clauses
        for quantity in quantities(clause.words, goals.usual, goals.wholes)
        if _is_of_now(clause.words, quantity)
    ]
    done = says_all_done([clause.words for clause in clauses], goals.title)
    sizes = tuple(goal for goal in goals.quantities if goal.unit in _SIZES)
    known = Goals(goals.title, sizes) if done else goals  # as many as the task sets are reached
    kept = _reached(found, goals.units, known, troubles)
    kept = kept or [pair for pair in found if is_first_of_few(pair[1], goals.units)]
    return [
        (clause.start + one.start, replace(_figure(clause, one), unit=goals.shown(one)))
        for clause, one in kept
    ]


def _is_of_now(words: str, quantity: Quantity) -> bool:
    """Whether it is no value of last month or year: 上月报的27公里现在到了31公里 tells 31."""
    if not say.OTHER_TIME.search(words) or say.COMPARED.search(words):
        return True
    return bool(say.NOW.search(quantity.before))


def _reached(
    found: list[Found], units: frozenset[str], goals: Goals, troubles: list[Clause]
) -> list[Found]:
    pairs = [pair for pair in found if counts(pair[1], units)]
    values = [quantity for _, quantity in pairs]
    return [
        (clause, quantity)
        for place, (clause, quantity) in enumerate(pairs)
        if (clause not in troubles or _counts_in_trouble(quantity, units))
        and not is_total(quantity, values[place + 1 : place + 1 + _NEXT], goals)
        and not is_sum(quantity, values[:place])
        and not is_divided(quantity, _behind(found, quantity))
    ]


def _behind(found: list[Found], quantity: Quantity) -> list[Quantity]:
    """All that is told behind a number, what is left included."""
    told = [one for _, one in found]
    return told[told.index(quantity) + 1 :][:_NEXT]


def _counts_in_trouble(quantity: Quantity, units: frozenset[str]) -> bool:
    reached = quantity.reached_before and quantity.unit not in LASTING
    stuck = say.STUCK.search(quantity.before) and not quantity.after
    did = quantity.did and quantity.unit in units and not say.HELD_UP.search(quantity.before)
    reached = reached or bool(did or stuck or say.ONLY_DID.search(quantity.before))
    return quantity.unit in {"元", "‰"} or reached or "缺口" in quantity.before


def _figure(clause: Clause, quantity: Quantity) -> Figure:
    fewer = say.FEWER.search(quantity.before)
    falls = fewer and (
        fewer[0].startswith(("减少", "减收", "下降")) or say.COMPARED.search(clause.words)
    )
    name = quantity.before or quantity.after
    return Figure(name=name, value=-quantity.value if falls else quantity.value, unit=quantity.unit)
