"""Which unit a written name means: exact, short name, prefix, abbreviation; never a guess.

Each step is tried on the whole directory and counts only when it leaves candidates; several
candidates are ambiguous and the caller must say so.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from documents.page import plain
from documents.unit_synonyms import SYNONYMS
from reporting.unit import Unit

_PLACE = re.compile(r"(?:^|税务总局|局|共青团)([一-龥]{2,3}[县区市旗])(?=[一-龥]{2})")
_TOWN = re.compile(r"(?:镇|乡|街道|[县区市旗]).*")
_PREFIX = re.compile(r"^(?:(?:县|区|市|州|旗)委(?=[一-龥]{2,}部$)|[县区市州旗](?![场政域容监]))")
_LEVEL = re.compile(r"^([县区市州旗])(?![场政域容监管])")
_BRACKETS = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]")
_TAIL = re.compile(
    r"(?:(?<=[一-龥]{2})部门|等(?:单位|部门|有关单位|有关部门|相关单位|相关部门)?|[.。,;:、]+)$"
)
_ENDINGS = (
    ("镇", r"镇(?:人民政府|政府|党委)?"),
    ("乡", r"乡(?:人民政府|政府|党委)?"),
    ("街道", r"街道(?:办事处|办|党工委)?|街(?:办|道办)|办事处"),
    ("管委会", r"管理委员会|管委会"),
    ("公司", r"集团(?:有限公司|公司)?|(?:股份|责任)?有限(?:责任)?公司|公司"),
    ("中心", r"中心"),
    ("联合会", r"联合会|联(?:合)?"),
    ("大队", r"[大支]队"),
    ("部门", r"委员会|办公室|局|委|办"),
)
# Names of these kinds often begin with the place alone (云水高新技术产业开发区管理委员会).
_PLACED = frozenset({"公司", "管委会"})
_CLASSES = tuple((name, re.compile(f"^(.+?)(?:{ending})$")) for name, ending in _ENDINGS)


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitBook:
    """A directory's units arranged for looking names up; build it with `known_units`."""

    names: tuple[str, ...] = ()
    exact: Mapping[str, frozenset[str]] = field(default_factory=dict)
    aliases: Mapping[str, frozenset[str]] = field(default_factory=dict)
    cores: Mapping[str, frozenset[str]] = field(default_factory=dict)
    places: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.names)


def known_units(units: Iterable[Unit]) -> UnitBook:
    """The units of a directory, ready to look names up in."""
    units = tuple(units)
    places = _places(units)
    exact: dict[str, frozenset[str]] = {}
    aliases: dict[str, frozenset[str]] = {}
    cores: dict[str, frozenset[str]] = {}
    for unit in units:
        _note(exact, plain(unit.name), unit.name)
        for alias in unit.aliases:
            _note(aliases, plain(alias), unit.name)
        for name in (unit.name, *unit.aliases):
            for form in _forms(plain(name)):
                _note(cores, _core(form, places), unit.name)
    names = tuple(unit.name for unit in units)
    return UnitBook(
        names=names, exact=exact, aliases=aliases, cores=cores, places=frozenset(places)
    )


def find_units(text: str, book: UnitBook) -> tuple[str, ...]:
    """The full names a written name may mean: none is unknown, several are ambiguous."""
    name = _TAIL.sub("", plain(text))
    if not name:
        return ()
    steps: tuple[Callable[[str, UnitBook], frozenset[str]], ...] = (
        lambda key, units: units.exact.get(key, frozenset()),
        lambda key, units: units.aliases.get(key, frozenset()),
        _same_core,
        _known_abbreviation,
        _initials,
    )
    for number, step in enumerate(steps):
        found = step(name, book)
        if number > 1:
            found = _same_level(name, found)
        if found:
            return tuple(unit for unit in book.names if unit in found)
    return ()


def unit_class(text: str) -> str:
    """What kind of unit the ending says ("镇", "部门", "公司" …), or nothing."""
    name = plain(text)
    return next((kind for kind, pattern in _CLASSES if pattern.match(name)), "")


