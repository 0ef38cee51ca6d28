"""What else the words may be about, and what of it is recorded or asked about."""

from dataclasses import replace

import pytest

from reporting.understanding.choice.assign import Block, blocks, with_codes
from reporting.understanding.choice.match import Match
from reporting.understanding.choice.reading import read
from reporting.understanding.choice.rivals import is_shared, short, siblings
from reporting.understanding.choice.scene import Scene
from reporting.understanding.choice.standing import stand
from reporting.understanding.choice.trust import accept_values
from reporting.understanding.context import Context
from reporting.understanding.naming.index import PlanIndex
from reporting.understanding.outcome import Ask, Record
from reporting.understanding.understand import understand
from reporting.understanding.words.normalise import plain
from reporting.understanding.words.split import clauses
from reporting.unit import Unit
from tests.unit.understanding_office import a_task

BUILDERS = "县城建局"
UNITS = (Unit(name=BUILDERS), Unit(name="石桥镇"), Unit(name="柳河镇"))
INDEX = PlanIndex.build(
    (
        a_task("1", "新建石桥镇养老服务中心", BUILDERS),
        a_task("2", "新建柳河镇养老服务中心", BUILDERS),
        a_task("3", "改造老旧小区供热管网12公里", BUILDERS),
        a_task("4", "新建龙泉水库", BUILDERS),
        a_task("5", "加固白沙水库大坝", BUILDERS),
        a_task("6", "完成石桥镇客运站改建", BUILDERS),
    ),
    UNITS,
)
CONTEXT = Context(units=frozenset({BUILDERS}), quoted=None, owed=None, month="2026-06")


def matched(message: str, context: Context = CONTEXT) -> tuple[Block, Match]:
    """The first block of a message and what it matches."""
    text, standing = plain(message), stand(INDEX, context)
    reading = read(text, INDEX)
    told = with_codes(clauses(text), (), text)
    block = next(iter(blocks(told, (), reading, INDEX, standing.asker)))
    return block, Scene(reading, INDEX, standing).match(block)


def codes(tasks: tuple[int, ...]) -> set[str]:
    """The tasks as a reader knows them."""
    return {INDEX.entries[task].task.code for task in tasks}


@pytest.mark.parametrize(
    ("message", "alike"),
    [
        ("养老服务中心完成80%", {"1", "2"}),
        ("水库的事正在办", {"4", "5"}),
        ("石桥养老服务中心主体完工", set()),
        ("白沙水库大坝完成60%", set()),
    ],
)
def test_tasks_that_share_all_that_is_named_are_siblings(message: str, alike: set[str]) -> None:
    assert codes(siblings(matched(message)[1])) == alike


def test_siblings_that_were_reported_already_speak_half_as_much_against_it() -> None:
    for owed, value in ((("1", "2"), 1.0), (("1", "4"), 0.5)):
        block, found = matched("养老服务中心完成80%", replace(CONTEXT, owed=owed))
        assert accept_values(block, found, INDEX, 0.0)["siblings"] == value


@pytest.mark.parametrize("message", ["管网那边也差不多了8公里", "白沙水库大坝那边还在跑手续"])
def test_a_vague_tone_tells_nothing_where_no_other_task_can_be_meant(message: str) -> None:
    block, found = matched(message)
    assert accept_values(block, found, INDEX, 0.0)["vague"] == 0 < found.reading.vague


def test_a_vague_tone_speaks_against_what_may_be_another_task() -> None:
    block, found = matched("水库那边也差不多了")
    assert accept_values(block, found, INDEX, 0.0)["vague"] == found.reading.vague > 0


def test_words_that_speak_for_two_tasks_are_shared() -> None:
    assert is_shared(matched("养老这块正在招标")[1])
    assert not is_shared(matched("白沙水库主体完了")[1])


def test_the_more_is_told_the_less_short_it_is() -> None:
    much = "白沙水库大坝帷幕灌浆完成60%，溢洪道闸门正在安装"
    assert 0 < short(matched(much)[1]) < short(matched("水库")[1]) < 1


