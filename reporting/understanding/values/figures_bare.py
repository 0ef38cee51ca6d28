"""Counts typed without their unit, told by the task: "目录876,73%" of 1200 kinds is 876 kinds."""

import re
from collections.abc import Collection, Iterator

from reporting.report import Figure
from reporting.understanding.values import figures_words as say
from reporting.understanding.values.figures_scan import Quantity
from reporting.understanding.values.figures_whole import Goals
from reporting.understanding.words.numerals import Numeral, find_numbers
from reporting.understanding.words.spans import Clause

_NEAR = 0.6  # per cent by which a share of the goal may be rounded
_LEAST, _MOST = 0.02, 1.5  # times the goal that a count may be
_HALF, _TWICE = 0.5, 2.0  # of a mean that is to be kept down
_REACHED = re.compile("完成|进度|达标|同比|下降|[降升]")
_SHARES = 100  # up to which a bare number may be a completion: 路灯65
_HAN = re.compile(r"[\u4e00-\u9fff]")
_FILLER = re.compile(
    r"累计|完成|已经?|目前|今年|截至|共计?|现|\d*月份?|应|更正|到|了|达|约|为|是|有|的"
)
_MEAN = re.compile(r"(?:均值|平均|浓度|颗粒物|PM2\.5|PM10)[^,\d]{0,4}$")
_ENDS = re.compile(r"[了啦]?\s*(?:$|[(,、;:]|\d)")
_OF_DATE = re.compile(r"(?:[-~—至到/.之]|第|#|[A-Za-z])\s*$")


def read_bare_counts(
    clauses: list[Clause], goals: Goals, shares: Collection[float], taken: Collection[int]
) -> list[tuple[int, Figure]]:
    """Numbers without a unit that must count what the goal counts, with their places.

    They are as many as one of the `shares` of the goal, or stand behind what the title names.
    """
    goal = next((goal for goal in goals.quantities if goal.value > 1), None)
    if goal is None:
        return []
    return [
        (clause.start + number.start, Figure(name=before, value=number.value, unit=goal.unit))
        for clause in clauses
        for number, before in unmeasured(clause)
        if clause.start + number.start not in taken
        and (
            _is_share(number, goal, shares)
            or _is_named(number, before, goals.title, goal)
            or ("/" in goal.unit and _is_mean(number, clause.words[: number.start], goal))
        )
    ]


def unmeasured(clause: Clause) -> Iterator[tuple[Numeral, str]]:
    """The numbers of a clause that nothing follows, with the words before."""
    left = 0
    for number in find_numbers(clause.words):
        before, left = clause.words[left : number.start], number.end
        after = clause.words[number.end :]
        denied = any(word.search(before) for word in (say.TOTAL_BEFORE, *say.NO_VALUE_BEFORE))
        if (
            (number.arabic or number.value % 1)
            and _ENDS.match(after)
            and not (denied or _OF_DATE.search(before))
        ):
            yield number, before


def _is_share(number: Numeral, goal: Quantity, shares: Collection[float]) -> bool:
    ratio = 100 * number.value / goal.value
    return number.value > 1 and any(abs(ratio - share) < _NEAR for share in shares if share >= 1)


def _is_mean(number: Numeral, before: str, goal: Quantity) -> bool:
    """Whether a number is the mean that the goal keeps down: PM2.5均值36; 截至昨天26.8."""
    near = _HALF * goal.value <= number.value <= _TWICE * goal.value
    return bool(_MEAN.search(before)) or (near and not _REACHED.search(before))


def _is_named(number: Numeral, before: str, title: str, goal: Quantity) -> bool:
    """Whether the title names what is told before, and the goal may be so counted."""
    named = _HAN.findall(_FILLER.sub("", before))
    likely = _LEAST * goal.value <= number.value <= _MOST * goal.value and number.value > _SHARES
    return likely and len(named) > 1 and all(letter in title for letter in named)