def has_unit_ending(text: str) -> bool:
    """Whether the text ends as the names of units do."""
    name = plain(text)
    return bool(unit_class(name)) or bool(
        re.search(r"(?:政府|[部院校社所站场]|分局|工会|协会|学会|医院|银行|党校)$", name)
    )


def _note(index: dict[str, frozenset[str]], key: str, name: str) -> None:
    if key:
        index[key] = index.get(key, frozenset()) | {name}


def _places(units: Iterable[Unit]) -> set[str]:
    """Place names that several units carry (青河县…): they tell no unit from another."""
    found: dict[str, int] = {}
    for unit in units:
        for place in set(_PLACE.findall(plain(unit.name))):
            found[place] = found.get(place, 0) + 1
    return {place for place, count in found.items() if count > 1}


def _forms(name: str) -> tuple[str, ...]:
    """The name as it is, without its brackets, and what stands in them: one unit, two names."""
    inner = tuple(part for pair in _BRACKETS.findall(name) for part in pair if len(part) > 2)
    outer = _BRACKETS.sub("", name)
    return tuple(dict.fromkeys((name, outer, *inner)))


def _core(name: str, places: Iterable[str]) -> str:
    name = re.sub(r"^国家(?=税务)", "", name).replace("税务总局", "", 1)
    for place in places:
        for word in (place, place[:-1]):
            rest = name.replace(word, "", 1)
            name = rest if len(rest) > 1 and not _TOWN.fullmatch(rest) else name
    stripped = _PREFIX.sub("", name)
    return stripped if len(stripped) > 1 else name


def _same_level(name: str, found: frozenset[str]) -> frozenset[str]:
    """Leave out units of another level: 县财政局 is never 市财政局."""
    own = _LEVEL.match(name)
    if own is None:
        return found
    return frozenset(
        unit for unit in found if (level := _LEVEL.match(unit)) is None or level[1] == own[1]
    )


def _same_core(name: str, book: UnitBook) -> frozenset[str]:
    found: frozenset[str] = frozenset()
    for form in _forms(name)[:2]:
        found |= book.cores.get(_core(form, book.places), frozenset())
    return found


def _known_abbreviation(name: str, book: UnitBook) -> frozenset[str]:
    body, kind = _split(_core(_BRACKETS.sub("", name), book.places))
    wanted = {_loose(long) for long in SYNONYMS.get(body, ())}
    found: set[str] = set()
    for core, names in book.cores.items():
        other, other_kind = _split(core)
        same = _loose(other) in wanted or (
            other_kind in _PLACED and any(_loose(other).endswith(long) for long in wanted)
        )
        if same and (not kind or kind == other_kind):
            found |= names
    return frozenset(found)


def _initials(name: str, book: UnitBook) -> frozenset[str]:
    """Units whose name holds the short name's characters in order, from the first on (发改 …)."""
    body, kind = _split(_core(_BRACKETS.sub("", name), book.places))
    if len(body) < 2:
        return frozenset()
    close: set[str] = set()
    loose: set[str] = set()
    for core, names in book.cores.items():
        other, other_kind = _split(core)
        if other_kind in _PLACED and other[:1] != body[0]:
            other = other[max(0, other.find(body[0])) :] if other.find(body[0]) in {2, 3} else other
        if (kind and kind != other_kind) or other[:1] != body[0]:
            continue
        if other.startswith(body):
            close |= names
        elif _in_order(body, other if kind else core):
            loose |= names
    return frozenset(close or loose)


def _split(core: str) -> tuple[str, str]:
    for kind, pattern in _CLASSES:
        found = pattern.match(core)
        if found:
            return found[1], kind
    return core, ""


def _loose(body: str) -> str:
    return re.sub("[和与及、]", "", body)


def _in_order(short: str, long: str) -> bool:
    rest = iter(long)
    return all(character in rest for character in short)
