"""Totals, gaps and doubtful rows are named with their place; facts come from the text around."""

import json
from pathlib import Path

import pytest

from documents.directory_reader import read_directory
from documents.kind_inference import infer_kind
from documents.page import Paragraph
from documents.plan_facts import read_facts
from documents.plan_json import plan_as_json
from documents.plan_reader import read_plan
from reporting.errors import PlanRefused
from reporting.liaison import Leader, Liaison, Rung
from reporting.plan import Directory
from reporting.task import TaskKind
from reporting.unit import Unit
from tests.support.tables import Rows, write_book, write_sheet, write_word

CORPUS = Path(__file__).parent.parent / "corpus"
COUNTY = Directory(units=(Unit(name="县财政局"), Unit(name="县水利局"), Unit(name="县水务局")))
HEADER = ["序号", "任务", "牵头单位", "配合单位", "时限"]


def problems_of(path: Path, rows: Rows) -> list[str]:
    reading = read_plan(write_sheet(path / "2026.xlsx", rows), directory=COUNTY)
    return [str(problem) for problem in reading.problems]


def test_a_section_short_of_its_stated_count_is_named(tmp_path: Path) -> None:
    rows: Rows = [HEADER, ["一、财政（共2项）"], [1, "增收", "财政局", "", "年底"]]
    assert problems_of(tmp_path, rows) == [
        "工作表“Sheet1”第 2 行：“一、财政”写明 2 项，实际读到 1 项，请核对是否漏行。"
    ]


def test_a_letters_totals_are_checked_part_by_part(tmp_path: Path) -> None:
    table = [HEADER, ["1", "增收", "财政局", "", "年底"]]
    path = write_word(
        tmp_path / "2026.docx",
        "将重点任务分解为2个大部分、3项具体工作。第一部分为主要预期目标,共1项。"
        "第二部分为坚定不移抓项目、扩投资,增强发展后劲,共2项。",
        "一、主要预期目标",
        table,
        "二、抓项目",
        [HEADER, ["2", "治水", "水利局", "", "年底"]],
    )
    problems = [str(problem) for problem in read_plan(path, directory=COUNTY).problems]
    assert problems == [
        "第 3 段：第 2 部分“二、抓项目”：文中写明 2 项，实际读到 1 项，请核对是否漏行。",
        "第 1 段：文中写明共 3 项，实际读到 2 项。",
    ]


def test_a_missing_number_is_named_unless_totals_agree(tmp_path: Path) -> None:
    rows: list[list[str | int | None]] = [
        [n, f"任务之{n}", "财政局", "", "年底"] for n in (1, 2, 4)
    ]
    unchecked: Rows = [HEADER, *rows]
    assert "缺第 3 项" in problems_of(tmp_path, unchecked)[0]
    checked: Rows = [HEADER, ["一、财政（共3项）"], *rows]
    assert problems_of(tmp_path, checked) == []


def test_unknown_and_ambiguous_units_and_gaps_are_named_with_their_row(tmp_path: Path) -> None:
    rows: Rows = [
        HEADER,
        [1, "治安", "公安局", "", "年底"],
        [2, "治水", "县水", "", "年底"],
        [3, "增收", "", "财政局", "年底"],
        [4, "", "财政局", "", "年底"],
    ]
    first, second, third, fourth = sorted(problems_of(tmp_path, rows))
    assert first.startswith("工作表“Sheet1”第 2 行：任务 1 的单位“公安局”不在单位名录中")
    assert "第 3 行：任务 2 的单位“县水”" in second
    assert "第 4 行：任务 3 没有牵头单位" in third
    assert "第 5 行：没有任务内容" in fourth


def test_without_a_directory_every_name_is_a_new_unit_and_a_warning_says_so(
    tmp_path: Path,
) -> None:
    rows: Rows = [HEADER, [1, "增收", "县财政局", "县审计局", "尽快"]]
    reading = read_plan(write_sheet(tmp_path / "2026.xlsx", rows))
    assert [unit.name for unit in reading.plan.directory.units] == ["县财政局", "县审计局"]
    assert reading.problems == ()
    assert "读不出日期" in str(reading.warnings[0])
    assert "没有单位名录" in str(reading.warnings[1])


