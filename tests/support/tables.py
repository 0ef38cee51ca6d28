"""Writes small workbooks and Word documents for tests of reading them."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import docx
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText

Cell = str | int | float | date | CellRichText | None
Rows = Sequence[Sequence[Cell]]


def write_book(
    path: Path, sheets: Mapping[str, Rows], *, merges: Mapping[str, Sequence[str]] | None = None
) -> Path:
    """Write a workbook with these sheets and merged ranges ("A1:H1") per sheet."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        cells = ((r, c, value) for r, row in enumerate(rows, 1) for c, value in enumerate(row, 1))
        for number, column, value in cells:
            sheet.cell(row=number, column=column).value = value
        for merged in (merges or {}).get(name, ()):
            sheet.merge_cells(merged)
    book.save(path)
    return path


def write_sheet(path: Path, rows: Rows, *merges: str, name: str = "Sheet1") -> Path:
    """Write a workbook of one sheet."""
    return write_book(path, {name: rows}, merges={name: merges})


def write_word(path: Path, *blocks: str | Sequence[Sequence[str]]) -> Path:
    """Write paragraphs (texts; "# " makes a heading) and tables (rows) in order."""
    document = docx.Document()
    for block in blocks:
        if isinstance(block, str):
            _paragraph(document, block)
            continue
        table = document.add_table(rows=0, cols=max(len(row) for row in block))
        for row in block:
            for cell, text in zip(table.add_row().cells, row, strict=False):
                cell.text = text
    document.save(str(path))
    return path


def _paragraph(document: docx.document.Document, text: str) -> None:
    if text.startswith("# "):
        document.add_heading(text[2:], level=2)
    else:
        document.add_paragraph(text)
