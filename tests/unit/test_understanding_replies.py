"""Replies as liaisons type them, from text to outcome."""

import pytest

from reporting.report import Status
from reporting.understanding.context import Context, Quoted
from reporting.understanding.outcome import Ask, Nothing, Outcome, Record, Refuse
from reporting.understanding.understand import understand
from tests.unit.understanding_office import (
    CULTURE,
    FARMS,
    INDEX,
    ROADS,
    SCHOOLS,
    WATER,
    from_unit,
)


def recorded(outcome: Outcome) -> tuple[str, ...]:
    """The tasks an outcome writes to."""
    return tuple(item.task for item in outcome.items) if isinstance(outcome, Record) else ()


NAMED = [
    ("青龙水库坝体灌浆完成，总体72%", WATER, ("1",)),
    ("白鹤水库75%，青龙水库60%", WATER, ("2", "1")),
    ("供水管网换了18公里，路面恢复跟着做", WATER, ("3",)),
    ("农村供水这块受益1.2万人了", WATER, ("5",)),
    ("滨江实验学校主体封顶，正在做二次结构", SCHOOLS, ("7",)),
    ("食堂改了10个，后厨设备招标完成", SCHOOLS, ("8",)),
    ("高标农田平整了2.1万亩，机耕路在修", FARMS, ("11",)),
    ("26号建议已经答复代表，代表满意", FARMS, ("13",)),
    ("茶厂设备进场一座，另外两座在建", FARMS, ("12",)),
    ("旅游度假区资料申报到省厅了", CULTURE, ("21",)),
    ("剧团下乡演了120场", CULTURE, ("22",)),
    ("危桥架梁完成7座", ROADS, ("A-2",)),
    ("铁路专用线铺轨3公里", ROADS, ("A-3",)),
    ("高标准浓田完成45%", FARMS, ("11",)),
    ("青龍水庫總體完成七成二", WATER, ("1",)),
]


@pytest.mark.parametrize(("text", "context", "tasks"), NAMED)
def test_words_name_the_task(text: str, context: Context, tasks: tuple[str, ...]) -> None:
    assert recorded(understand(text, INDEX, context)) == tasks


CODED = [
    ("1号 80%", WATER, ("1",)),
    ("第十一项：完成60%", FARMS, ("11",)),
    ("11、12都正常", FARMS, ("11", "12")),
    ("1、3完成，5未动工", WATER, ("1", "3", "5")),
    ("A-2 完成60%", ROADS, ("A-2",)),
    ("A1完成48公里;A3还在征地", ROADS, ("A-1", "A-3")),
    ("7 主体封顶;8同上", SCHOOLS, ("7", "8")),
    ("第1-3项均按计划", WATER, ("1", "2", "3")),
]


@pytest.mark.parametrize(("text", "context", "tasks"), CODED)
def test_codes_name_tasks(text: str, context: Context, tasks: tuple[str, ...]) -> None:
    assert recorded(understand(text, INDEX, context)) == tasks


def test_list_ordinals_are_no_codes_when_each_line_names_a_task() -> None:
    text = "1.农村供水受益1.2万人\n2.老旧管网18公里\n3.青龙水库坝体完工"
    assert recorded(understand(text, INDEX, WATER)) == ("5", "3", "1")


def test_near_twins_that_are_not_told_apart_are_asked_about() -> None:
    outcome = understand("水库除险加固完成60%", INDEX, WATER)
    assert isinstance(outcome, Ask)
    assert set(outcome.doubts[0].candidates) == {"1", "2"}


def test_a_code_and_a_name_that_disagree_are_asked_about() -> None:
    outcome = understand("9号 滨江实验学校主体封顶", INDEX, SCHOOLS)
    assert isinstance(outcome, Ask)
    assert set(outcome.doubts[0].candidates) == {"7", "9"}


def test_a_bare_reply_goes_to_the_quoted_card() -> None:
    outcome = understand("80%", INDEX, from_unit("市水务局", quoted="3"))
    assert isinstance(outcome, Record)
    assert outcome.items[0].task == "3"
    assert outcome.items[0].facts.percent == 80
    assert outcome.items[0].evidence == ("quoted",)


def test_words_that_name_another_task_win_over_the_quoted_card() -> None:
    context = from_unit("市水务局", quoted="3")
    assert recorded(understand("青龙水库大坝防渗墙完工，72%", INDEX, context)) == ("1",)


def test_a_quoted_card_of_another_unit_is_refused() -> None:
    assert isinstance(understand("80%", INDEX, from_unit("市水务局", quoted="7")), Refuse)


def test_a_bare_reply_with_one_task_owed_is_recorded() -> None:
    assert recorded(understand("已完成", INDEX, from_unit("市教育局", owed=("8",)))) == ("8",)


@pytest.mark.parametrize(
    "text",
    [
        *("88%", "66%", "95%", "88%了", "88.5%", "666%", "1%", "11%", "111%", "8888%"),
        *("88％", "～88%", "88%。", "88%👍", "到88%了", "好的，88%"),
    ],
)
def test_a_percentage_is_never_talk(text: str) -> None:
    assert recorded(understand(text, INDEX, from_unit("市教育局", owed=("8",)))) == ("8",)


