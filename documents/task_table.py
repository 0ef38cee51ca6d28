"""Tasks out of grids: each row is a task, a section's heading, a note, or named as unreadable."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from documents.column_content import Known
from documents.draft import Draft, Drafts
from documents.heading import (
    Heading,
    inner_path,
    is_note,
    is_numbered,
    is_total,
    read_heading,
)
from documents.layout import Block, blocks, is_directory
from documents.page import Grid, Page, Paragraph, Problem, Row, plain
from documents.task_code import is_code
from documents.task_columns import Columns, is_task_row, task_columns
from documents.task_row import draft_of, is_wide, row_heading, section_cell, without_ditto

_GENERIC_SHEET = re.compile(
    r"sheet\d*|工作表\d*|.*(?:分解表|任务表|清单|台账|汇总表?|总表|方案|一览表)", re.IGNORECASE
)


@dataclass(slots=True)
class _Walk:
    """The state while going down a file: the headings above and what was found so far."""

    known: Known
    path: tuple[Heading, ...] = ()
    tasks: list[Draft] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    remarks: list[Paragraph] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    columns: Columns | None = None
    width: int = 0

    def enter(self, heading: Heading) -> None:
        """Go into a section."""
        self.path = inner_path(self.path, heading)
        self.headings.append(heading)


def read_tables(page: Page, known: Known) -> Drafts:
    """The tasks of every task table of a file, in order."""
    walk = _Walk(known=known)
    named = len({grid.name for grid in page.grids if grid.name and _has_tasks(grid, known)}) > 1
    for block in page.blocks:
        if isinstance(block, Paragraph):
            _paragraph(walk, block)
        else:
            _grid(walk, block, named=named)
    return Drafts(
        tasks=tuple(walk.tasks),
        headings=tuple(walk.headings),
        remarks=tuple(walk.remarks),
        problems=tuple(walk.problems),
    )


def _has_tasks(grid: Grid, known: Known) -> bool:
    return any(
        not is_directory(block) and task_columns(block, known) is not None for block in blocks(grid)
    )


def _paragraph(walk: _Walk, paragraph: Paragraph) -> None:
    """A paragraph before a table is its section's heading when it looks like one."""
    headed = paragraph.heading or is_numbered(paragraph.text)
    if (
        headed
        and not is_note(paragraph.text)
        and (walk.remarks or walk.tasks or is_numbered(paragraph.text))
    ):
        walk.enter(read_heading(paragraph.text, paragraph.place))
        return
    walk.remarks.append(paragraph)
    if len(paragraph.text) > 40:
        # A letter's own numbered points are no sections: only a heading right above a table is.
        walk.path = ()


def _grid(walk: _Walk, grid: Grid, *, named: bool) -> None:
    for block in blocks(grid):
        columns = None if is_directory(block) else task_columns(block, walk.known)
        width = max((len(row.cells) for row in block.rows), default=0)
        if columns is None and not block.headers and width == walk.width:
            columns = walk.columns  # a table broken over pages goes on without its header
        if columns is None:
            _remark_rows(walk, block)
            continue
        if named and not _GENERIC_SHEET.fullmatch(grid.name):
            walk.path = ()
            _head_rows(walk, block.above)
            if not walk.path:
                walk.enter(read_heading(grid.name, grid.place, level=-1))
        else:
            _head_rows(walk, block.above)
        start = 0
        if not block.headers and walk.columns is not columns:
            start = _first_task(walk, block, columns)
            _head_rows(walk, block.rows[:start])
        named_by = block.headers[columns.title] if columns.title < len(block.headers) else ""
        if is_numbered(named_by):
            # Some tables put the section's name where the header of the task column belongs.
            walk.enter(read_heading(named_by, block.grid.place))
        walk.columns, walk.width = columns, width
        _rows(walk, block.rows[start:], columns)


def _remark_rows(walk: _Walk, block: Block) -> None:
    if is_directory(block):
        rows: tuple[Row, ...] = block.above
    else:
        rows = block.above + block.rows
    for row in rows:
        walk.remarks.append(Paragraph(place=row.place, text=" ".join(row.texts)))


def _head_rows(walk: _Walk, rows: tuple[Row, ...]) -> None:
    """Rows above the header: the title, who filled it in, or the section's heading."""
    for row in rows:
        text = " ".join(row.texts)
        if not text:
            continue
        if len(row.texts) == 1 and is_numbered(text) and not is_note(text):
            walk.enter(read_heading(text, row.place))
        else:
            walk.remarks.append(Paragraph(place=row.place, text=text))


def _first_task(walk: _Walk, block: Block, columns: Columns) -> int:
    """Where the tasks begin under a header whose words say nothing to us."""
    rows = enumerate(block.rows)
    return next((at for at, row in rows if is_task_row(row, columns, walk.known)), 0)


def _rows(walk: _Walk, rows: Sequence[Row], columns: Columns) -> None:
    section = ""
    before: Row | None = None
    for row in rows:
        if not row.texts:
            continue
        if is_total(row.texts[0]):
            _total_row(walk, row)
            continue
        if is_wide(row, columns):
            _wide_row(walk, row, started=before is not None)
            continue
        heading = row_heading(row, columns)
        if heading is not None:
            walk.enter(heading)
            continue
        before = without_ditto(row, before)
        section = section_cell(before, columns) or section
        _task(walk, before, columns, section)


def _total_row(walk: _Walk, row: Row) -> None:
    """合计 counts the whole plan; 小计 only what stands above it, which the parts tell better."""
    if not row.texts[0].startswith("小"):
        walk.remarks.append(Paragraph(place=row.place, text=" ".join(row.texts)))


def _wide_row(walk: _Walk, row: Row, *, started: bool) -> None:
    text = row.texts[0]
    sentence = len(text) > 60 or text.endswith(("。", ";", "；"))
    title = not started and not walk.path and not is_numbered(text) and _titular(text)
    if is_code(text) and text.isdigit():
        walk.problems.append(
            Problem(
                place=row.place, text=f"只有“{text}”，没有任务内容和责任单位，请补全或删去此行。"
            )
        )
    elif is_note(text) or sentence or title:
        walk.remarks.append(Paragraph(place=row.place, text=text))
    else:
        walk.enter(read_heading(text, row.place))


def _titular(text: str) -> bool:
    return bool(re.search(r"20\d{2}年|分解表|任务表|一览表|清单$|台账$|方案$", text))


def _task(walk: _Walk, row: Row, columns: Columns, section: str) -> None:
    path = walk.path
    if section and not path:
        path = (_section_heading(walk, section, row.place),)
    draft = draft_of(row, columns, path)
    if draft.title:
        walk.tasks.append(draft)
        return
    text = "没有任务内容，请补上任务内容，或删去此行。"
    walk.problems.append(Problem(place=row.place, text=text))


def _section_heading(walk: _Walk, section: str, place: str) -> Heading:
    """The heading a section column names, the same object for all its rows."""
    made = read_heading(section, place)
    known = next((h for h in walk.headings if plain(h.text) == plain(made.text)), None)
    if known is None:
        walk.headings.append(made)
    return known or made