def test_a_figure_of_its_own_target_speaks_for_a_task() -> None:
    block, found = matched("管网改造完成8公里")
    values = accept_values(block, found, INDEX, 0.0)
    assert values["figure"] > 0
    assert values["siblings"] == values["shared"] == 0
    assert values["theirs"] < accept_values(block, found, INDEX, 0.4)["theirs"] < 0


@pytest.mark.parametrize(
    ("message", "task"),
    [("石桥养老服务中心主体完工", "1"), ("管网改造完成8公里", "3"), ("石桥镇客运站改建顺利", "6")],
)
def test_what_only_one_task_fits_is_recorded(message: str, task: str) -> None:
    outcome = understand(message, INDEX, CONTEXT)
    assert isinstance(outcome, Record)
    assert [item.task for item in outcome.items] == [task]


@pytest.mark.parametrize("message", ["养老服务中心完成80%", "水库那边主体完了", "石桥镇已完工"])
def test_what_several_fit_alike_is_asked_about(message: str) -> None:
    assert not isinstance(understand(message, INDEX, CONTEXT), Record)


@pytest.mark.parametrize(("owed", "task"), [(("1", "4"), "1"), (("2", "4", "6"), "2")])
def test_of_two_alike_who_answers_the_reminder_means_the_one_it_lists(
    owed: tuple[str, ...], task: str
) -> None:
    reminded = replace(CONTEXT, quoted="owed", owed=owed)
    assert isinstance(understand("养老服务中心完成80%", INDEX, replace(CONTEXT, owed=owed)), Ask)
    outcome = understand("养老服务中心完成80%", INDEX, reminded)
    assert isinstance(outcome, Record)
    assert [item.task for item in outcome.items] == [task]
    assert "still owed" in outcome.items[0].evidence


def test_what_is_named_is_meant_though_it_is_not_owed_any_more() -> None:
    outcome = understand(
        "石桥养老服务中心主体完工", INDEX, replace(CONTEXT, quoted="owed", owed=("2", "4"))
    )
    assert isinstance(outcome, Record)
    assert [item.task for item in outcome.items] == ["1"]


@pytest.mark.parametrize(
    ("message", "rest"),
    [
        ("养老服务中心主体完了，其余正常", ["3", "4"]),
        ("水库那边还在灌浆，其他按计划推进", ["1", "2", "3"]),
    ],
)
def test_what_is_asked_about_is_none_of_the_rest(message: str, rest: list[str]) -> None:
    owed = ("1", "2", "3", "4") if rest == ["3", "4"] else ("1", "2", "3", "4", "5")
    outcome = understand(message, INDEX, replace(CONTEXT, quoted="owed", owed=owed))
    assert isinstance(outcome, Record)
    assert [item.task for item in outcome.items] == rest
    assert [doubt.rest.strip() for doubt in outcome.doubts] == [message.split("，其")[1][1:]]


@pytest.mark.parametrize(
    ("message", "likeliest"), [("沿边路铺到41公里了", "2"), ("沿边路铺到36公里了", "1")]
)
def test_what_exceeds_the_one_target_is_rather_of_the_other(message: str, likeliest: str) -> None:
    titles = ("沿边公路松岭段38公里", "沿边公路白桦段45公里")
    tasks = tuple(a_task(str(n), title, BUILDERS) for n, title in enumerate(titles, 1))
    outcome = understand(message, PlanIndex.build(tasks, UNITS), CONTEXT)
    assert isinstance(outcome, Ask)
    assert outcome.doubts[0].candidates[0] == likeliest


def test_a_value_told_before_any_task_is_named_is_asked_about_and_not_lost() -> None:
    outcome = understand("泉那边48%，石桥镇客运站改建顺利，管网改造完成8公里", INDEX, CONTEXT)
    assert isinstance(outcome, Record)
    assert [item.task for item in outcome.items] == ["6", "3"]
    assert [doubt.words for doubt in outcome.doubts] == ["泉那边48%"]


def test_a_value_of_nothing_named_beside_the_rest_is_asked_about_first() -> None:
    told = replace(CONTEXT, quoted="owed", owed=("3", "4", "6"))
    outcome = understand("完成48%，其余正常", INDEX, told)
    assert isinstance(outcome, Ask)
    assert [(set(doubt.candidates), doubt.rest) for doubt in outcome.doubts] == [
        ({"3", "4", "6"}, "正常")
    ]
