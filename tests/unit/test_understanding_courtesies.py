"""What is said around a report changes nothing of it: greetings, who reports, thanks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporting.understanding.choice.standing import stand
from reporting.understanding.context import Context
from reporting.understanding.course.courtesies import report_within
from reporting.understanding.outcome import Ask, Command, CommandName, Nothing, Record
from reporting.understanding.understand import understand
from reporting.understanding.words.normalise import plain
from tests.unit.understanding_office import INDEX, ROADS, SCHOOLS, WATER, from_unit

BEFORE = (
    "领导好，",
    "各位领导：",
    "张主任，您好！",
    "督查室：",
    "您好，我是刘敏，",
    "不好意思刚看到，",
    "抱歉，回复晚了。",
    "报告一下：",
    "向您汇报一下本月进展，",
    "按要求报送如下：",
    "本月进展：",
    "6月进度：\n",
    "目前",
    "截止到今天，",
    "截至6月20日，",
    "@联络通 ",
    "水务局：",
    "【水务局】",
    "水务局汇报：",
    "我们水务局这边，",
    "水务局小陈，",
    "转：",
    "补报：",
    "嗯",
)
BEHIND = (
    "。",
    "请审阅",
    "，请领导知悉",
    "，请登记",
    "，麻烦记一下",
    "。谢谢！",
    "，辛苦了",
    "哈",
    "～",
    "，就这些",
    "。以上。",
    "。特此报告",
    "，有变化再报",
    "，收到请回复",
    "，详见附件",
    "。如有不妥请指正",
    "。联系人：刘敏 13800000000",
    "\n发自我的手机",
    "，没了",
    "。其他没啥",
    "，后面有变化再报",
    "（已核实）",
    "，照片已发群里",
    "——水务局",
)
AROUND = ("“{}”", "【{}】", "“报告一下：{}，没了”")
REPORTS = (
    ("青龙水库除险加固完成80%，坝体灌浆收尾", WATER),
    ("管网改了28公里，沥青没到货，进度滞后", WATER),
    ("都正常", from_unit("市水务局", quoted="owed", owed=("1", "3", "5"))),
    ("全部完成", from_unit("市水务局", owed=("1", "3", "5"))),
    ("70%", from_unit("市水务局", quoted="3")),
    ("83", from_unit("市水务局", owed=("3",))),
    ("1号80%，3号正常", WATER),
    ("3完成了28公里", WATER),
)


def _told(text: str, context: Context) -> object:
    """What is recorded and asked, without the words it was read from."""
    match understand(text, INDEX, context):
        case Record(items=items, doubts=doubts):
            facts = [(i.task, i.facts.percent, i.facts.status, i.facts.figures) for i in items]
            return facts, [doubt.candidates for doubt in doubts]
        case Ask(doubts=doubts):
            return [doubt.candidates for doubt in doubts]
        case outcome:
            return outcome


@pytest.mark.parametrize("before", BEFORE)
@pytest.mark.parametrize(("report", "context"), REPORTS)
def test_what_is_said_before_a_report_changes_nothing(
    before: str, report: str, context: Context
) -> None:
    assert _told(before + report, context) == _told(report, context)


@pytest.mark.parametrize("behind", BEHIND)
@pytest.mark.parametrize(("report", "context"), REPORTS)
def test_what_is_said_behind_a_report_changes_nothing(
    behind: str, report: str, context: Context
) -> None:
    assert _told(report + behind, context) == _told(report, context)


@pytest.mark.parametrize("around", AROUND)
@pytest.mark.parametrize(("report", "context"), REPORTS)
def test_marks_around_a_report_change_nothing(around: str, report: str, context: Context) -> None:
    assert _told(around.format(report), context) == _told(report, context)


@pytest.mark.parametrize(
    "text",
    [
        "收到",
        "好的，谢谢",
        "各位领导，辛苦了！",
        "收到，组织各科室报",
        "收到，月底前一并报",
        "以上。",
    ],
)
def test_courtesy_alone_is_no_report(text: str) -> None:
    assert understand(text, INDEX, WATER) == Nothing()


@pytest.mark.parametrize("text", ["另外", "对了，另外", "截至6月20日，另外", "1、另外"])
def test_what_only_leads_up_to_a_report_is_none(text: str) -> None:
    for context in (WATER, from_unit("市水务局", quoted="3")):
        assert understand(text, INDEX, context) == Nothing()


def test_a_command_is_one_however_politely_it_is_put() -> None:
    outcome = understand("不好意思打扰了，我还欠哪几项，谢谢", INDEX, WATER)
    assert isinstance(outcome, Command)
    assert outcome.name == CommandName.MY_TASKS


def test_the_months_data_are_awaited_no_deadline_asked_for() -> None:
    """截止 before a date is no question about the deadline."""
    outcome = understand("截止到今天，管网28公里", INDEX, WATER)
    assert isinstance(outcome, Record)


def test_who_is_reported_on_is_not_addressed() -> None:
    """班主任 and 村主任 are no leaders of the office."""
    outcome = understand("班主任：滨江实验学校配齐了", INDEX, SCHOOLS)
    assert isinstance(outcome, Record)
    assert outcome.items[0].words.startswith("班主任")


def test_a_report_on_the_unit_itself_keeps_its_name() -> None:
    """港口 is a unit's name, and its tasks have it in their titles."""
    outcome = understand("港口：专用线铺轨了", INDEX, ROADS)
    assert isinstance(outcome, Record)
    assert [item.task for item in outcome.items] == ["A-3"]


@given(st.text("领导好，收到。谢谢：请审阅\n 83%正常哈", max_size=40))
def test_a_report_is_a_part_of_its_text(text: str) -> None:
    folded = plain(text)
    start, end = report_within(folded, INDEX, stand(INDEX, WATER))
    assert 0 <= start <= end <= len(text)
