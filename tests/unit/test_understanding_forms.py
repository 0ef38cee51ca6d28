"""Tables copied from a sheet, forms of names and values, and documents with headings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporting.understanding.context import Context
from reporting.understanding.course.tables import rows_as_lines
from reporting.understanding.outcome import Record
from reporting.understanding.understand import understand
from tests.unit.understanding_office import FARMS, INDEX, ROADS, SCHOOLS, WATER


@pytest.mark.parametrize(
    ("table", "lines"),
    [
        ("序号\t任务\t进展\n1\t危桥\t完工9座", "危桥，完工9座"),
        ("序号\t任务\t完成率\n12\t危桥\t50%", "12 危桥，完成率50%"),
        ("编号\t完成数\t占比(%)\nA-2\t9座\t50", "A-2 9座，完成率50%"),
        ("项目\t累计投资(万元)\n茶厂\t3120", "茶厂，累计投资3120万元"),
        ("任务\t目标\t进度\t问题\n危桥\t18座\t60%\t缺钢材", "危桥，进度60%；存在问题：缺钢材"),
        ("任务 | 进度 | 下一步计划\n危桥 | 9座 | 抓紧架梁", "危桥，9座；下步打算：抓紧架梁"),
        ("|事项|完成率|\n|---|---|\n|危桥|50%|", "危桥，完成率50%"),
        ("本月进展表\n事项\t进度\n危桥\t9座\n以上", "本月进展表\n危桥，9座。\n以上"),
    ],
)
def test_a_row_says_under_which_header_each_value_stood(table: str, lines: str) -> None:
    assert rows_as_lines(table) == lines


@pytest.mark.parametrize(
    "text",
    ["项目\t危桥\n进度\t50%", "A-1\t60公里\t50%", "危桥 | 9座", "进度 问题", "事项\t进度"],
)
def test_what_has_no_headers_stays_as_it_is(text: str) -> None:
    assert rows_as_lines(text) == text


@given(st.text("序号任务进度问题\t\n| 1%", max_size=60))
def test_any_text_with_tabs_is_read(text: str) -> None:
    assert isinstance(rows_as_lines(text), str)


ROWS = (
    "序号\t任务\t进展\t问题\t下步\n"
    "1\t公路\t80公里\t沥青涨价\t抢晴天铺油\n2\t危桥\t9座\t无\t年底完工"
)
HEADED = (
    "（一）进展情况\n青龙水库坝体灌浆完成，占总工程量的72%。\n（二）存在问题\n1.茶叶地补偿未谈妥。\n"
    "2.白鹤村学校借用场地未还。\n（三）下步打算\n抓紧清理溢洪道。"
)
FIELDS = "任务：白鹤水库\n本月进展：供水管网迁改完成\n占比：57%\n存在问题：青龙镇砂石料供应紧张"


@pytest.mark.parametrize(
    ("text", "context", "told"),
    [
        (ROWS, ROADS, {"A-1": ("沥青涨价", "抢晴天铺油"), "A-2": (None, "年底完工")}),
        (FIELDS, WATER, {"2": ("青龙镇砂石料供应紧张", None)}),
        ("【危桥】\n累计：9座\n占比：50%\n问题：公路封闭难", ROADS, {"A-2": ("公路封闭难", None)}),
        ("新学校：主体封顶\n食堂：完成9个", SCHOOLS, {"7": (None, None), "8": (None, None)}),
        (
            "（一）交通方面。危桥改了9座，剩余在施工。（二）公路方面。农村公路修了80公里",
            ROADS,
            {"A-2": (None, None), "A-1": (None, None)},
        ),
        ("危桥 9座 50% / 公路 80公里", ROADS, {"A-2": (None, None), "A-1": (None, None)}),
        ("进展：茶厂封顶；农田开工", FARMS, {"12": (None, None), "11": (None, None)}),
    ],
)
def test_each_value_of_a_form_is_of_the_task_it_stands_with(
    text: str, context: Context, told: dict[str, tuple[str | None, str | None]]
) -> None:
    outcome = understand(text, INDEX, context)
    assert isinstance(outcome, Record)
    assert {i.task: (i.facts.problem, i.facts.next_step) for i in outcome.items} == told
    assert outcome.doubts == ()


def test_what_stands_under_a_heading_for_problems_names_no_task() -> None:
    outcome = understand(HEADED, INDEX, WATER)
    assert isinstance(outcome, Record)
    assert [item.task for item in outcome.items] == ["1"]
    assert outcome.items[0].facts.next_step == "抓紧清理溢洪道"
