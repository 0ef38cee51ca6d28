"""The same report in every layout people paste it in: bullets, bars, bold, brackets, numbers."""

import pytest

from reporting.understanding.course.layouts import fields_as_lines
from reporting.understanding.outcome import Record
from reporting.understanding.understand import understand
from tests.unit.understanding_office import INDEX, SCHOOLS, WATER

ONE = (
    "任务：{0}\n进度：48%\n问题：跨河桥墩处水流太急\n下步：汛后夜间施工",
    "{0}完成48%，问题是跨河桥墩处水流太急，下一步汛后夜间施工",
    "【任务】{0}【进展】完成48%【问题】跨河桥墩处水流太急【措施】汛后夜间施工",
    "{0}｜进度48%｜问题：跨河桥墩处水流太急｜下步：汛后夜间施工",
    "{0}：48%/问题:跨河桥墩处水流太急/下步:汛后夜间施工",
    "**{0}**\n- 进度：48%\n- 问题：跨河桥墩处水流太急\n- 下步：汛后夜间施工",
    "{0}\n（一）进展：完成48%\n（二）问题：跨河桥墩处水流太急\n（三）下步：汛后夜间施工",
    "{0}：\n1、进度：48%\n2、问题：跨河桥墩处水流太急\n3、下步：汛后夜间施工",
    "①进展：{0}完成48% ②问题：跨河桥墩处水流太急 ③下步：汛后夜间施工",
    "一、进展情况：{0}完成48%。二、存在问题：跨河桥墩处水流太急。三、下步打算：汛后夜间施工。",
    "关于{0}的进展：1.完成48%；2.存在问题：跨河桥墩处水流太急；3.下步工作：汛后夜间施工。",
    "{0}\n进展情况\n完成48%\n存在问题\n跨河桥墩处水流太急\n下步打算\n汛后夜间施工",
    "任务名称\t完成率\t存在问题\t下一步\n{0}\t48%\t跨河桥墩处水流太急\t汛后夜间施工",
    "| 任务 | 进度 | 问题 | 下步 |\n|---|---|---|---|\n"
    "| {0} | 48% | 跨河桥墩处水流太急 | 汛后夜间施工 |",
    "项目：{0}，进度：48%，问题：跨河桥墩处水流太急，下步：汛后夜间施工",
)
TWO = (
    "一、{0}\n进展：完成48%\n问题：水流太急\n下步：汛后施工\n"
    "二、{1}\n进展：完成66%\n问题：工人不够\n下步：加派两个班组",
    "（一）{0}。完成48%。存在问题：水流太急。下步：汛后施工。\n"
    "（二）{1}。完成66%。存在问题：工人不够。下步：加派两个班组。",
    "任务名称\t进度\t问题\t下步\n{0}\t48%\t水流太急\t汛后施工\n{1}\t66%\t工人不够\t加派两个班组",
    "**{0}**\n- 进度：48%\n- 问题：水流太急\n- 下步：汛后施工\n"
    "**{1}**\n- 进度：66%\n- 问题：工人不够\n- 下步：加派两个班组",
)
NAMES = ("{code}", "{title}", "{code} {title}")
TITLES = {"3": "改造城区供水老旧管网40公里", "1": "完成青龙水库除险加固"}


@pytest.mark.parametrize("layout", ONE)
@pytest.mark.parametrize("name", NAMES)
def test_a_report_reads_alike_in_every_layout(layout: str, name: str) -> None:
    told = layout.format(name.format(code="3", title=TITLES["3"]))
    outcome = understand(told, INDEX, WATER)
    assert isinstance(outcome, Record), told
    (item,) = outcome.items
    facts = item.facts
    assert (item.task, facts.percent, outcome.doubts) == ("3", 48, ())
    assert (facts.problem, facts.next_step) == ("跨河桥墩处水流太急", "汛后夜间施工")


@pytest.mark.parametrize("layout", TWO)
@pytest.mark.parametrize("name", NAMES)
def test_two_tasks_in_a_form_keep_to_themselves(layout: str, name: str) -> None:
    told = layout.format(*(name.format(code=c, title=TITLES[c]) for c in ("3", "1")))
    outcome = understand(told, INDEX, WATER)
    assert isinstance(outcome, Record), told
    assert outcome.doubts == ()
    assert [
        (i.task, i.facts.percent, i.facts.problem, i.facts.next_step) for i in outcome.items
    ] == [("3", 48, "水流太急", "汛后施工"), ("1", 66, "工人不够", "加派两个班组")]


@pytest.mark.parametrize(
    "text",
    [
        "学位新增1200个，下步扩建两所",
        "主要问题是资金",
        "1、食堂改造18个\n2、学位新增1200个",
        "A座/B座都在装修",
        "建议：区里协调",
    ],
)
def test_what_is_no_form_stays_as_it_is(text: str) -> None:
    assert fields_as_lines(text) == text


def test_a_word_behind_the_name_of_a_task_is_no_number() -> None:
    outcome = understand("【任务】三餐食堂改造【进展】完成75%", INDEX, SCHOOLS)
    assert isinstance(outcome, Record)
    assert [item.task for item in outcome.items] == ["8"]


def test_every_line_of_a_numbered_form_is_of_one_task() -> None:
    told = "1.事项:食堂改造\n2.进度:改了12个\n3.状态:正常\n4.困难:厨具涨价\n5.打算:换一家供货"
    outcome = understand(told, INDEX, SCHOOLS)
    assert isinstance(outcome, Record)
    (item,) = outcome.items
    assert (item.task, item.facts.problem, item.facts.next_step) == ("8", "厨具涨价", "换一家供货")
