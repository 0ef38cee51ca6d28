"""Quantities with a unit: those reached now, not targets, totals, dates or last year's values."""

from collections.abc import Iterator
from dataclasses import dataclass

from reporting.report import Figure
from reporting.understanding import figures_words as say
from reporting.understanding.figures_units import AMBIGUOUS, COUNTED, MONEY, UNIT, UNITS
from reporting.understanding.numerals import Numeral, find_numbers
from reporting.understanding.spans import Clause


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit, the words before it up to the last quantity, and its place."""

    start: int
    end: int
    value: float
    unit: str
    before: str
    after: str
    arabic: bool

    @property
    def reached(self) -> bool:
        """Whether a word of completion stands right before or after."""
        return bool(say.REACHED.search(self.before) or say.REACHED_AFTER.match(self.after))


def read_figures(
    clauses: list[Clause], title: str, troubles: list[Clause]
) -> list[tuple[int, Figure]]:
    """The quantities the clauses report as reached, with their places.

    Of `troubles`, the clauses that tell a problem, only sums of money and values reached count.
    """
    goals = list(quantities(title))
    found = [
        (clause, quantity)
        for clause in clauses
        if not say.OTHER_TIME.search(clause.words) or say.COMPARED.search(clause.words)
        for quantity in quantities(clause.words)
        if _counts(quantity, goals)
    ]
    figures = []
    for place, (clause, quantity) in enumerate(found):
        if clause in troubles and not (quantity.unit == "元" or quantity.reached):
            continue
        if not _is_total(quantity, [later for _, later in found[place + 1 :]], goals):
            figures.append((clause.start + quantity.start, _figure(quantity, clause.words)))
    return figures


def _figure(quantity: Quantity, words: str) -> Figure:
    fewer = say.FEWER.search(quantity.before) and say.COMPARED.search(words)
    name = quantity.before or quantity.after
    return Figure(name=name, value=-quantity.value if fewer else quantity.value, unit=quantity.unit)


def _counts(quantity: Quantity, goals: list[Quantity]) -> bool:
    """Whether the number can be a value at all, rather than a route, a phase or 一个."""
    if say.DENIED.search(quantity.before):
        return False
    if say.TOTAL_BEFORE.search(quantity.before):
        return quantity.reached
    if quantity.unit in AMBIGUOUS and quantity.unit not in {goal.unit for goal in goals}:
        return quantity.arabic and (quantity.reached or quantity.before.endswith("数"))
    if quantity.arabic or quantity.value > 10:
        return True
    return quantity.value > 1 and (quantity.reached or bool(say.ALL.match(quantity.after)))


def _is_total(quantity: Quantity, later: list[Quantity], goals: list[Quantity]) -> bool:
    """Whether it is the size of the whole: "26个已开工24个", or what the title sets as target."""
    parts = [
        q
        for q in later[:3]
        if q.unit == quantity.unit != "元" and q.value <= quantity.value and "其中" not in q.before
    ]
    if any(part.reached for part in parts) and not quantity.reached:
        return True
    same = any(
        goal.value == quantity.value and (goal.unit == quantity.unit or goal.value >= 100)
        for goal in goals
    )
    return same and (bool(parts) or not (quantity.reached or say.ALL.match(quantity.after)))


def quantities(text: str) -> Iterator[Quantity]:
    """Every number of the text that carries a unit of measure or is a sum of money."""
    code = say.CODE.match(text)
    left = code.end() if code else 0
    for numeral in find_numbers(text):
        if numeral.start < left or text[numeral.end :].startswith("%"):
            continue
        quantity = _quantity(text, numeral, left)
        if quantity:
            left = quantity.end
            yield quantity


def _quantity(text: str, numeral: Numeral, left: int) -> Quantity | None:
    before, after = text[left : numeral.start], text[numeral.end : numeral.end + 16]
    if say.LABEL_BEFORE.search(before) or say.NOT_COUNTED.match(after) or say.REPLACED.match(after):
        return None
    if vague := say.APPROXIMATE.match(after):
        if not numeral.arabic:
            return None
        after = after[vague.end() :]
    if not UNIT.match(after):
        if text[numeral.end - 1] not in "万亿" or not numeral.arabic or not MONEY.search(text):
            return None
        return Quantity(
            numeral.start, numeral.end, numeral.value, "元", before, after, numeral.arabic
        )
    quantity = _measured(numeral, before, after)
    return None if say.THRESHOLD.match(quantity.after) else quantity


def _measured(numeral: Numeral, before: str, after: str) -> Quantity:
    found = UNIT.match(after)
    spelling = found[0] if found else ""
    unit = UNITS[spelling]
    if spelling in COUNTED and COUNTED[spelling].match(after):
        unit = "人"
    if (per := say.PER.search(before)) and (per[1] or per[2]):
        unit = f"{unit}/{per[1] or per[2]}"
    end = numeral.end + len(spelling)
    return Quantity(
        numeral.start, end, numeral.value, unit, before, after[len(spelling) :], numeral.arabic
    )