def test_a_plan_without_a_year_is_a_problem_unless_one_is_given(tmp_path: Path) -> None:
    rows: Rows = [HEADER, [1, "增收", "县财政局", "", "年底"]]
    path = write_sheet(tmp_path / "plan.xlsx", rows)
    assert "没有写明年份" in str(read_plan(path).problems[0])
    reading = read_plan(path, year=2026)
    assert reading.problems == ()
    assert str(reading.plan.tasks[0].due) == "2026-12-31"
    assert "按 2026 年导入" in str(reading.warnings[0])


def test_an_item_of_prose_that_names_nobody_is_a_problem(tmp_path: Path) -> None:
    path = tmp_path / "2026.txt"
    path.write_text("1.增收。（财政局牵头）\n2.治理河道3公里。\n3.治水。（水利局牵头）\n")
    problems = [str(problem) for problem in read_plan(path, directory=COUNTY).problems]
    assert problems[0].startswith("第 2 行：第 2 项没有读出牵头单位")


def test_a_text_without_tasks_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "2026.txt"
    path.write_text("2026年工作要点\n各单位要高度重视。\n")
    with pytest.raises(PlanRefused, match="没有找到任务"):
        read_plan(path)


def test_facts_of_a_letter() -> None:
    texts = (
        "青政办发〔2026〕15号",
        "关于下达2026年度重点目标任务的通知",
        "各责任单位每月28号前将进展情况报县政府督查室。",
        "二〇二六年二月十八日",
    )
    facts = read_facts([Paragraph(place="", text=text) for text in texts], name="x")
    assert (facts.title, facts.year) == ("2026年度重点目标任务", 2026)
    assert (facts.document_number, facts.cutoff_day) == ("青政办发〔2026〕15号", 28)
    assert str(facts.issued_on) == "2026-02-18"


def test_a_directory_with_two_people_a_row_dingtalk_ids_and_short_names(tmp_path: Path) -> None:
    sheets: dict[str, Rows] = {
        "联系人": [
            ["单位名称", "A角", "职务", "钉钉账号", "手机号码", "B角", "手机号码"],
            ["财政局", "王 芳", "科长", "dt01", "139", "李军", "138"],
        ],
        "简称": [["单位全称", "简称"], ["县财政局", "财政局、财政"]],
        "领导": [["领导姓名", "职务"], ["林海", "县长"]],
    }
    directory = read_directory(write_book(tmp_path / "d.xlsx", sheets))
    assert directory.units == (Unit(name="县财政局", aliases=("财政局", "财政")),)
    assert directory.leaders == (Leader(name="林海", title="县长"),)
    first, second = directory.liaisons
    assert first == Liaison(
        key="dt01", name="王芳", units=("县财政局",), post="科长", phone="139", dingtalk="dt01"
    )
    assert (second.name, second.phone, second.units) == ("李军", "138", ("县财政局",))
    assert second.duty is Rung.DEPUTY


def test_a_workbook_that_lists_nobody_is_no_directory(tmp_path: Path) -> None:
    with pytest.raises(PlanRefused, match="没有找到名录"):
        read_directory(write_sheet(tmp_path / "d.xlsx", [["甲", "乙"], ["1", "2"]]))


def test_the_plain_form_has_exactly_the_agreed_keys(tmp_path: Path) -> None:
    rows: Rows = [HEADER, [1, "增收", "县财政局", "", "全年"]]
    plain = plan_as_json(read_plan(write_sheet(tmp_path / "2026.xlsx", rows)))
    assert list(plain) == ["plan", "tasks", "units", "liaisons", "warnings"]
    tasks = plain["tasks"]
    assert isinstance(tasks, list)
    assert tasks[0]["due"] is None
    assert list(tasks[0]) == [
        "code", "section", "title", "kind", "leads", "supports", "leader", "due"
    ]  # fmt: skip
    assert json.loads(json.dumps(plain, ensure_ascii=False)) == plain


@pytest.mark.parametrize(("office", "agreeing"), [("qinghe", 80), ("linhu", 99)])
def test_an_unstated_kind_is_inferred_as_the_offices_say(office: str, agreeing: int) -> None:
    tasks = json.loads((CORPUS / office / "office.json").read_text())["tasks"]
    same = [infer_kind(task["title"], task["section"]) == TaskKind(task["kind"]) for task in tasks]
    assert sum(same) >= agreeing
