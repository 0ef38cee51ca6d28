"""One row of a task table: what sort of row it is, and the task it states."""

import re

from documents.draft import Draft
from documents.fields import Said, is_labelled, take_fields
from documents.heading import Heading, is_note, is_numbered, read_heading
from documents.page import Row, one_line
from documents.task_code import clean_code, split_code
from documents.task_columns import Columns
from documents.unit_cell import Duties, read_duties
from reporting.task import Milestone

_DITTO = frozenset({"同上", "〃", "″", '"', "''", "上同", "同前"})


def is_wide(row: Row, columns: Columns) -> bool:
    """Whether the row holds one text alone, and not just a task without its other cells."""
    if is_note(row.texts[0]):
        return True
    if len(row.texts) != 1:
        return False
    places = [at for at, cell in enumerate(row.cells) if cell]
    return len(places) > 1 or places[0] != columns.title or is_numbered(row.texts[0])


def row_heading(row: Row, columns: Columns) -> Heading | None:
    """A heading whose number and text stand in two cells: 一 | 主要预期指标."""
    filled = [at for at, cell in enumerate(row.cells) if cell]
    if any(row.cells[at] for at in columns.duties if at < len(row.cells)):
        return None
    title = row.cell(columns.title)
    code = row.cell(columns.code)
    spelled = bool(re.fullmatch(r"[(（]?[一二三四五六七八九十]{1,3}[)）]?[、.]?", code))
    if spelled and title and len(filled) <= 3:
        number = code.rstrip("、.")
        joint = "" if number.endswith((")", "）")) else "、"
        return read_heading(f"{number}{joint}{title}", row.place)
    if len(row.texts) == 2 and is_numbered(row.texts[0]):
        return read_heading("".join(row.texts), row.place)
    return None


def without_ditto(row: Row, before: Row | None) -> Row:
    """The row with 同上 replaced by what stands above."""
    if before is None or not any(cell in _DITTO for cell in row.cells):
        return row
    above = before.cells + ("",) * len(row.cells)
    cells = (above[at] if cell in _DITTO else cell for at, cell in enumerate(row.cells))
    return Row(place=row.place, cells=tuple(cells))


def section_cell(row: Row, columns: Columns) -> str:
    """The section a row names in its own column."""
    return one_line(row.cell(columns.section))


def draft_of(row: Row, columns: Columns, path: tuple[Heading, ...]) -> Draft:
    """The task a row states; its title is empty where the row names none."""
    title = one_line(row.cell(columns.title))
    code = clean_code(one_line(row.cell(columns.code)))
    led = None if code else split_code(title)
    if led is not None:
        code, title = led.code, led.text
    said = _said(row, columns)
    duties = _duties(row, columns)
    if not duties and not said.duties:
        # The task's own cell may end in （牵头单位：…；完成时限：…）.
        said = take_fields(title)
        title = said.rest
    leader = one_line(row.cell(columns.leader)) or said.leader
    return Draft(
        place=row.place,
        code=code,
        title=title,
        path=path,
        kind=one_line(row.cell(columns.kind)) or said.kind,
        duties=duties or said.duties,
        leader=leader or next((heading.leader for heading in reversed(path) if heading.leader), ""),
        due=one_line(row.cell(columns.due)) or said.due,
        milestones=tuple(
            Milestone(period=period, text=one_line(row.cells[at]))
            for period, at in columns.milestones
            if row.cell(at)
        ),
        source=one_line(row.cell(columns.source)),
        programmes=one_line(row.cell(columns.programmes)),
        horizon=one_line(row.cell(columns.horizon)),
        department=one_line(row.cell(columns.department)),
        handler=one_line(row.cell(columns.handler)),
    )


def _said(row: Row, columns: Columns) -> Said:
    """What a labelled cell says of leader and date besides the units."""
    labelled = (row.cell(at) for at in columns.duties)
    return take_fields(next(filter(is_labelled, labelled), ""))


def _duties(row: Row, columns: Columns) -> Duties:
    leads: list[str] = []
    supports: list[str] = []
    units: list[str] = []
    for column, unsaid in (
        *((at, leads) for at in columns.leads),
        *((at, supports) for at in columns.supports),
        *((at, units) for at in columns.units),
    ):
        text = row.cell(column)
        said = take_fields(text).duties if is_labelled(text) else read_duties(text)
        if unsaid is units:
            leads.extend(said.leads)
            supports.extend(said.supports)
            units.extend(said.units)
        elif unsaid is leads and said.leads and said.supports:
            leads.extend(said.leads)
            supports.extend(said.supports)
        else:
            unsaid.extend(said.leads + said.supports + said.units)
    if units and (columns.supports or columns.leads):
        # Beside a column of leads, 责任单位 are the others; beside one of supports, the leads.
        (supports if columns.leads else leads).extend(units)
        units = []
    return Duties(leads=tuple(leads), supports=tuple(supports), units=tuple(units))
