"""Opens a file of any kind we read, within bounds; whatever is wrong becomes `PlanRefused`."""

import re
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from openpyxl.utils.cell import range_boundaries

from documents.page import Page
from documents.plain_text import read_text
from documents.word import read_word
from documents.workbook import read_workbook
from reporting.errors import PlanRefused

_MEGABYTE = 1024 * 1024
_FILE_LIMIT = 20 * _MEGABYTE
_UNPACKED_LIMIT = 120 * _MEGABYTE
_ENTRY_LIMIT = 3000
_CELL_LIMIT = 400_000
_MERGED = re.compile(rb"<mergeCell\s[^>]*?ref=[\"']([^\"'>]{1,60})")
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_KINDS = {
    b"%PDF": "这是 PDF 文件，读不准表格。请上传原始的 Word 或 Excel 文件，或把文字存为 .txt。",
    b"{\\rtf": "这是 RTF 文件。请在 Word 或 WPS 中打开，另存为 .docx 后再导入。",
    b"\x89PNG": "这是图片，无法读取。请上传原始的 Word 或 Excel 文件。",
    b"\xff\xd8\xff": "这是图片，无法读取。请上传原始的 Word 或 Excel 文件。",
    b"Rar!": "这是压缩包。请先解压，再导入其中的 .xlsx 或 .docx 文件。",
    b"7z\xbc\xaf": "这是压缩包。请先解压，再导入其中的 .xlsx 或 .docx 文件。",
}


def open_page(path: Path) -> Page:
    """Read an xlsx, docx, txt or csv file; raise PlanRefused with a remedy for anything else."""
    name = path.name
    data = _content(path)
    if data.startswith(_OLE):
        raise PlanRefused((f"{name}：{_ole_remedy(data)}",))
    for start, remedy in _KINDS.items():
        if data.startswith(start):
            raise PlanRefused((f"{name}：{remedy}",))
    with _any_fault_as_refusal(name):
        return _reader(path, name, data)()


def _content(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > _FILE_LIMIT:
            raise PlanRefused((f"{path.name}：文件超过 20 MB。请删去图片和无关的工作表后再导入。",))
        data = path.read_bytes()
    except OSError as fault:
        raise PlanRefused((f"{path.name}：文件打不开，请检查路径和权限。",)) from fault
    if not data.strip():
        raise PlanRefused((f"{path.name}：文件是空的，请检查是否选错了文件。",))
    return data


def _reader(path: Path, name: str, data: bytes) -> Callable[[], Page]:
    if not data.startswith(b"PK"):
        return lambda: read_text(data, name)
    parts = _parts(path, name)
    if "xl/workbook.xml" in parts:
        return lambda: read_workbook(path)
    if "word/document.xml" in parts:
        return lambda: read_word(path)
    raise PlanRefused(
        (f"{name}：既不是 Excel（.xlsx）也不是 Word（.docx）。请用 Office 或 WPS 另存后再导入。",)
    )


def _parts(path: Path, name: str) -> frozenset[str]:
    """The names of a package's parts, after measuring that unpacking them is safe."""
    with zipfile.ZipFile(path) as package:
        entries = package.infolist()
        if len(entries) > _ENTRY_LIMIT:
            raise PlanRefused((f"{name}：文件内部条目过多，可能已损坏，请另存一份后再导入。",))
        if any(entry.flag_bits & 0x1 for entry in entries):
            raise PlanRefused((f"{name}：文件已加密，请去掉密码后再导入。",))
        measure = _Measure(name=name)
        for entry in entries:
            for chunk in _chunks(package, entry):
                measure.add(chunk)
    return frozenset(entry.filename for entry in entries)


def _chunks(package: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    # The stated size may lie, so the bytes themselves are counted while they are unpacked.
    with package.open(entry) as stream:
        while chunk := stream.read(_MEGABYTE):
            yield chunk


@dataclass(slots=True)
class _Measure:
    """How much a package unpacks to; libraries would build an object for each cell of it."""

    name: str
    unpacked: int = 0
    cells: int = 0

    def add(self, chunk: bytes) -> None:
        """Count one piece of a part and refuse what is beyond any real table."""
        self.unpacked += len(chunk)
        self.cells += sum(chunk.count(start) for start in (b"<c ", b"<w:tc>", b"<w:p>", b"<w:p "))
        self.cells += sum(_area(found[1]) for found in _MERGED.finditer(chunk))
        if self.unpacked > _UNPACKED_LIMIT:
            raise PlanRefused((f"{self.name}：解压后超过 120 MB，不是正常的分解表，未导入。",))
        if self.cells > _CELL_LIMIT:
            text = "单元格过多。请删去空白的行列、整列合并和无关的工作表，另存后再导入。"
            raise PlanRefused((f"{self.name}：{text}",))
        if b"<!DOCTYPE" in chunk or b"<!ENTITY" in chunk:
            text = "文件含有不安全的内容，请用 Office 或 WPS 另存后再导入。"
            raise PlanRefused((f"{self.name}：{text}",))


def _area(reference: bytes) -> int:
    """The number of cells in a merged range; a range that cannot be read counts as too many."""
    try:
        left, top, right, bottom = range_boundaries(reference.decode("ascii"))
    except (ValueError, UnicodeDecodeError):
        return _CELL_LIMIT
    if left is None or top is None or right is None or bottom is None:
        return _CELL_LIMIT
    return (right - left + 1) * (bottom - top + 1)


def _ole_remedy(data: bytes) -> str:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return "文件设有打开密码，请去掉密码、另存后再导入。"
    return "这是旧格式（.xls/.doc）。请用 Excel、Word 或 WPS 另存为 .xlsx 或 .docx 后再导入。"


@contextmanager
def _any_fault_as_refusal(name: str) -> Iterator[None]:
    """Turn whatever a library raises on a damaged file into a refusal a clerk can act on."""
    try:
        yield
    except PlanRefused:
        raise
    except Exception as fault:
        # The libraries raise dozens of kinds on damaged input (KeyError, BadZipFile, XML errors …).
        raise PlanRefused(
            (f"{name}：文件已损坏或格式不对，无法读取。请用 Office 或 WPS 打开、另存后再导入。",)
        ) from fault
