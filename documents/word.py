"""Word documents as paragraphs and grids; tracked insertions count, deletions do not."""

from collections.abc import Iterator
from pathlib import Path

from docx import Document
from docx.oxml.ns import qn
from docx.oxml.table import CT_Row, CT_Tbl, CT_Tc
from docx.oxml.text.paragraph import CT_P
from docx.oxml.xmlchemy import BaseOxmlElement

from documents.page import BOLD, Grid, Page, Paragraph, Row, tidy

_COLUMN_LIMIT = 64
_WRAPPERS = frozenset({qn("w:sdt"), qn("w:sdtContent"), qn("w:ins"), qn("w:smartTag")})
_BREAKS = {qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:tab"): "\t"}
_TEXT = qn("w:t")
_RUN = qn("w:r")


def read_word(path: Path) -> Page:
    """The body in reading order."""
    with path.open("rb") as stream:
        document = Document(stream)
    headings = {
        style.style_id
        for style in document.styles
        if style.name is not None and style.name.lower().startswith(("heading", "标题"))
    }
    blocks: list[Grid | Paragraph] = []
    tables = lines = 0
    for element in _children(document.element.body):
        if isinstance(element, CT_P):
            lines += 1
            text = tidy(_text(element))
            if text:
                blocks.append(
                    Paragraph(place=f"第 {lines} 段", text=text, heading=element.style in headings)
                )
        elif isinstance(element, CT_Tbl):
            tables += 1
            blocks.append(_grid(element, f"第 {tables} 个表格"))
    return Page(blocks=tuple(blocks))


def _children(parent: BaseOxmlElement) -> Iterator[BaseOxmlElement]:
    """The children, looking through content controls and tracked insertions."""
    for child in parent:
        if child.tag in _WRAPPERS:
            yield from _children(child)
        else:
            yield child


def _grid(table: CT_Tbl, place: str) -> Grid:
    rows: list[Row] = []
    above: dict[int, str] = {}
    for number, row in enumerate(_rows(table), 1):
        above = _columns(row, above)
        width = max(above, default=-1) + 1
        cells = tuple(above.get(column, "") for column in range(min(width, _COLUMN_LIMIT)))
        rows.append(Row(place=f"{place}第 {number} 行", cells=cells))
    return Grid(place=place, rows=tuple(rows))


def _rows(table: CT_Tbl) -> Iterator[CT_Row]:
    return (child for child in _children(table) if isinstance(child, CT_Row))


def _columns(row: CT_Row, above: dict[int, str]) -> dict[int, str]:
    """The texts by column; a cell merged with the one above it takes that one's text."""
    columns: dict[int, str] = {}
    at = min(row.grid_before, _COLUMN_LIMIT)
    for cell in _children(row):
        if not isinstance(cell, CT_Tc):
            continue
        span = min(max(cell.grid_span, 1), _COLUMN_LIMIT)
        text = above.get(at, "") if cell.vMerge == "continue" else tidy(_cell_text(cell))
        columns.update(dict.fromkeys(range(at, min(at + span, _COLUMN_LIMIT)), text))
        at += span
    return columns


def _cell_text(cell: CT_Tc) -> str:
    runs = [_run(run) for run in cell.iter(_RUN)]
    all_bold = all(bold for text, bold in runs if text.strip())
    if all_bold or not any(bold for _, bold in runs):
        return "\n".join(_text(line) for line in cell.iter(qn("w:p")))
    return "\n".join(_marked(line) for line in cell.iter(qn("w:p")))


def _marked(line: BaseOxmlElement) -> str:
    """The paragraph with a mark where a bold stretch begins."""
    parts: list[str] = []
    inside = False
    for text, bold in (_run(run) for run in line.iter(_RUN)):
        parts.append(f"{BOLD}{text}" if bold and not inside and text.strip() else text)
        inside = bold
    return "".join(parts)


def _run(run: BaseOxmlElement) -> tuple[str, bool]:
    bold = run.find(f"{qn('w:rPr')}/{qn('w:b')}")
    off = bold is not None and bold.get(qn("w:val")) in {"0", "false", "off"}
    return _text(run), bold is not None and not off


def _text(element: BaseOxmlElement) -> str:
    nodes = element.iter(_TEXT, *_BREAKS)
    return "".join(_BREAKS.get(node.tag, node.text or "") for node in nodes)
