"""Contacts, short names and leaders from the sheets and tables that list them."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from documents.column import Role
from documents.layout import Block, blocks, is_directory
from documents.opening import open_page
from documents.page import Page, Row, one_line, plain
from documents.unit_cell import split_names
from documents.unit_names import UnitBook, find_units, known_units
from reporting.errors import PlanRefused
from reporting.liaison import Leader, Liaison, Rung
from reporting.plan import Directory
from reporting.unit import Unit

_NO_DIRECTORY = Directory()
_ACCOUNT_ROLES = (Role.POST, Role.WECOM, Role.DINGTALK, Role.PHONE)


def read_directory(path: Path) -> Directory:
    """The directory of a workbook or document; refused when it lists no unit and no person."""
    directory = directory_of(open_page(path))
    if directory == Directory():
        raise PlanRefused(
            (
                f"{path.name}：没有找到名录。请至少提供一个工作表，表头含“单位”和“姓名”，"
                "或含“单位全称”和“简称”。",
            )
        )
    return directory


def directory_of(page: Page, known: Directory = _NO_DIRECTORY) -> Directory:
    """What all directory tables of a file say together, beside what is `known` already.

    A unit the lists name by a short name is that unit, not another one.
    """
    tables = [block for grid in page.grids for block in blocks(grid) if is_directory(block)]
    tables.sort(key=lambda table: not table.columns(Role.ALIAS, Role.FULL_NAME))
    whole = known
    for table in tables:
        whole = merge_directories([whole, _settled(_directory(table), known_units(whole.units))])
    return whole


def _settled(directory: Directory, book: UnitBook) -> Directory:
    def full(name: str) -> str:
        found = find_units(name, book)
        return found[0] if len(found) == 1 else name

    return Directory(
        units=tuple(Unit(name=full(unit.name), aliases=unit.aliases) for unit in directory.units),
        liaisons=tuple(
            replace(liaison, units=tuple(dict.fromkeys(map(full, liaison.units))))
            for liaison in directory.liaisons
        ),
        leaders=directory.leaders,
    )


def merge_directories(directories: Iterable[Directory]) -> Directory:
    """One directory of several; the same unit, liaison or leader counts once."""
    directories = tuple(directories)
    aliases: dict[str, dict[str, None]] = {}
    liaisons: dict[str, Liaison] = {}
    leaders: dict[str, Leader] = {}
    for directory in directories:
        for unit in directory.units:
            aliases.setdefault(unit.name, {}).update(dict.fromkeys(unit.aliases))
        for liaison in directory.liaisons:
            liaisons[liaison.key] = _joined(liaisons.get(liaison.key), liaison)
        for leader in directory.leaders:
            known = leaders.get(leader.name)
            leaders[leader.name] = leader if leader.title or known is None else known
    return Directory(
        units=tuple(Unit(name=name, aliases=tuple(short)) for name, short in aliases.items()),
        liaisons=tuple(liaisons.values()),
        leaders=tuple(leaders.values()),
    )


def _joined(known: Liaison | None, new: Liaison) -> Liaison:
    if known is None:
        return new
    return replace(
        new,
        units=tuple(dict.fromkeys(known.units + new.units)),
        post=new.post or known.post,
        phone=new.phone or known.phone,
        wecom=new.wecom or known.wecom,
        dingtalk=new.dingtalk or known.dingtalk,
        duty=min(known.duty, new.duty, key=list(Rung).index),
    )


def _directory(table: Block) -> Directory:
    units: list[Unit] = []
    liaisons: list[Liaison] = []
    leaders: list[Leader] = []
    named = table.columns(Role.FULL_NAME) or table.columns(Role.UNITS)
    leading = table.columns(Role.LEADER)
    for row in table.rows:
        if len(row.texts) < 2:
            continue
        own = tuple(name for at in named[:1] for name in split_names(row.cell(at)))
        units.extend(_units(table, row, own))
        if own and table.columns(Role.NAME):
            liaisons.extend(_people(table, row, own))
        elif leading or (table.columns(Role.NAME) and not named):
            leaders.extend(_leaders(table, row, leading or table.columns(Role.NAME)))
    return merge_directories(
        [Directory(units=tuple(units), liaisons=_keyed(liaisons), leaders=tuple(leaders))]
    )


def _units(table: Block, row: Row, own: Sequence[str]) -> tuple[Unit, ...]:
    if table.columns(Role.LEADER) and not table.columns(Role.NAME):
        return ()  # 分管单位 in a list of leaders is written loosely and defines no unit
    short = tuple(name for at in table.columns(Role.ALIAS) for name in split_names(row.cell(at)))
    aliases = tuple(name for name in dict.fromkeys(short) if plain(name) not in map(plain, own))
    return tuple(Unit(name=name, aliases=aliases if len(own) == 1 else ()) for name in own)


def _people(table: Block, row: Row, units: tuple[str, ...]) -> tuple[Liaison, ...]:
    """The people of a row; columns between two names (A角, B角) belong to the first."""
    starts = table.columns(Role.NAME)
    people: list[Liaison] = []
    for at, end in zip(starts, (*starts[1:], len(table.roles)), strict=True):
        name = _person(row.cell(at))
        if name:
            first = 0 if at == starts[0] else at
            found = {
                role: row.cell(column)
                for column in range(end - 1, first - 1, -1)
                if (role := table.roles[column]) in _ACCOUNT_ROLES
            }
            people.append(
                Liaison(
                    key="",
                    name=name,
                    units=units,
                    post=found.get(Role.POST, ""),
                    phone=found.get(Role.PHONE, ""),
                    wecom=found.get(Role.WECOM, ""),
                    dingtalk=found.get(Role.DINGTALK, ""),
                    duty=Rung.LIAISON if at == starts[0] else Rung.DEPUTY,
                )
            )
    return tuple(people)


def _keyed(people: Iterable[Liaison]) -> tuple[Liaison, ...]:
    """Each person under his account, without one under his name; the unit tells namesakes apart."""
    keyed: list[Liaison] = []
    owner: dict[str, tuple[str, ...]] = {}
    for person in people:
        key = person.wecom or person.dingtalk or person.phone or person.name
        if not (person.wecom or person.dingtalk or person.phone):
            key = (
                key
                if owner.setdefault(key, person.units) == person.units
                else (f"{person.name}·{person.units[0]}")
            )
        keyed.append(replace(person, key=key))
    return tuple(keyed)


def _leaders(table: Block, row: Row, columns: Sequence[int]) -> tuple[Leader, ...]:
    posts = table.columns(Role.POST)
    title = row.cell(posts[0]) if posts else ""
    names = (_person(row.cell(at)) for at in columns)
    return tuple(Leader(name=name, title=title) for name in names if name)


def _person(text: str) -> str:
    return one_line(text).replace(" ", "").replace("　", "")
