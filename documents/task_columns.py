"""Which column of a task table gives which part of a task."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from documents.column import Role, period_of, title_rank
from documents.column_content import Known, by_content, is_leader, is_units, kind_of
from documents.due_text import is_due
from documents.fields import is_labelled, take_fields
from documents.layout import Block
from documents.page import Row, plain
from documents.task_code import is_code


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Column numbers; None or empty where the table has no such column."""

    title: int
    code: int | None = None
    section: int | None = None
    kind: int | None = None
    leads: tuple[int, ...] = ()
    supports: tuple[int, ...] = ()
    units: tuple[int, ...] = ()
    leader: int | None = None
    due: int | None = None
    milestones: tuple[tuple[str, int], ...] = ()
    source: int | None = None
    programmes: int | None = None
    horizon: int | None = None
    department: int | None = None
    handler: int | None = None

    @property
    def duties(self) -> tuple[int, ...]:
        """Every column that names units."""
        return self.leads + self.supports + self.units


def task_columns(block: Block, known: Known) -> Columns | None:
    """The columns of a task table; None where the block is no task table."""
    rows = [row for row in block.rows if len(row.texts) > 1]
    width = max((len(row.cells) for row in rows), default=0)
    if not rows or width < 2:
        return None
    values = [
        [row.cells[at] for row in rows if at < len(row.cells) and row.cells[at]]
        for at in range(width)
    ]
    stated = (*block.roles, *([None] * width))[:width]
    roles = by_content(
        [_corrected(role, values[at], known) for at, role in enumerate(stated)], values, known
    )
    headers = (*block.headers, *([""] * width))[:width]
    return _columns(roles, headers, values, len(rows))


def is_task_row(row: Row, columns: Columns, known: Known) -> bool:
    """Whether a row without a header above it fits the columns: a code, a date or units."""
    code = row.cell(columns.code)
    due = row.cell(columns.due)
    duties = (row.cell(at) for at in columns.duties)
    return is_code(code) or is_due(due) or any(is_units(text, known) for text in duties)


def _corrected(role: Role | None, values: Sequence[str], known: Known) -> Role | None:
    """What a header may promise and the cells do not keep (类别, 责任人, 牵头人)."""
    if not values:
        return role
    if role is Role.KIND and _share(values, lambda text: kind_of(text) is not None) < 0.5:
        return Role.SECTION
    if role is Role.UNITS and _share(values, _is_task_with_duties) > 0.6:
        return Role.TITLE
    if role is Role.PERSON:
        return Role.UNITS if _share(values, lambda text: is_units(text, known)) > 0.6 else role
    if role in {Role.LEAD, Role.UNITS} and _share(values, lambda t: is_units(t, known)) < 0.2:
        return Role.LEADER if _share(values, lambda text: is_leader(text, known)) > 0.7 else role
    if role is Role.LEADER and _share(values, lambda text: is_units(text, known)) > 0.7:
        people = _share(values, lambda text: is_leader(text, known))
        return Role.LEAD if people < 0.3 else role
    return role


def _is_task_with_duties(text: str) -> bool:
    """Whether a cell holds a task and, behind it, who does it (工作任务及责任分工)."""
    return is_labelled(text) and len(take_fields(text).rest) >= 2


def _share(values: Sequence[str], check: Callable[[str], bool]) -> float:
    return sum(check(value) for value in values) / len(values)


def _columns(
    roles: Sequence[Role | None],
    headers: Sequence[str],
    values: Sequence[Sequence[str]],
    height: int,
) -> Columns | None:
    title, coarser = _title(roles, headers, values, height)
    if title is None:
        return None
    told = _share(values[title], is_labelled) if values[title] else 0.0
    if told < 0.5 and not _at(roles, Role.LEAD, Role.UNITS, Role.SUPPORT):
        return None
    due = _at(roles, Role.DUE)
    section = _at(roles, Role.SECTION) or coarser
    return Columns(
        title=title,
        code=_first(_at(roles, Role.CODE)),
        section=_first(section),
        kind=_first(_at(roles, Role.KIND)),
        leads=_at(roles, Role.LEAD),
        supports=_at(roles, Role.SUPPORT),
        units=_at(roles, Role.UNITS),
        leader=_first(_at(roles, Role.LEADER) or _at(roles, Role.PERSON)),
        due=max(due, key=lambda at: (_dated(values[at]), at)) if due else None,
        milestones=tuple((period_of(headers[at]), at) for at in _at(roles, Role.MILESTONE)),
        source=_first(_at(roles, Role.SOURCE)),
        programmes=_first(_at(roles, Role.PROGRAMME)),
        horizon=_first(_at(roles, Role.HORIZON)),
        department=_first(_at(roles, Role.DEPARTMENT)),
        handler=_first(_at(roles, Role.HANDLER)),
    )


def _title(
    roles: Sequence[Role | None],
    headers: Sequence[str],
    values: Sequence[Sequence[str]],
    height: int,
) -> tuple[int | None, tuple[int, ...]]:
    """The column that names the task, and the coarser ones to its left that group tasks."""
    titles = _at(roles, Role.TITLE)
    filled = [at for at in titles if len(values[at]) >= 0.6 * height]
    if not filled:
        return (titles[0] if titles else None), ()
    distinct = [at for at in filled if len(set(map(plain, values[at]))) >= 0.9 * len(values[at])]
    if not distinct:
        best = max(filled, key=lambda at: len(set(values[at])))
    else:
        best = min(distinct, key=lambda at: (title_rank(headers[at]), at))
    coarser = tuple(at for at in filled if at < best and at not in distinct)
    return best, coarser


def _dated(values: Sequence[str]) -> float:
    return sum(is_due(value) for value in values) / max(1, len(values))


def _at(roles: Sequence[Role | None], *wanted: Role) -> tuple[int, ...]:
    return tuple(at for at, role in enumerate(roles) if role in wanted)


def _first(columns: tuple[int, ...]) -> int | None:
    return columns[0] if columns else None
