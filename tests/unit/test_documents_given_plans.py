"""The two offices' plans import exactly, from Excel, Word and pasted prose."""

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from documents.directory_reader import read_directory
from documents.plan_json import plan_as_json
from documents.plan_reader import PlanReading, read_plan
from reporting.plan import Directory

PLANS = Path(__file__).parent.parent / "plans"
CORPUS = Path(__file__).parent.parent / "corpus"
FILES = [
    ("qinghe.xlsx", "qinghe", ""),
    ("linhu.docx", "linhu", "linhu-directory.xlsx"),
    ("qinghe.txt", "qinghe", "qinghe.xlsx"),
]


def reading_of(name: str, directory: str = "") -> PlanReading:
    known = read_directory(PLANS / directory) if directory else Directory()
    return read_plan(PLANS / name, directory=known)


def office_of(name: str) -> dict[str, object]:
    office: dict[str, object] = json.loads((CORPUS / name / "office.json").read_text())
    return office


def stated(task: object, keys: set[str]) -> dict[str, object]:
    assert isinstance(task, dict)
    return {key: task[key] for key in keys}


@pytest.mark.parametrize(("file", "office", "directory"), FILES)
def test_every_task_equals_the_offices_own_list(file: str, office: str, directory: str) -> None:
    keys = {"code", "section", "title", "leads", "supports", "leader", "due"}
    if file == "qinghe.xlsx":
        keys.add("kind")
    read = plan_as_json(reading_of(file, directory))["tasks"]
    wanted = office_of(office)["tasks"]
    assert isinstance(read, list)
    assert isinstance(wanted, list)
    assert [stated(task, keys) for task in read] == [stated(task, keys) for task in wanted]


@pytest.mark.parametrize(("file", "office", "directory"), FILES)
def test_the_plan_imports_without_problem_or_warning(
    file: str, office: str, directory: str
) -> None:
    reading = reading_of(file, directory)
    wanted = office_of(office)
    assert reading.problems == ()
    assert reading.warnings == ()
    assert {"title": reading.plan.title, "year": reading.plan.year} == wanted["plan"]
    liaisons = wanted["liaisons"]
    assert isinstance(liaisons, list)
    assert len(reading.plan.directory.liaisons) == len(liaisons)


def test_the_letter_around_the_tables_gives_number_cutoff_and_office() -> None:
    plan = reading_of("linhu.docx", "linhu-directory.xlsx").plan
    assert plan.document_number == "湖政办发〔2026〕7号"
    assert plan.cutoff_day == 20
    assert plan.office == "临湖区人民政府督查室"


def test_the_workbooks_head_and_notes_give_date_cutoff_and_office() -> None:
    plan = reading_of("qinghe.xlsx").plan
    assert str(plan.issued_on) == "2026-02-18"
    assert plan.cutoff_day == 25
    assert plan.office == "青河县人民政府督查室"


@pytest.mark.parametrize("row", [6, 17, 50, 110])
def test_a_workbook_with_one_row_blanked_is_refused_naming_the_part(
    row: int, tmp_path: Path
) -> None:
    book = load_workbook(PLANS / "qinghe.xlsx")
    sheet = book["任务分解表"]
    for cells in list(sheet.merged_cells.ranges):
        if cells.min_row <= row <= cells.max_row:
            sheet.unmerge_cells(str(cells))
    for column in range(1, 9):
        sheet.cell(row=row, column=column).value = None
    book.save(tmp_path / "short.xlsx")
    problems = read_plan(tmp_path / "short.xlsx").problems
    assert any("请核对是否漏行" in problem.text and "、" in problem.text for problem in problems)


@pytest.mark.parametrize("number", [1, 37, 91])
def test_prose_with_one_item_removed_is_refused_naming_the_part(
    number: int, tmp_path: Path
) -> None:
    lines = (PLANS / "qinghe.txt").read_text().splitlines()
    kept = [line for line in lines if not line.startswith(f"{number}.")]
    (tmp_path / "short.txt").write_text("\n".join(kept))
    reading = read_plan(tmp_path / "short.txt", directory=read_directory(PLANS / "qinghe.xlsx"))
    assert [f"缺第 {number} 项（" in str(problem) for problem in reading.problems] == [True]
