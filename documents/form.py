"""A progress form (进展表) sent as Excel or Word, as the lines a liaison would have written."""

import re
from collections.abc import Mapping
from pathlib import Path

from documents.opening import open_page
from documents.page import Grid, Row
from reporting.errors import PlanRefused

_MOST_ROWS = 200
# The columns that matter, by their headings; what stands first is looked for first.
_COLUMNS = {
    "progress": re.compile(r"进展|进度|完成情况|落实情况|推进情况"),
    "problem": re.compile(r"问题|困难|原因"),
    "next": re.compile(r"下一步|打算|措施"),
    "code": re.compile(r"序号|编号|^号$"),
    "title": re.compile(r"事项|任务|目标|内容|项目|工作"),
}


def read_form(path: Path) -> str:
    """The rows of the tables that report progress, a line each; empty for any other file.

    Whatever cannot be opened is no form: it is kept as a file like any other.
    """
    try:
        page = open_page(path)
    except PlanRefused:
        return ""
    lines = [line for block in page.blocks if isinstance(block, Grid) for line in _lines(block)]
    return "\n".join(lines[:_MOST_ROWS])


def _lines(grid: Grid) -> list[str]:
    for at, heading in enumerate(grid.rows[:10]):
        columns = _columns(heading)
        # A title over all columns has the word in it as well; a heading stands among others.
        if "progress" in columns and len(heading.texts) > 1:
            return [line for row in grid.rows[at + 1 :] if (line := _line(row, columns))]
    return []


def _columns(heading: Row) -> Mapping[str, int]:
    found: dict[str, int] = {}
    for name, pattern in _COLUMNS.items():
        for at, cell in enumerate(heading.cells):
            if name not in found and at not in found.values() and pattern.search(cell):
                found[name] = at
    return found


def _line(row: Row, columns: Mapping[str, int]) -> str:
    """What a row reports; empty where nothing is filled in."""
    told = {name: " ".join(row.cell(at).split()) for name, at in columns.items()}
    if not told["progress"]:
        return ""
    code, title = told.get("code", ""), told.get("title", "")
    named = f"第{code}项 " if code else f"{title}\t"
    problem = f"；问题：{told['problem']}" if told.get("problem") else ""
    following = f"；下一步：{told['next']}" if told.get("next") else ""
    return f"{named}{told['progress']}{problem}{following}"
