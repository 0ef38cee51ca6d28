"""Excel workbooks as grids: merged cells filled, dates and numbers as text."""

import re
import warnings
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from documents.page import BOLD, Grid, Page, Problem, Row, tidy
from reporting.errors import PlanRefused

_ROW_LIMIT = 6000
_COLUMN_LIMIT = 64
_SHEET_LIMIT = 60
_MERGED_LIMIT = 500_000
_ROW_FORMULA = re.compile(r"=ROW\(\)(?:([-+])(\d{1,4}))?", re.IGNORECASE)

Spot = tuple[int, int]


def read_workbook(path: Path) -> Page:
    """Every visible sheet in order; cells whose formula has no stored result are named."""
    # The file is opened here because the library leaves it open when its content is broken.
    with path.open("rb") as stream, warnings.catch_warnings():
        # Unknown extensions of Excel or WPS are no concern of the person who imports.
        warnings.simplefilter("ignore")
        values = load_workbook(stream, data_only=True, rich_text=True)
        formulas = load_workbook(stream)
    blocks: list[Grid] = []
    problems: list[Problem] = []
    for sheet in _visible(values):
        grid, faults = _grid(sheet, formulas[sheet.title])
        blocks.append(grid)
        problems.extend(faults)
    return Page(blocks=tuple(blocks), problems=tuple(problems))


def _visible(book: Workbook) -> tuple[Worksheet, ...]:
    sheets = tuple(sheet for sheet in book.worksheets if sheet.sheet_state == "visible")
    if len(sheets) > _SHEET_LIMIT:
        raise PlanRefused((f"工作簿有 {len(sheets)} 个工作表，请只保留分解表和名单后再导入。",))
    return sheets


def _grid(sheet: Worksheet, formulas: Worksheet) -> tuple[Grid, tuple[Problem, ...]]:
    place = f"工作表“{sheet.title}”"
    height, width = sheet.max_row, min(sheet.max_column, _COLUMN_LIMIT)
    if height > _ROW_LIMIT:
        raise PlanRefused(
            (f"{place}有 {height} 行，超过 {_ROW_LIMIT} 行。请删去表格下方的空行后再导入。",)
        )
    texts, faults = _texts(sheet, formulas, width)
    merged = _merged(sheet, height, width)
    rows = tuple(
        Row(place=f"{place}第 {r} 行", cells=tuple(_cell(texts, merged, r, width)))
        for r in range(1, height + 1)
    )
    problems = tuple(
        Problem(
            place=f"{place}第 {r} 行",
            text="公式没有保存计算结果，请在 Excel 或 WPS 中打开并保存，或改为数值。",
        )
        for r in faults
    )
    return Grid(place=place, rows=rows, name=sheet.title), problems


def _cell(
    texts: Mapping[Spot, str], merged: Mapping[Spot, Spot], r: int, width: int
) -> Iterator[str]:
    for c in range(1, width + 1):
        yield texts.get(merged.get((r, c), (r, c)), "")


def _texts(
    sheet: Worksheet, formulas: Worksheet, width: int
) -> tuple[dict[Spot, str], tuple[int, ...]]:
    """The texts by cell, and the rows where a formula has no stored result."""
    texts: dict[Spot, str] = {}
    faults: dict[int, None] = {}
    both = zip(sheet.iter_rows(max_col=width), formulas.iter_rows(max_col=width), strict=False)
    for number, (row, sources) in enumerate(both, 1):
        for column, (cell, source) in enumerate(zip(row, sources, strict=False), 1):
            formula = source.value if source.data_type == "f" else None
            text = _text(cell.value) or _computed(formula, number)
            if text:
                texts[number, column] = text
            elif formula is not None:
                faults[number] = None
    return texts, tuple(faults)


def _computed(formula: object, row: int) -> str:
    """The running number of =ROW()-3, the one formula that tables are numbered with."""
    found = _ROW_FORMULA.fullmatch(str(formula)) if isinstance(formula, str) else None
    if found is None:
        return ""
    shift = int(found[2] or 0)
    return str(row - shift if found[1] == "-" else row + shift)


def _merged(sheet: Worksheet, height: int, width: int) -> dict[Spot, Spot]:
    """For each merged cell the cell that holds its text."""
    anchors: dict[Spot, Spot] = {}
    area = 0
    for block in sheet.merged_cells.ranges:
        bottom, right = min(block.max_row, height), min(block.max_col, width)
        area += max(0, bottom - block.min_row + 1) * max(0, right - block.min_col + 1)
        if area > _MERGED_LIMIT:
            raise PlanRefused((f"工作表“{sheet.title}”的合并单元格过多，请另存一份后再导入。",))
        for r in range(block.min_row, bottom + 1):
            for c in range(block.min_col, right + 1):
                anchors[r, c] = (block.min_row, block.min_col)
    return anchors


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, CellRichText):
        return tidy(_rich(value))
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(round(value, 6))
    return tidy(str(value))


def _rich(value: CellRichText) -> str:
    """The text with a mark before each bold run, unless all of it is bold."""
    parts = [(str(part), isinstance(part, TextBlock) and bool(part.font.b)) for part in value]
    all_bold = all(bold for text, bold in parts if text.strip())
    return "".join(f"{BOLD}{text}" if bold and not all_bold else text for text, bold in parts)
