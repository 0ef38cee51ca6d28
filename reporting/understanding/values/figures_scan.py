"""Finding quantities in a clause: a number with its unit of measure, and the words beside it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from reporting.understanding.values import figures_words as say
from reporting.understanding.values.figures_units import (
    AMBIGUOUS,
    CROWD,
    FEW,
    MONEY,
    MONEY_OF,
    OF_PEOPLE,
    PEOPLE,
    PRICED,
    SPLIT,
    UNIT,
    UNITS,
)
from reporting.understanding.words.numerals import Numeral, find_numbers

LASTING = frozenset({"天", "小时", "次", "趟", "层", "期", "人"})
PHASES = frozenset({"期", "批"})  # 二期 names one, 3期 may count them
BESIDE = 24  # characters read on either side of a number
TENTHS = "零一二三四五六七八九"


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
    over: bool = False  # written over the whole: 19/24
    written: str = ""  # the unit as it is spelled

    @property
    def reached_before(self) -> bool:
        """Whether a word of completion stands right before."""
        return bool(say.REACHED.search(self.before))

    @property
    def did(self) -> bool:
        """Whether it was done, whatever the word for it: 验了六座, 老堰坝拆掉两座."""
        return self.unit not in LASTING and bool(say.DID.search(self.before))

    @property
    def reached(self) -> bool:
        """Whether a word of completion stands right before or after."""
        return self.reached_before or bool(say.REACHED_AFTER.match(self.after))


def quantities(
    text: str, usual: str = "", wholes: Mapping[float, str] | None = None
) -> Iterator[Quantity]:
    """The numbers of a clause with their units; one without takes over the last or `usual` one.

    Of 9/26 it takes the 9 where 26 is one of the `wholes`; else it may be a date.
    """
    left, last = 0, None
    for numeral in find_numbers(text):
        if numeral.start < left or text.startswith("%", numeral.end):
            continue
        quantity = _over_whole(text, numeral, left, wholes) or _quantity(text, numeral, left)
        if quantity and not quantity.unit:
            taken = last.unit if last and last.unit != "元" else usual
            large = text[numeral.end - 1] in "万亿" and (not taken or taken in FEW)
            quantity = replace(quantity, unit=_of_many(quantity.before) if large else taken)
        if quantity and quantity.unit:
            left = quantity.end
            last = last if quantity.unit in AMBIGUOUS else quantity
            yield quantity


def _is_labelled(text: str, numeral: Numeral, before: str) -> bool:
    """Whether it is the number of something: 第3, S316, 12-15; GDP1298.6亿 is a sum."""
    if say.LETTER_BEFORE.search(before):
        return not say.SUM_AFTER.match(text, numeral.end - 1)
    return bool(say.LABEL_BEFORE.search(before))


def _over_whole(
    text: str, numeral: Numeral, left: int, wholes: Mapping[float, str] | None
) -> Quantity | None:
    """A number over the whole that the task sets: 19/24, 22段/共31段."""
    over = say.OVER.match(text, numeral.end) if wholes else None
    usual = wholes.get(float(over[2])) if over and wholes else None
    if not over or not usual or say.LETTER_BEFORE.search(text[: numeral.start]):
        return None
    before = text[max(left, numeral.start - BESIDE) : numeral.start]
    unit = UNITS.get(over[1] or over[3] or "", usual)
    after = text[over.end() : over.end() + BESIDE]
    return Quantity(
        numeral.start, over.end(), numeral.value, unit, before, after, True, False, over=True
    )


def _of_many(before: str) -> str:
    """What tens of thousands are of where nothing says it: money, or those who came."""
    return "人" if CROWD.search(before) else "元"


def _quantity(text: str, numeral: Numeral, left: int) -> Quantity | None:
    before = text[max(left, numeral.start - BESIDE) : numeral.start]
    after = text[numeral.end : numeral.end + BESIDE]
    if (
        text.startswith(say.HOTLINE, numeral.start)
        or _is_labelled(text, numeral, before)
        or (say.NOT_COUNTED.match(after) and not _points(before, after))
        or say.REPLACED.match(after)
        or before.endswith("百分之")
    ):
        return None
    if after.startswith("个点") and say.POINTS_BEFORE.search(before):
        return None
    if vague := say.APPROXIMATE.match(after):
        if not numeral.arabic:
            return None
        after = after[vague.end() :]
    spelling, unit = _unit(text, numeral, before, after)
    if unit is None or _is_span(unit, numeral, before):
        return None
    value, after = numeral.value, after[len(spelling) :]
    if unit in SPLIT and (tenth := say.TENTH.match(after)):
        value, after = value + TENTHS.index(tenth[1] or "五") / 10, after[tenth.end() :]
    if any(w.match(after) for w in (say.THRESHOLD, say.GOAL_AFTER, say.FUTURE_AFTER, say.REPLACED)):
        return None
    end = text.index(after, numeral.end) if after else len(text)
    first = not text[: numeral.start].strip()
    arabic = numeral.arabic
    return Quantity(numeral.start, end, value, unit, before, after, arabic, first, written=spelling)


def _is_span(unit: str, numeral: Numeral, before: str) -> bool:
    """Whether it names a phase (二期, not 开了两期) or a span of time that nobody cut."""
    if unit in say.TIMES:
        return not say.CUT_DOWN.search(before)
    return unit in PHASES and not numeral.arabic and not say.DID.search(before)


def _kind(spelling: str, before: str, after: str) -> str:
    """What a unit so spelled is beside these words."""
    unit = UNITS[spelling]
    if unit == "块" and PRICED.search(before):
        unit = "元"
    elif unit in {"个", "位"} and (PEOPLE.match(after) or OF_PEOPLE.search(before)):
        unit = "人"
    per = say.PER.search(before)
    each = f"{unit}/{per[1] or per[2]}" if per else unit
    return each if each in UNITS else unit


def _points(before: str, after: str) -> re.Match[str] | None:
    """The unit behind points that were given, which may be left out: 评分71."""
    if not (scored := say.SCORED.search(before)):
        return None
    bare = say.SCORE_ENDS.match(after) if "分" in scored[0] else None
    return say.SCORE.match(after) or bare


def _unit(text: str, numeral: Numeral, before: str, after: str) -> tuple[str, str | None]:
    """How the unit is spelled and what it is; "" for a number that takes over the last unit."""
    if points := _points(before, after):
        return points[0], "分"
    if found := UNIT.match(after):
        return found[0], _kind(found[0], text[: numeral.start], after)
    if of := say.OUT_OF.match(after):  # 450/600盏, 79/120
        return of[0], UNITS[of[1]] if of[1] else ""
    last = text[numeral.end - 1]
    if last in "万亿" and (say.PAID.match(after) or (last == "万" and MONEY_OF.search(before))):
        return "", "元"
    if not say.ENDS_THERE.match(after):
        return "", None
    if not numeral.arabic and "亿" in text[numeral.start : numeral.end - 1]:
        return "", "元"  # 二十四亿三
    if last == "亿" or (last == "万" and MONEY.search(before)):
        return "", "元"
    listed = say.LISTED.search(text[: numeral.start])  # 9家(实验室1、工程中心5)
    done = say.REACHED.search(before) or say.DID.search(before) or before.endswith("以")
    bare = done or last in "万亿"
    built = numeral.value > 1 and say.BUILT.fullmatch(before)  # 开工22,完工9
    return "", "" if listed or built or (bare and numeral.value > 10) else None
