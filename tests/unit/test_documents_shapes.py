"""Decomposition tables of many shapes, written as offices write them, are read by meaning."""

from datetime import date
from pathlib import Path

import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from tests.support.city import FINANCE, REFORM, ROAD, SCHOOL, SCHOOLS, lines, read
from tests.support.tables import Rows, write_book, write_sheet


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return tmp_path / "云水市2026年重点任务.xlsx"


ONE_SHEET: dict[str, tuple[Rows, tuple[str, ...]]] = {
    "columns in any order": (
        [
            ["完成时限", "协办", "主办", "目标任务", "编号"],
            ["11月底前", "财政局", "市交通局", "修路20公里", 1],
            ["8月", "城投集团", "教育局", "新建学校3所", 2],
        ],
        (),
    ),
    "two header rows under a title": (
        [
            ["云水市2026年重点任务分解表"],
            ["序号", "重点工作", "责任落实", None, "时间节点"],
            [None, None, "牵头", "配合", None],
            [1, "修路20公里", "市交通局", "市财政局", "2026.11"],
            [2, "新建学校3所", "市教育局", "城投", date(2026, 8, 31)],
        ],
        ("A1:E1", "A2:A3", "B2:B3", "C2:D2", "E2:E3"),
    ),
    "a star marks the lead": (
        [
            ["编号", "任务内容", "责任单位（带★为牵头单位）", "办结时限"],
            ["1", "修路20公里", "市财政局、★交通局", "11月底"],
            ["2", "新建学校3所", "★市教育局\n城投集团", "8月底前"],
        ],
        (),
    ),
    "the first named unit leads": (
        [
            ["任务编号", "工作事项", "责任部门", "期限"],
            ["1", "修路20公里", "市交通局、市财政局", "11月30日前"],
            ["2", "新建学校3所", "教育局；城投", "八月底"],
        ],
        (),
    ),
    "labels inside one cell": (
        [
            ["序号", "工作任务", "责任单位", "完成时间"],
            ["1", "修路20公里", "牵头单位：市交通局；配合单位：市财政局", "11月"],
            ["2", "新建学校3所", "牵头单位：市教育局\n配合单位：城投", "8月"],
        ],
        (),
    ),
    "verbs inside one cell": (
        [
            ["序号", "工作任务", "责任分工", "完成时间"],
            ["1", "修路20公里", "市交通局牵头，市财政局配合", "11月"],
            ["2", "新建学校3所", "由市教育局牵头，城投配合", "8月"],
        ],
        (),
    ),
    "everything behind the task in its own cell": (
        [
            ["序号", "工作任务及责任分工"],
            ["1", "修路20公里。（牵头单位：市交通局，配合单位：财政局，完成时限：11月底）"],
            ["2", "新建学校3所（牵头单位：教育局；配合单位：城投；完成时限：8月底）"],
        ],
        (),
    ),
    "headers that say nothing": (
        [
            ["甲", "乙", "丙", "丁", "戊"],
            ["1", "修路20公里", "市交通局", "财政局", "11月底"],
            ["2", "新建学校3所", "市教育局", "城投集团", "8月底"],
        ],
        (),
    ),
    "no header at all": (
        [
            ["1", "修路20公里", "市交通局", "财政局", "11月底"],
            ["2", "新建学校3所", "市教育局", "城投集团", "8月底"],
        ],
        (),
    ),
    "codes in the title and columns nobody asked for": (
        [
            ["工作内容", "年度投资(万元)", "牵头单位", "参与单位", "进展情况", "时限", "备注"],
            ["1.修路20公里", 3000, "市交通局", "市财政局", "正在推进", "11月底", None],
            ["2.新建学校3所", 800, "市教育局", "城投", None, "8月底", "跨年"],
        ],
        (),
    ),
    "wide-set characters and blank margins": (
        [
            [],
            [None, "序 号", "工 作 任 务", "牵 头 单 位", "配 合 单 位", "时 限"],
            [None, "１", "修路20公里", "市 交 通 局", "市 财 政 局", "１１月底"],
            [None, "２", "新建学校3所", "市 教 育 局", "城 投", "８月底"],
        ],
        (),
    ),
    "numbers by formula and days as Excel counts them": (
        [
            ["序号", "工作任务", "牵头单位", "配合单位", "完成时限"],
            ["=ROW()-1", "修路20公里", "市交通局", "市财政局", 46356],
            ["=ROW()-1", "新建学校3所", "市教育局", "城投", 46265],
        ],
        (),
    ),
}


@pytest.mark.parametrize("shape", ONE_SHEET)
def test_a_sheet_of_this_shape_gives_the_same_two_tasks(shape: str, book: Path) -> None:
    rows, merges = ONE_SHEET[shape]
    reading = read(write_sheet(book, rows, *merges))
    assert lines(reading) == [ROAD, SCHOOL]
    assert reading.problems == ()
    assert reading.plan.year == 2026


def test_bold_marks_the_lead(book: Path) -> None:
    bold = InlineFont(b=True)
    rows: Rows = [
        ["序号", "任务", "责任单位", "时限"],
        [1, "修路20公里", CellRichText("市财政局、", TextBlock(bold, "市交通局")), "11月底"],
        [2, "新建学校3所", CellRichText(TextBlock(bold, "教育局"), "、城投"), "8月"],
    ]
    assert lines(read(write_sheet(book, rows))) == [ROAD, SCHOOL]


