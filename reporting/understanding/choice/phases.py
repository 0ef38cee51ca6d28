"""Works alike (一期、二期; 东段、西段; 城南、城北) that a message speaks of one after the other."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import pairwise

from reporting.understanding.choice.match import Match
from reporting.understanding.choice.verdict import Sure
from reporting.understanding.naming.index import Entry, PlanIndex
from reporting.understanding.naming.titles import numbered, phase
from reporting.understanding.parts.background import backgrounds

SURE = 0.97
_AT_FIRST = 6  # letters in which the other one is named
_MOSTLY = 0.5
_LONGEST_MARK = 4
_OUTRIGHT = 1.0  # naming letters with which words speak of neither
_LEAD = re.compile(r"\W*(?:另外?|还有|再|而|但|至于|然后|那个?)*")
_SIDE = re.compile(r"([东西南北前后上下左右内外])(?:[边头面侧端半岸]|那)")
_NUMBERED = re.compile(r"(?:\d{1,2}|[一二三四五六七八九十])[号#]")
_THING = re.compile(rf"{_NUMBERED.pattern}(?P<thing>[\u4e00-\u9fff]{{2}})")
_HAN = re.compile(r"[\u4e00-\u9fff]+")


def sister(words: str, found: Match, before: Sequence[int], index: PlanIndex) -> Sure | None:
    """The work like the one spoken of last that these words tell from it: 一期封顶。二期定标."""
    if len(before) != 1 or any(True for _ in backgrounds(words)):
        return None
    last = index.entries[before[0]]
    lead = _LEAD.match(words)
    begin = lead.end() if lead else 0
    head = words[begin : begin + _AT_FIRST]
    sisters = [n for n, _ in found.ranked if is_told(head, index.entries[n], last)]
    if len(sisters) != 1 or _speaks_of_neither(found, sisters[0], before[0]):
        return None
    return Sure(tasks=(sisters[0],), probability=SURE, evidence=(f"{head} beside the last",))


def _speaks_of_neither(found: Match, one: int, last: int) -> bool:
    """Whether the words name another task than the two alike."""
    assert found.best is not None
    best, other = found.evidence[found.best], found.evidence[one]
    return found.best not in {one, last} and best.surplus(other) >= _OUTRIGHT


def is_told(head: str, entry: Entry, last: Entry) -> bool:
    """Whether the first words name what a work has and the one like it lacks, and not both."""
    said = phase(head)
    if said and said != last.phase:
        return said == entry.phase and bool(marks(entry.title, last.title))
    there = {*_pairs(head), *(found[1] for found in _SIDE.finditer(head))}
    there |= {numbered(found[0]) for found in _NUMBERED.finditer(head)}
    own, other = marks(entry.title, last.title), marks(last.title, entry.title)
    return bool(there & own) and not there & other


@lru_cache(maxsize=20_000)
def marks(title: str, other: str) -> frozenset[str]:
    """What tells a title from one like it: letter pairs, single letters and numbers.

    Both have as many: 东[西]段, 云[溪]桥区, [3号]泊位; none if they are not alike.
    """
    pairs, others = {*_pairs(title)}, {*_pairs(other)}
    if len(pairs & others) < max(_MOSTLY * min(len(pairs), len(others)), 1):
        return _told_by_number(title, other)
    return frozenset(_marks(title, other)) | _told_by_number(title, other)


def _marks(title: str, other: str) -> Iterator[str]:
    for kind, start, end, first, last in SequenceMatcher(None, title, other, False).get_opcodes():
        one, two = title[start:end], other[first:last]
        if kind != "replace" or len(one) != len(two) or len(one) > _LONGEST_MARK:
            continue
        if _HAN.fullmatch(one) and _HAN.fullmatch(two):
            yield from _pairs(title[max(start - 1, 0) : end + 1])
            yield from one if len(one) == 1 else ()


def _told_by_number(title: str, other: str) -> frozenset[str]:
    """The number of a thing of which the other title has another: 3号泊位, 5号泊位."""
    own, others = (
        {m["thing"]: numbered(m[0][: -len(m["thing"])]) for m in _THING.finditer(text)}
        for text in (title, other)
    )
    return frozenset(n for thing, n in own.items() if others.get(thing, n) != n)


def _pairs(text: str) -> list[str]:
    return [a + b for a, b in pairwise(text) if _HAN.fullmatch(a + b)]
