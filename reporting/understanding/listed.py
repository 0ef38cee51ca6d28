"""Tasks named one after the other and counted: 青螺、红庙两个水库都在按计划走."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from reporting.understanding.numerals import read_number
from reporting.understanding.split import Clause, Cut

_NAME = r"[a-z\u4e00-\u9fff]{2,10}?"
_AND = r"\s*[、和与及跟]\s*"
_LISTED = re.compile(
    rf"(?P<names>{_NAME}(?:{_AND}{_NAME}){{1,5}})(?:[这那]?(?P<count>[两二三四五六2-6])[个项条座处片所家大]"
    r"(?P<noun>[\u4e00-\u9fff]{0,4})|(?=[均都皆]|全部|全都))(?P<said>[:,]?)"
)
_STATED = re.compile(
    "[完了已未没]|封顶|[开动竣停]工|验收|到位|通车|投用|交付"
)  # then it is no list of names
_STEP = re.compile(_AND)

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Listing:
    """Where in a text each name stands, the word that all of them share, and what is said."""

    names: tuple[Span, ...]
    noun: Span
    said: int  # where it begins

    def parts(self, text: str) -> Iterator[tuple[Clause, ...]]:
        """Each name with the word they share, as if it alone stood there: 青螺 水库."""
        shared = _clause(text, self.noun, Cut.NONE)
        for name in self.names:
            named = _clause(text, name, Cut.LINE)
            yield (named, shared) if shared.words else (named,)


def read_listing(clause: Clause) -> Listing | None:
    """What a clause names and counts, or None."""
    words = clause.words[clause.head - clause.start :]
    found = _LISTED.match(words)
    if found is None:
        return None
    ends = [step.span() for step in _STEP.finditer(found["names"])]
    starts, stops = (
        [0, *(end for _, end in ends)],
        [*(start for start, _ in ends), len(found["names"])],
    )
    if _STATED.search(found["names"]) or (
        found["count"] and len(starts) != read_number(found["count"])
    ):
        return None
    names = tuple((clause.head + a, clause.head + b) for a, b in zip(starts, stops, strict=True))
    noun = found.span("noun") if found["noun"] else (0, 0)
    said = found.end("names") if found["noun"] is None else found.start("noun")
    return Listing(names, (clause.head + noun[0], clause.head + noun[1]), clause.head + said)


def in_lists(told: Sequence[Clause], text: str) -> Iterator[tuple[Clause, ...]]:
    """The clauses in order, those that make up one list together, and each other alone."""
    rest = [*told]
    while rest:
        goes_on = sum(1 for _ in takewhile(lambda clause: clause.cut is Cut.LIST, rest[1:]))
        counts = (n for n in range(1, goes_on + 2) if read_listing(joined(rest[:n], text)))
        count = next(counts, 1)
        if goes_on and _gives_values(joined(rest[:count], text)):
            count = goes_on + 1  # 甲、乙两项:68%、44%
        yield tuple(rest[:count])
        rest = rest[count:]


def _gives_values(clause: Clause) -> bool:
    """Whether a colon stands behind the names: values follow, one for each."""
    found = _LISTED.match(clause.words, clause.head - clause.start)
    return found is not None and found["said"] == ":"


def joined(parts: Sequence[Clause], text: str) -> Clause:
    """These clauses, which follow one another, as one."""
    first, end = parts[0], parts[-1].end
    return replace(first, end=end, words=text[first.start : end])


def _clause(text: str, span: Span, cut: Cut) -> Clause:
    return Clause(*span, text[slice(*span)], cut, span[0], detail=False)
