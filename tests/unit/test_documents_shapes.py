"""Decomposition tables of many shapes, written as offices write them, are read by meaning."""

from datetime import date
from pathlib import Path

import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from documents.plan_reader import PlanReading, read_plan
from reporting.liaison import Leader
from reporting.plan import Directory
from reporting.unit import Unit
from tests.support.tables import Rows, write_book, write_sheet, write_word

NAMES = """
    市发展和改革委员会 市财政局 市住房和城乡建设局 市交通运输局 市教育局 市卫生健康委员会
    市自然资源和规划局 市工业和信息化局 市城市管理局 市市场监督管理局 东山镇人民政府
    西河镇人民政府 南岭乡人民政府 城中街道办事处 云水市城市投资集团有限公司
    云水高新技术产业开发区管理委员会
"""
CITY = Directory(
    units=tuple(Unit(name=name) for name in NAMES.split()),
    leaders=(Leader(name="林海"), Leader(name="赵大川"), Leader(name="孙倩")),
)
FINANCE, REFORM, ROADS, SCHOOLS = "市财政局", "市发展和改革委员会", "市交通运输局", "市教育局"
CITY_GROUP = "云水市城市投资集团有限公司"
Line = tuple[str, str, tuple[str, ...], tuple[str, ...], str]


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return tmp_path / "云水市2026年重点任务.xlsx"


@pytest.fixture
def word(tmp_path: Path) -> Path:
    return tmp_path / "云水市2026年重点任务.docx"


def read(path: Path) -> PlanReading:
    return read_plan(path, directory=CITY)


def lines(reading: PlanReading) -> list[Line]:
    return [
        (task.code, task.title, task.leads, task.supports, str(task.due))
        for task in reading.plan.tasks
    ]


ROAD: Line = ("1", "修路20公里", (ROADS,), (FINANCE,), "2026-11-30")
SCHOOL: Line = ("2", "新建学校3所", (SCHOOLS,), (CITY_GROUP,), "2026-08-31")

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


def test_a_letter_with_its_own_points_is_told_from_sections(word: Path) -> None:
    table = [["序号", "目标任务", "市级领导", "牵头部门", "参与部门", "完成期限"]]
    path = write_word(
        word,
        "云政办〔2026〕12号",
        "云水市人民政府办公室关于印发《云水市2026年重点任务分工方案》的通知",
        "现将任务分解为2个部分、2项，其中第一部分1项、第二部分1项，并提出如下要求：",
        "一、提高思想认识",
        "各单位要高度重视，认真组织实施，确保各项工作落实到位，取得实效，让全市人民满意放心。",
        "二、按时报送进展",
        "各牵头单位于每月25日前将进展情况报送云水市人民政府督查室，逾期未报的将在全市予以通报。",
        "2026年2月20日",
        "一、交通",
        [*table, ["1", "修路20公里", "林海", "交通局", "财政局", "11月底"]],
        "二、教育",
        [*table, ["2", "新建学校3所", "孙倩", "教育局", "城投", "8月底"]],
        "注：以上任务由市政府督查室负责解释。",
    )
    plan = read(path).plan
    assert lines(read(path)) == [ROAD, SCHOOL]
    assert [task.section for task in plan.tasks] == ["一、交通", "二、教育"]
    assert (plan.title, plan.document_number) == (
        "云水市2026年重点任务分工方案",
        "云政办〔2026〕12号",
    )
    assert (plan.cutoff_day, str(plan.issued_on)) == (25, "2026-02-20")
    assert read(path).problems == ()


def test_a_table_broken_over_pages_goes_on_without_its_header(word: Path) -> None:
    path = write_word(
        word,
        "# 一、交通（责任领导：林海）",
        [["编号", "任务", "牵头", "配合", "时限"], ["1", "修路20公里", "交通局", "财政局", "11月"]],
        [["2", "新建学校3所", "教育局", "城投", "8月"]],
    )
    assert lines(read(path)) == [ROAD, SCHOOL]
    assert {task.leader for task in read(path).plan.tasks} == {"林海"}


def test_prose_with_labels_on_lines_of_their_own(tmp_path: Path) -> None:
    path = tmp_path / "云水市2026年民生实事.txt"
    path.write_text(
        "分享到：微信 微博\n一、民生\n1．修路20公里。\n牵头单位：市交通局\n配合单位：市财政局\n"
        "完成时限：11月底\n2．新建学校3所（责任单位：市教育局、城投；完成时限：8月底前）\n"
    )
    assert lines(read(path)) == [ROAD, SCHOOL]


def test_web_copied_traditional_text_with_pinyin_and_tags(tmp_path: Path) -> None:
    path = tmp_path / "2026.txt"
    path.write_text(
        "雲水市2026年重點任務(wù)分解表<br />\n1.修路20公里；11月底。(市交通運輸局(jú)牽頭,"
        "市財政局配合)\n"
        "&nbsp;2.新建學(xué)校3所；8月底。(市教育局牽頭,城投集團(tuán)配合)\n"
    )
    assert lines(read(path)) == [ROAD, SCHOOL]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_a_csv_file_is_read_in_either_encoding(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "2026.csv"
    path.write_text(
        '编号,任务,主办,协办,期限\n1,修路20公里,市交通局,"财政局",11月\n'
        "2,新建学校3所,教育局,城投,8月\n",
        encoding=encoding,
    )
    assert lines(read(path)) == [ROAD, SCHOOL]


def test_rows_pasted_with_tabs_are_a_table(tmp_path: Path) -> None:
    path = tmp_path / "2026.txt"
    path.write_text(
        "2026年任务分解\n序号\t工作任务\t责任单位\t完成时限\n1\t修路20公里\t交通局、财政局\t11月\n"
        "2\t新建学校3所\t教育局、城投\t8月\n"
    )
    assert lines(read(path)) == [ROAD, SCHOOL]
