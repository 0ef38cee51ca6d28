"""Tasks named one after the other, counted or not: 青螺、红庙两个水库都在按计划走."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile

from reporting.understanding.words.numerals import read_number
from reporting.understanding.words.split import Clause, Cut

_AND = re.compile(r"\s*[、和与及跟]\s*")
_NAME = re.compile(r"[a-z\u4e00-\u9fff]{2,10}")
# How many things were named and what they are, or that it is said of all of them.
_ALL = re.compile(
    r"[这那]?(?P<count>[两二三四五六2-6])[个项条座处片所家大](?P<noun>[\u4e00-\u9fff]{0,4})(?P<said>:?)"
    r"|(?=[均都皆]|全部|全都)"
)
_MOST, _LONGEST = 6, 70  # names, letters of a list
_STATED = re.compile(  # then it is no list of names
    "[完了已未没]|封顶|[开动竣停]工|验收|到位|通车|投用|交付"
)

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Listing:
    """Where in a text each name stands, the word that all of them share, and what is said."""

    names: tuple[Span, ...]
    noun: Span
    said: int  # where it begins
    valued: bool  # a colon stands there: values follow, one for each

    def parts(self, text: str) -> Iterator[tuple[Clause, ...]]:
        """Each name with the word they share, as if it alone stood there: 青螺 水库."""
        shared = _clause(text, self.noun, Cut.NONE)
        for name in self.names:
            named = _clause(text, name, Cut.LINE)
            yield (named, shared) if shared.words else (named,)


def read_listing(clause: Clause) -> Listing | None:
    """What a clause names and counts, or None."""
    words = clause.words[clause.head - clause.start :][:_LONGEST]
    for all_of in _ALL.finditer(words):
        names = tuple(_names(words[: all_of.start()]))
        if names and (all_of["count"] is None or len(names) == read_number(all_of["count"])):
            return _listing(clause.head, names, all_of)
    return None


def _names(words: str) -> Iterator[Span]:
    """Where the names stand, if words are nothing but several of them."""
    ends = [step.span() for step in _AND.finditer(words)]
    spans = pairwise([0, *(place for step in ends for place in step), len(words)])
    names = [*spans][::2]
    plain = 1 < len(names) <= _MOST and not _STATED.search(words)
    if plain and all(_NAME.fullmatch(words, *span) for span in names):
        yield from names


def _listing(head: int, names: Sequence[Span], all_of: re.Match[str]) -> Listing:
    start, end = all_of.span("noun") if all_of["noun"] else (0, 0)
    return Listing(
        names=tuple((head + a, head + b) for a, b in names),
        noun=(head + start, head + end),
        said=head + (all_of.start() if all_of["noun"] is None else all_of.start("noun")),
        valued=bool(all_of["said"]),
    )


def in_lists(told: Sequence[Clause], text: str) -> Iterator[tuple[Clause, ...]]:
    """The clauses in order, those that make up one list together, and each other alone."""
    place = 0
    while place < len(told):
        rest = told[place : place + 2 * _MOST]
        goes_on = sum(1 for _ in takewhile(lambda clause: clause.cut is Cut.LIST, rest[1:]))
        count = _count(rest[: goes_on + 1], text)
        yield tuple(rest[:count])
        place += count


def _count(parts: Sequence[Clause], text: str) -> int:
    """How many of these clauses, cut apart by 、, make up one list: all if values follow."""
    for count in range(1, min(len(parts), _MOST) + 1):
        if listing := read_listing(joined(parts[:count], text)):
            return len(parts) if listing.valued else count  # 甲、乙两项:68%、44%
    return 1


def joined(parts: Sequence[Clause], text: str) -> Clause:
    """These clauses, which follow one another, as one."""
    first, end = parts[0], parts[-1].end
    return replace(first, end=end, words=text[first.start : end])


def _clause(text: str, span: Span, cut: Cut) -> Clause:
    return Clause(*span, text[slice(*span)], cut, span[0], detail=False)
