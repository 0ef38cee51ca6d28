"""Damaged, oversized and hostile files are refused in Chinese with a remedy, and nothing else."""

import io
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from documents.directory_reader import read_directory
from documents.plan_reader import read_plan
from reporting.errors import PlanRefused
from tests.support.tables import Rows, write_sheet

PLANS = Path(__file__).parent.parent / "plans"
OLE = bytes.fromhex("d0cf11e0a1b11ae1")
SHEET = "xl/worksheets/sheet1.xml"
PIECES = [
    "序号",
    "任务",
    "牵头单位",
    "县财政局",
    "1",
    "（五）7",
    "一、工业",
    "年底前",
    "★",
    "、",
    "《",
    "(",
    "）",
    "注：",
    "\n",
]


def changed(file: str, part: str, change: Callable[[bytes], bytes]) -> bytes:
    result = io.BytesIO()
    with zipfile.ZipFile(PLANS / file) as old, zipfile.ZipFile(result, "w", 8) as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, change(data) if name == part else data)
    return result.getvalue()


def zipped(count: int) -> bytes:
    result = io.BytesIO()
    with zipfile.ZipFile(result, "w") as package:
        for number in range(count):
            package.writestr(str(number), "x")
    return result.getvalue()


CONTENTS: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "empty": ("a.xlsx", lambda: b"", "文件是空的"),
    "not a zip": ("a.xlsx", lambda: b"hello", "没有找到任务"),
    "cut short": ("a.xlsx", lambda: (PLANS / "qinghe.xlsx").read_bytes()[:5000], "已损坏"),
    "word cut short": ("a.docx", lambda: (PLANS / "linhu.docx").read_bytes()[:5000], "已损坏"),
    "broken inside": (
        "a.xlsx",
        lambda: changed("qinghe.xlsx", SHEET, lambda data: data[: len(data) // 2]),
        "已损坏",
    ),
    "old format": ("a.xls", lambda: OLE + b"\0" * 600, "另存为 .xlsx 或 .docx"),
    "password": ("a.xlsx", lambda: OLE + "EncryptedPackage".encode("utf-16-le"), "去掉密码"),
    "pdf": ("a.pdf", lambda: b"%PDF-1.4", "PDF"),
    "picture": ("a.docx", lambda: b"\x89PNG....", "图片"),
    "another zip": ("a.docx", lambda: zipped(1), "既不是 Excel"),
    "too many entries": ("a.xlsx", lambda: zipped(4000), "条目过多"),
    "unpacks to 130 MB": (
        "a.xlsx",
        lambda: changed("qinghe.xlsx", SHEET, lambda data: data + b" " * 130_000_000),
        "解压后超过",
    ),
    "entities": (
        "a.docx",
        lambda: changed("linhu.docx", "word/document.xml", lambda data: b"<!DOCTYPE a>" + data),
        "不安全",
    ),
    "a merge over the whole sheet": (
        "a.xlsx",
        lambda: changed(
            "qinghe.xlsx", SHEET, lambda data: data.replace(b'"A1:H1"', b'"A1:XFD1048576"')
        ),
        "单元格过多",
    ),
    "zero bytes": ("a.txt", lambda: b"\0" * 900, "不是能读的文本"),
    "endless lines": ("a.txt", lambda: b"1.a\n" * 30_000, "超过 20000 行"),
    "too large": ("a.txt", lambda: b"a" * (21 * 1024 * 1024), "超过 20 MB"),
}


@pytest.mark.parametrize("case", CONTENTS)
def test_what_cannot_be_read_is_refused_with_a_remedy(case: str, tmp_path: Path) -> None:
    name, content, remedy = CONTENTS[case]
    path = tmp_path / name
    path.write_bytes(content())
    for read in (read_plan, read_directory):
        with pytest.raises(PlanRefused) as refusal:
            read(path)
        assert name in str(refusal.value)
    with pytest.raises(PlanRefused, match=remedy):
        read_plan(path)


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "absent.xlsx"):
        with pytest.raises(PlanRefused, match="打不开"):
            read_plan(path)


def test_ten_thousand_empty_columns_do_not_matter(tmp_path: Path) -> None:
    header = ["序号", "任务", "牵头单位", *[None] * 10_000, "x"]
    path = write_sheet(tmp_path / "2026.xlsx", [header, [1, "修路", "县交通局"]])
    assert [task.title for task in read_plan(path).plan.tasks] == ["修路"]


def test_a_stray_cell_a_million_rows_down_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "2026.xlsx"
    data = changed(
        "qinghe.xlsx",
        SHEET,
        lambda sheet: sheet.replace(
            b"</sheetData>", b'<row r="1048576"><c r="A1048576"><v>1</v></c></row></sheetData>'
        ),
    )
    path.write_bytes(data)
    with pytest.raises(PlanRefused, match="1048576 行"):
        read_plan(path)


def test_a_formula_without_a_stored_result_is_named_with_its_row(tmp_path: Path) -> None:
    rows: Rows = [["序号", "任务", "牵头单位"], [1, "修路", "=B1"]]
    problems = read_plan(write_sheet(tmp_path / "2026.xlsx", rows)).problems
    assert str(problems[0]).startswith("工作表“Sheet1”第 2 行：公式没有保存计算结果")


@given(
    rows=st.lists(st.lists(st.sampled_from(PIECES) | st.text(max_size=12), max_size=6), max_size=8)
)
@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
def test_no_text_in_a_table_or_in_prose_raises_anything_else(
    rows: list[list[str]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.txt"
    for separator in ("\t", ""):
        path.write_text("\n".join(separator.join(row) for row in rows), errors="replace")
        with suppress(PlanRefused):
            read_plan(path)
