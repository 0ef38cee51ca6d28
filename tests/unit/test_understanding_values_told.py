"""Values as people tell them: corrected, of a part, of people, without a sign; put off, on time."""

import pytest

from reporting.report import Status
from reporting.understanding.parts.extract import extract_facts


@pytest.mark.parametrize(
    ("words", "title", "percent"),
    [
        ("绿道贯通8.6公里，驿站完成3座，占工程总量72%", "建成环湾滨海绿道12公里", 72.0),
        ("织机修复24台，展陈和土建合起来完成82%", "建成棉纺织博物馆", 82.0),
        ("更正：昨天写成占62.8%，应是占52.8%", "新改建农村公路72公里", 52.8),
        ("预算收入67.2亿元，占78.1%，增3.6%", "一般公共预算收入增长4%", 78.1),
        (
            "投资完成率79%，意向面积4.1万平方米、占41%，形象进度81%",
            "建成标准厂房B区10万平方米",
            81.0,
        ),
        ("账上收到5.7亿元，六成是系统自动推的", "兑现惠企政策资金9.5亿元", None),
        ("旅游收入13.7亿元，过夜游客占28%", "全年接待游客480万人次", None),
    ],
)
def test_the_whole_is_told_from_its_parts(words: str, title: str, percent: float | None) -> None:
    assert extract_facts(words, title=title, month="2026-08").percent == percent


@pytest.mark.parametrize(
    ("words", "title", "figure"),
    [
        ("东浦务工的送了六百二十个", "有组织输出劳动力1300人", (620.0, "人")),
        ("隐患整改率九十七点三", "隐患整改率达到98%以上", (97.3, "%")),
        ("前九个月才涨两个点", "货物出口额增长6%", (2.0, "%")),
        ("上半年并网58兆瓦", "新增分布式光伏装机120兆瓦", (58.0, "兆瓦")),
    ],
)
def test_a_value_is_of_what_the_task_counts(
    words: str, title: str, figure: tuple[float, str]
) -> None:
    figures = extract_facts(words, title=title, month="2026-07").figures
    assert figure in [(one.value, one.unit) for one in figures]


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ("拆迁照着节点往前走", Status.ON_TRACK),
        ("整体干了38%，跟年初排的节点对得上", Status.ON_TRACK),
        ("总进度71%，9月底试机不成问题", Status.ON_TRACK),
        ("原定8月通车，箱涵碰上光缆，通车改到11月", Status.BEHIND),
    ],
)
def test_how_it_stands_against_what_was_set(words: str, status: Status) -> None:
    facts = extract_facts(words, title="环城北路改建工程3.6公里", month="2026-08")
    assert facts.status == status
    assert facts.next_step is None
