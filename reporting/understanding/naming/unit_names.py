"""Where a message names units: who sends it, and who else has a part in it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from reporting.understanding.words.normalise import plain
from reporting.unit import Unit

_SUFFIX = re.compile(r"(?:局|委|办|会|社|院|所|中心|公司|集团|镇|乡|街道|管委会|政府)$")
_PLACE = re.compile(r"(?:镇|乡|街道|苏木|村|社区)(?:人民政府|办事处)?$")
_LEVEL = re.compile(r"^(?:县|市|区|州|省)")
_ENDS = re.compile(r"[^\u4e00-\u9fff]|$")


@dataclass(frozen=True, slots=True)
class UnitMention:
    """A place where the text names units; `bare` if by a word that may mean something else."""

    start: int
    end: int
    units: frozenset[str]
    bare: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitNames:
    """Every name of the units of a plan, and the neighbouring letters of each unit's names."""

    pattern: re.Pattern[str] | None
    units: Mapping[str, frozenset[str]]
    pairs: Mapping[str, frozenset[str]]

    def find(self, text: str) -> Iterator[UnitMention]:
        """The units a text names."""
        if self.pattern is None:
            return
        for found in self.pattern.finditer(text):
            bare = not _SUFFIX.search(found[0])
            yield UnitMention(found.start(), found.end(), self.units[found[0]], bare)

    def is_of_another_town(self, mention: UnitMention, units: frozenset[str]) -> bool:
        """Whether a town is named, and the sender is of another: he reports on his own."""
        towns = all(map(_PLACE.search, mention.units))
        return towns and not mention.units & units and any(map(_PLACE.search, units))

    def place_pairs(self, units: frozenset[str]) -> frozenset[str]:
        """Letters of the sender's one town: who writes them names no task."""
        towns = [unit for unit in units if _PLACE.search(unit)]
        if len(towns) > 1:
            return frozenset()
        return frozenset[str]().union(*(self.pairs.get(unit, frozenset()) for unit in towns))


def unit_names(units: Sequence[Unit]) -> UnitNames:
    """The names of these units, ready to be found."""
    known: dict[str, set[str]] = {}
    for unit in units:
        for name in _forms(unit):
            known.setdefault(name, set()).add(unit.name)
    longest = sorted(known, key=len, reverse=True)
    return UnitNames(
        pattern=re.compile("|".join(map(re.escape, longest))) if longest else None,
        units={name: frozenset(named) for name, named in known.items()},
        pairs={unit.name: _pairs(unit) for unit in units},
    )


def is_signature(mention: UnitMention, text: str) -> bool:
    """Whether a unit is plainly named as such: 民政局, or 民政: before what it reports."""
    return not mention.bare or bool(_ENDS.match(text, mention.end))


def tells_which_town(mention: UnitMention, units: frozenset[str]) -> bool:
    """Whether one town is named by who reports for several."""
    return sum(map(bool, map(_PLACE.search, units))) > 1 and all(map(_PLACE.search, mention.units))


def _forms(unit: Unit) -> Iterator[str]:
    for name in (unit.name, *unit.aliases):
        full = plain(name)
        for form in (full, _LEVEL.sub("", full)):
            if len(form) > 1:
                yield form


def _pairs(unit: Unit) -> frozenset[str]:
    names = [plain(name) for name in (unit.name, *unit.aliases)]
    return frozenset(
        name[place : place + length]
        for name in names
        for length in (2, 3)
        for place in range(len(name) - length + 1)
    )