def test_a_sheet_per_section_names_the_sections(book: Path) -> None:
    header = ["序号", "工作任务", "牵头单位", "协办单位", "时间节点"]
    sheets = {
        "一、交通": [header, ["3-1", "修路20公里", "交通局", "财政局", "11月"]],
        "二、教育": [header, ["4-1", "新建学校3所", "教育局", "城投", "8月"]],
    }
    tasks = read(write_book(book, sheets)).plan.tasks
    assert [(task.code, task.section) for task in tasks] == [
        ("3-1", "一、交通"),
        ("4-1", "二、教育"),
    ]


def test_a_merged_section_column_and_merged_leaders_are_carried_down(book: Path) -> None:
    rows: Rows = [
        ["板块", "序号", "任务", "责任单位", "包联领导", "时限"],
        ["城市更新", 1, "修路20公里", "交通局", "林海", "11月"],
        [None, 2, "架桥2座", "交通局", None, "11月"],
        ["教育", 3, "新建学校3所", "教育局", "孙倩", "8月"],
    ]
    tasks = read(write_sheet(book, rows, "A2:A3", "E2:E3")).plan.tasks
    assert [(task.section, task.leader) for task in tasks] == [
        ("城市更新", "林海"),
        ("城市更新", "林海"),
        ("教育", "孙倩"),
    ]


def test_numbers_that_begin_anew_take_the_number_of_their_section(book: Path) -> None:
    rows: Rows = [
        ["序号", "任务", "责任单位", "时限"],
        ["（五）交通"],
        [1, "修路20公里", "交通局", "11月"],
        [2, "架桥2座", "交通局", "11月"],
        ["三", "教育", None, None],
        [1, "新建学校3所", "教育局", "8月"],
    ]
    reading = read(write_sheet(book, rows, "A2:D2"))
    assert [task.code for task in reading.plan.tasks] == ["（五）1", "（五）2", "3-1"]
    assert "各部分编号重新起算" in str(reading.warnings[0])


def test_quarters_and_months_become_milestones(book: Path) -> None:
    rows: Rows = [
        ["序号", "项目", "进度安排", None, None, "责任单位"],
        [None, None, "一季度", "Q2", "12月", None],
        [1, "绕城高速", "完成征地", "路基完成50%", "通车", "市交通局"],
    ]
    task = read(write_sheet(book, rows, "A1:A2", "B1:B2", "C1:E1", "F1:F2")).plan.tasks[0]
    stones = [(stone.period, stone.text) for stone in task.milestones]
    assert stones == [("Q1", "完成征地"), ("Q2", "路基完成50%"), ("12月", "通车")]


@pytest.mark.parametrize(
    ("header", "period"), [("三季度", "Q3"), ("10月", "10月"), ("四季度目标", "Q4")]
)
def test_one_quarter_or_month_alone_is_a_column_too(book: Path, header: str, period: str) -> None:
    rows: Rows = [
        ["序号", "任务", header, "责任单位"],
        [1, "绕城高速", "路基完成50%", "市交通局"],
        [2, "新建学校3所", "封顶", "市教育局"],
    ]
    road, school = read(write_sheet(book, rows)).plan.tasks
    assert [(stone.period, stone.text) for stone in road.milestones] == [(period, "路基完成50%")]
    assert (school.title, school.leads) == ("新建学校3所", (SCHOOLS,))


def test_a_month_alone_in_a_row_without_a_header_is_a_due_date(book: Path) -> None:
    rows: Rows = [["修路20公里", "10月", "市交通局"], ["新建学校3所", "8月", "市教育局"]]
    tasks = read(write_sheet(book, rows)).plan.tasks
    assert [(task.title, str(task.due)) for task in tasks] == [
        ("修路20公里", "2026-10-31"),
        ("新建学校3所", "2026-08-31"),
    ]


def test_the_finer_of_two_task_columns_is_the_task(book: Path) -> None:
    rows: Rows = [
        ["序号", "重点工作", "具体举措", "牵头单位", "时限"],
        [1, "改善出行", "修路20公里", "交通局", "11月"],
        [None, None, "架桥2座", "交通局", "12月"],
        [2, "办好教育", "新建学校3所", "教育局", "8月"],
    ]
    tasks = read(write_sheet(book, rows, "A2:A3", "B2:B3")).plan.tasks
    assert [(task.code, task.section, task.title) for task in tasks] == [
        ("1-1", "改善出行", "修路20公里"),
        ("1-2", "改善出行", "架桥2座"),
        ("2", "办好教育", "新建学校3所"),
    ]


def test_shared_endings_and_all_towns_are_filled_in(book: Path) -> None:
    rows: Rows = [
        ["序号", "任务", "牵头单位", "配合单位", "时限"],
        [1, "改厕", "市发改、财政、住建局", "东山、西河镇人民政府", "11月"],
        [2, "修路", "交通局", "各乡镇、街道", "11月"],
        [3, "建校", "教育局", "市直有关部门", "8月"],
    ]
    reading = read(write_sheet(book, rows))
    first, second, third = reading.plan.tasks
    assert first.leads == (REFORM, FINANCE, "市住房和城乡建设局")
    assert first.supports == ("东山镇人民政府", "西河镇人民政府")
    assert second.supports == (*first.supports, "南岭乡人民政府", "城中街道办事处")
    assert third.supports == ()
    assert "不是具体单位" in str(reading.warnings[0])
