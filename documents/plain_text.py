"""Text files and pasted text: prose as paragraphs, tab- or comma-separated lines as grids."""

import csv
import html
import io
import re
import warnings
from collections.abc import Iterator
from itertools import groupby

import zhconv

from documents.page import Grid, Page, Paragraph, Row, tidy
from reporting.errors import PlanRefused

_LINE_LIMIT = 20_000
_TAG = re.compile(r"</?[a-z][^<>]{0,200}>", re.IGNORECASE)
_BREAK = re.compile(r"<(?:br|/p|/tr|/div)\s*/?>", re.IGNORECASE)
_PINYIN = re.compile(r"(?<=[一-龥])[(（][a-zāáǎàōóǒòêēéěèīíǐìūúǔùǖǘǚǜü]{1,6}[)）]", re.IGNORECASE)
_RULE = re.compile(r"[|\s:+-]+")


def read_text(data: bytes, name: str) -> Page:
    """Paragraphs and grids of a text file in UTF-8, UTF-16 or GB 18030."""
    text = _clean(_decode(data, name))
    lines = text.split("\n")
    if len(lines) > _LINE_LIMIT:
        raise PlanRefused((f"{name}：超过 {_LINE_LIMIT} 行，不是正常的分解表，未导入。",))
    if name.lower().endswith(".csv"):
        return Page(blocks=(_csv(text),))
    return Page(blocks=tuple(_blocks(lines)))


def _decode(data: bytes, name: str) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        candidates: tuple[str, ...] = ("utf-16",)
    else:
        candidates = ("utf-8-sig", "gb18030")
    for encoding in candidates:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise PlanRefused((f"{name}：不是能读的文本。请上传 .xlsx、.docx 或 UTF-8 编码的 .txt。",))


def _clean(text: str) -> str:
    """Undo what web pages do to text: tags, entities, traditional characters, added pinyin."""
    text = _TAG.sub("", _BREAK.sub("\n", text))
    text = html.unescape(text).replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " ")
    if len(_PINYIN.findall(text)) >= 3:
        text = _PINYIN.sub("", text)
    simplified = _simplified(text)
    changed = sum(old != new for old, new in zip(text, simplified, strict=False))
    return simplified if changed > 0.03 * len(text) else text


def _simplified(text: str) -> str:
    with warnings.catch_warnings():
        # The library leaves its dictionary file to the garbage collector to close.
        warnings.simplefilter("ignore", ResourceWarning)
        return str(zhconv.convert(text, "zh-hans"))


def _blocks(lines: list[str]) -> Iterator[Grid | Paragraph]:
    numbered = list(enumerate(lines, 1))
    for separator, group in groupby(numbered, key=lambda line: _separator(line[1])):
        members = [(number, line) for number, line in group if line.strip()]
        if separator and len(members) > 1:
            yield _lines_grid(members, separator)
            continue
        for number, line in members:
            yield Paragraph(place=f"第 {number} 行", text=tidy(line.replace("\t", " ")))


def _separator(line: str) -> str:
    if line.count("\t") > 1:
        return "\t"
    return "|" if line.count("|") > 2 else ""


def _lines_grid(members: list[tuple[int, str]], separator: str) -> Grid:
    rows = tuple(
        Row(
            place=f"第 {number} 行",
            cells=tuple(tidy(cell) for cell in line.strip("\n |").split(separator))
            if separator == "|"
            else tuple(tidy(cell) for cell in line.split(separator)),
        )
        for number, line in members
        if not _RULE.fullmatch(line)
    )
    return Grid(place=f"第 {members[0][0]} 行起的表格", rows=_even(rows))


def _csv(text: str) -> Grid:
    rows = tuple(
        Row(place=f"第 {number} 行", cells=tuple(tidy(cell) for cell in record))
        for number, record in enumerate(csv.reader(io.StringIO(text)), 1)
    )
    return Grid(place="表格", rows=_even(rows))


def _even(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    width = max((len(row.cells) for row in rows), default=0)
    return tuple(
        Row(place=row.place, cells=row.cells + ("",) * (width - len(row.cells))) for row in rows
    )
