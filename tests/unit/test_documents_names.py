"""Codes, headers and unit names are recognised by what they mean."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.column import Role, period_of, role_of
from documents.task_code import Coded, clean_code, is_code, split_code
from documents.unit_cell import read_duties, resolve, split_names
from documents.unit_names import find_units, known_units
from reporting.unit import Unit

COUNTY = known_units(
    Unit(name=name, aliases=aliases)
    for name, aliases in (
        ("县发展和改革局", ()),
        ("县教育体育局", ("教育局",)),
        ("县住房和城乡建设局", ()),
        ("县城市管理综合执法局", ()),
        ("县市场监督管理局", ()),
        ("县自然资源局", ()),
        ("县财政局", ()),
        ("县税务协会", ()),
        ("国家税务总局青河县税务局", ()),
        ("青河县城市建设投资集团有限公司", ()),
        ("青河县水务投资有限公司", ()),
        ("青河经济开发区管理委员会", ()),
        ("区数据局(区行政审批局)", ()),
        ("石桥镇人民政府", ()),
        ("白马镇人民政府", ()),
        ("白马街道办事处", ()),
        ("县水利局", ()),
    )
)

MEANINGS = {
    "县发改局": "县发展和改革局",
    "发改委": "县发展和改革局",
    "发展改革局": "县发展和改革局",
    "教体局": "县教育体育局",
    "住建局": "县住房和城乡建设局",
    "建设局": "县住房和城乡建设局",
    "城管": "县城市管理综合执法局",
    "市监局": "县市场监督管理局",
    "县市场监管局": "县市场监督管理局",
    "国土局": "县自然资源局",
    "自规局": "县自然资源局",
    "财政": "县财政局",
    "财政部门": "县财政局",
    "县税务局": "国家税务总局青河县税务局",
    "城投集团": "青河县城市建设投资集团有限公司",
    "水投公司": "青河县水务投资有限公司",
    "经开区": "青河经济开发区管理委员会",
    "开发区管委会": "青河经济开发区管理委员会",
    "行政审批局": "区数据局(区行政审批局)",
    "区数据局（区行政审批局）": "区数据局(区行政审批局)",
    "石桥镇": "石桥镇人民政府",
    "石桥镇政府": "石桥镇人民政府",
    "青河县水利局": "县水利局",
}


@pytest.mark.parametrize("written", MEANINGS)
def test_a_short_name_finds_its_one_unit(written: str) -> None:
    assert find_units(written, COUNTY) == (MEANINGS[written],)


@pytest.mark.parametrize("written", ["公安局", "市财政局", "信访局", "城", "", "柳沟镇", "老干局"])
def test_an_unknown_name_is_never_guessed(written: str) -> None:
    assert find_units(written, COUNTY) == ()


def test_an_ambiguous_name_gives_every_unit_it_may_mean() -> None:
    assert find_units("白马", COUNTY) == ("白马镇人民政府", "白马街道办事处")


def test_endings_are_shared_over_a_list() -> None:
    found = resolve(("石桥", "白马镇人民政府"), COUNTY)
    assert [unit.names for unit in found] == [("石桥镇人民政府",), ("白马镇人民政府",)]


def test_names_joined_by_and_are_two_only_where_both_are_units() -> None:
    found = resolve(("县财政局和县水利局", "住房和城乡建设局"), COUNTY)
    names = [unit.names[0] for unit in found]
    assert names == ["县财政局", "县水利局", "县住房和城乡建设局"]


def test_what_stands_in_brackets_is_not_split() -> None:
    assert split_names("区数据局(区行政审批局、区大数据中心)、财政局") == (
        "区数据局(区行政审批局、区大数据中心)",
        "财政局",
    )


@pytest.mark.parametrize(
    ("text", "leads", "supports", "units"),
    [
        ("▲甲局、乙局", ("甲局",), ("乙局",), ()),
        ("甲局（牵头）、乙局（配合）", ("甲局",), ("乙局",), ()),
        ("牵头：甲局 配合：乙局", ("甲局",), ("乙局",), ()),
        ("甲局、乙局牵头，丙局、丁局配合", ("甲局", "乙局"), ("丙局", "丁局"), ()),
        ("甲局牵头，乙局、丙局按职责分工负责", ("甲局",), ("乙局", "丙局"), ()),
        ("甲局、乙局等部门按职责分工负责", (), (), ("甲局", "乙局")),
        ("甲局、乙局", (), (), ("甲局", "乙局")),
    ],
)
def test_who_leads_is_read_from_marks_labels_and_verbs(
    text: str, leads: tuple[str, ...], supports: tuple[str, ...], units: tuple[str, ...]
) -> None:
    duties = read_duties(text)
    assert (duties.leads, duties.supports, duties.units) == (leads, supports, units)


HEADERS = {
    Role.TITLE: "工作任务 目标任务 重点工作 任务内容 具体举措 项目名称 主要任务",
    Role.LEAD: "牵头单位 牵头(责任)单位 主办 承办单位 主责单位 责任分工牵头单位",
    Role.SUPPORT: "配合单位 协办 参与单位 协助单位 责任单位(配合)",
    Role.UNITS: "责任单位 责任部门 责任单位(★为牵头单位) 牵头及配合单位 单位",
    Role.LEADER: "责任领导 分管领导 包联领导 牵头县领导 分管副县长 挂点领导",
    Role.DUE: "完成时限 时间节点 完成时间 办结时限 截止日期",
    Role.CODE: "序号 编号 任务编码 No.",
    Role.MILESTONE: "一季度 第二季度目标 Q3 7月份 进度安排四季度",
    Role.SOURCE: "任务来源 来源",
    Role.DEPARTMENT: "责任科室 承办科室 责任股室",
    Role.HANDLER: "经办人 经办人员",
    Role.OTHER: "备注 进展情况 完成情况 资金来源 年度投资(万元) 一季度完成情况",
}


@pytest.mark.parametrize("role", HEADERS)
def test_headers_of_one_meaning_have_one_role(role: Role) -> None:
    assert {header: role_of(header) for header in HEADERS[role].split()} == dict.fromkeys(
        HEADERS[role].split(), role
    )


def test_periods_have_one_name() -> None:
    headers = ("第一季度", "Q2", "1-3月", "十一月", "下半年", "完成时间")
    assert [period_of(header) for header in headers] == ["Q1", "Q2", "Q1", "11月", "Q4", ""]


@pytest.mark.parametrize(
    "code", ["1", "3-2", "（五）7", "民1-2", "建12", "Ⅳ-2", "一", "JD-05", "3.2.1"]
)
def test_codes_of_all_sorts_are_codes_and_stay_as_written(code: str) -> None:
    assert is_code(code)
    assert clean_code(code) == code


@pytest.mark.parametrize("text", ["县财政局", "12月底", "完成", "300000", "建成3个公园", ""])
def test_other_texts_are_no_codes(text: str) -> None:
    assert not is_code(text)


@pytest.mark.parametrize(
    ("written", "code"),
    [("2026-03-02", "3-2"), ("第3项", "3"), ("③", "3"), ("（12）", "12"), ("7、", "7")],
)
def test_codes_are_cleaned_of_what_is_no_part_of_them(written: str, code: str) -> None:
    assert clean_code(written) == code


@given(
    st.integers(1, 999),
    st.sampled_from("、.．"),
    st.text("新建改造学校道路", min_size=2, max_size=9),
)
def test_a_numbered_line_is_split_into_code_and_text(number: int, mark: str, text: str) -> None:
    assert split_code(f"{number}{mark}{text}") == Coded(code=str(number), text=text)


def test_a_decimal_is_a_code_only_where_its_number_is_next() -> None:
    line = "91.60周岁以上老年人接种"
    assert split_code(line) is None
    assert split_code(line, expected=91) == Coded(code="91", text="60周岁以上老年人接种")
