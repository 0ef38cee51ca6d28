"""Finding quantities in a clause: a number with its unit of measure, and the words beside it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from reporting.understanding import figures_words as say
from reporting.understanding.figures_units import COUNTED, FEW, MONEY, UNIT, UNITS
from reporting.understanding.numerals import Numeral, find_numbers

BESIDE = 24  # characters read on either side of a number


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit, its place, and the words before (up to the last one) and after."""

    start: int
    end: int
    value: float
    unit: str
    before: str
    after: str
    arabic: bool
    first: bool

    @property
    def reached_before(self) -> bool:
        """Whether a word of completion stands right before."""
        return bool(say.REACHED.search(self.before))

    @property
    def reached(self) -> bool:
        """Whether a word of completion stands right before or after."""
        return self.reached_before or bool(say.REACHED_AFTER.match(self.after))


def quantities(text: str, usual: str = "") -> Iterator[Quantity]:
    """The numbers of a clause with their units; one without takes over the last or `usual` one."""
    code = say.CODE.match(text)
    left = code.end() if code else 0
    last: Quantity | None = None
    for numeral in find_numbers(text):
        if numeral.start < left or text.startswith("%", numeral.end):
            continue
        quantity = _quantity(text, numeral, left)
        if quantity and not quantity.unit:
            taken = last.unit if last and last.unit != "元" else usual
            large = taken in FEW and text[numeral.end - 1] in "万亿"
            quantity = replace(quantity, unit="元" if large else taken)
        if quantity and quantity.unit:
            left, last = quantity.end, quantity
            yield quantity


def _quantity(text: str, numeral: Numeral, left: int) -> Quantity | None:
    before = text[max(left, numeral.start - BESIDE) : numeral.start]
    after = text[numeral.end : numeral.end + BESIDE]
    if (
        text.startswith(say.HOTLINE, numeral.start)
        or say.LABEL_BEFORE.search(before)
        or say.NOT_COUNTED.match(after)
        or say.REPLACED.match(after)
    ):
        return None
    if after.startswith("个点") and say.POINTS_BEFORE.search(before):
        return None
    if vague := say.APPROXIMATE.match(after):
        if not numeral.arabic:
            return None
        after = after[vague.end() :]
    spelling, unit = _unit(text, numeral, before, after)
    if unit is None:
        return None
    after = after[len(spelling) :]
    if any(w.match(after) for w in (say.THRESHOLD, say.FUTURE_AFTER, say.REPLACED)):
        return None
    end = text.index(after, numeral.end) if after else len(text)
    first = not text[: numeral.start].strip()
    return Quantity(numeral.start, end, numeral.value, unit, before, after, numeral.arabic, first)


def _unit(text: str, numeral: Numeral, before: str, after: str) -> tuple[str, str | None]:
    """How the unit is spelled and what it is; "" for a number that takes over the last unit."""
    if found := UNIT.match(after):
        spelling = found[0]
        unit = UNITS[spelling]
        if spelling in COUNTED and COUNTED[spelling].match(after):
            unit = "块" if spelling == "块" else "人"
        per = say.PER.search(before)
        return spelling, f"{unit}/{per[1] or per[2]}" if per else unit
    if of := say.OUT_OF.match(after):  # 450/600盏
        return of[0], UNITS[of[1]]
    if not say.ENDS_THERE.match(after):
        return "", None
    last = text[numeral.end - 1]
    if numeral.arabic and (last == "亿" or (last == "万" and MONEY.search(before))):
        return "", "元"
    bare = say.REACHED.search(before) or last in "万亿"
    return "", "" if bare and numeral.value > 10 else None