@pytest.mark.parametrize("text", ["88", "888", "1", "666", "88!"])
def test_figures_that_greet_report_nothing(text: str) -> None:
    assert understand(text, INDEX, from_unit("市教育局", owed=("8",))) == Nothing()


def test_a_bare_reply_with_several_owed_is_asked_about() -> None:
    outcome = understand("正常推进", INDEX, from_unit("市教育局", owed=("7", "8")))
    assert isinstance(outcome, Ask)
    assert outcome.doubts[0].candidates == ("7", "8")


def test_all_answers_for_everything_owed() -> None:
    context = from_unit("市水务局", quoted=Quoted.REMINDER, owed=("1", "3", "5"))
    outcome = understand("均按序时推进", INDEX, context)
    assert recorded(outcome) == ("1", "3", "5")
    assert isinstance(outcome, Record)
    assert {item.facts.status for item in outcome.items} == {Status.ON_TRACK}


def test_the_rest_is_what_else_is_owed() -> None:
    context = from_unit("市水务局", quoted=Quoted.REMINDER, owed=("1", "2", "3", "5"))
    outcome = understand("青龙水库72%；其余正常。", INDEX, context)
    assert recorded(outcome) == ("1", "2", "3", "5")


def test_the_first_two_are_the_first_two_named() -> None:
    text = "青龙水库72%,供水管网18公里。前两项正常"
    outcome = understand(text, INDEX, WATER)
    assert isinstance(outcome, Record)
    assert [item.facts.status for item in outcome.items] == [Status.ON_TRACK, Status.ON_TRACK]


def test_same_as_above_repeats_the_facts_before() -> None:
    outcome = understand("1 85%;2同上", INDEX, WATER)
    assert isinstance(outcome, Record)
    assert [item.facts.percent for item in outcome.items] == [85, 85]


def test_another_units_task_is_refused_with_its_name() -> None:
    outcome = understand("滨江实验学校主体封顶", INDEX, CULTURE)
    assert isinstance(outcome, Refuse)
    assert outcome.tasks == ("7",)
    assert "市教育局" in outcome.why


def test_another_units_code_is_refused() -> None:
    assert isinstance(understand("21号 60%", INDEX, WATER), Refuse)


def test_what_is_reported_elsewhere_is_not_recorded() -> None:
    text = "青龙水库72%，白鹤水库那边另报"
    assert recorded(understand(text, INDEX, WATER)) == ("1",)


def test_a_supporting_unit_may_report() -> None:
    assert recorded(understand("高标准农田灌溉渠系完成12公里", INDEX, WATER)) == ("11",)


def test_slogans_over_several_tasks_are_asked_about() -> None:
    text = "高度重视,压实责任,持续发力,确保完成全年目标任务"
    assert isinstance(understand(text, INDEX, SCHOOLS), Ask)


@pytest.mark.parametrize(
    "text", ["", "   ", "👍👍", "。。。", "!!!???", "[图片]", "收到", "老老老老"]
)
def test_texts_without_a_report_are_nothing(text: str) -> None:
    assert understand(text, INDEX, WATER) == Nothing()


def test_a_person_without_tasks_reports_nothing() -> None:
    assert understand("80%", INDEX, Context(units=frozenset({"无此单位"}))) == Nothing()


def test_every_item_says_why_and_in_which_words() -> None:
    outcome = understand("青龙水库坝体灌浆完成，总体72%", INDEX, WATER)
    assert isinstance(outcome, Record)
    assert outcome.items[0].words == "青龙水库坝体灌浆完成，总体72%"
    assert "青龙" in outcome.items[0].evidence[0]


def test_a_short_name_that_the_office_confirmed_names_its_task() -> None:
    context = Context(units=frozenset({"市水务局"}), aliases={"龙库": "1"})
    outcome = understand("龙库那边坝顶收尾，88%", INDEX, context)
    assert isinstance(outcome, Record)
    assert [(item.task, item.evidence) for item in outcome.items] == [("1", ("alias 龙库",))]


def test_all_without_anything_asked_for_is_asked_about() -> None:
    assert isinstance(understand("都完成了", INDEX, SCHOOLS), Ask)


def test_a_rate_in_passing_begins_no_other_task() -> None:
    text = "茶叶加工厂设备进场,农田占比57%"
    assert recorded(understand(text, INDEX, FARMS)) == ("12",)


def test_a_value_and_its_share_of_the_target_tell_the_task() -> None:
    assert recorded(understand("到今天33公里,27.5%", INDEX, ROADS)) == ("A-1",)


def test_who_names_only_a_field_is_asked_which_task() -> None:
    outcome = understand("水库那边完成一半了", INDEX, WATER)
    assert isinstance(outcome, Ask)
    assert set(outcome.doubts[0].candidates) >= {"1", "2"}


def test_what_another_unit_reports_is_left_to_it() -> None:
    text = "青龙水库72%，滨江学校教育局报"
    assert recorded(understand(text, INDEX, WATER)) == ("1",)


def test_words_for_another_kind_of_task_than_the_code_are_asked_about() -> None:
    assert isinstance(understand("A-2 农村公路铺了12公里", INDEX, ROADS), Ask)
