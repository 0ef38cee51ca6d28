"""Phases of one work (一期、二期; 东段、西段) that a message speaks of one after the other."""

from collections.abc import Sequence
from itertools import pairwise

from reporting.understanding.index import PlanIndex
from reporting.understanding.match import Match
from reporting.understanding.titles import phase
from reporting.understanding.verdict import Sure

SURE = 0.97
_AT_FIRST = 6  # letters in which another phase is named
_MOSTLY = 0.5


def other_phase(words: str, found: Match, before: Sequence[int], index: PlanIndex) -> Sure | None:
    """The other phase of the work spoken of last: 大桥一期封顶。二期:总包定标."""
    said = phase(words[:_AT_FIRST])
    if not said or len(before) != 1:
        return None
    last = index.entries[before[0]]
    if said == last.phase:
        return None
    sisters = [n for n, _ in found.ranked if index.entries[n].phase == said]
    sisters = [n for n in sisters if _is_like(index.entries[n].title, last.title)]
    if len(sisters) != 1:
        return None
    return Sure(tasks=(sisters[0],), probability=SURE, evidence=(f"{said} of the last",))


def _is_like(title: str, other: str) -> bool:
    """Whether two titles share most of their letter pairs."""
    pairs, others = ({a + b for a, b in pairwise(text)} for text in (title, other))
    return len(pairs & others) >= _MOSTLY * min(len(pairs), len(others))
