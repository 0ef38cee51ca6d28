"""What a message only mentions beside its task, and what is asked about further on."""

from dataclasses import replace

import pytest

from reporting.understanding.choice.evidence import Evidence
from reporting.understanding.context import Context
from reporting.understanding.model import default_model
from reporting.understanding.naming.index import PlanIndex
from reporting.understanding.outcome import Ask, Record
from reporting.understanding.understand import understand
from tests.unit.understanding_office import FARMS, INDEX, TASKS, UNITS, WATER, a_task

PLANTS = PlanIndex.build(
    (
        a_task("1", "新建高标准农田5万亩", "市农业农村局"),
        a_task("2", "改造提升高标准农田3万亩", "市农业农村局"),
        a_task("3", "建成标准厂房(B-07地块)", "市农业农村局"),
        a_task("4", "建成药业园(B区)", "市农业农村局"),
    ),
    UNITS,
)


def recorded(text: str, index: PlanIndex = INDEX, context: Context = WATER) -> set[str]:
    """The tasks that a message is recorded for."""
    outcome = understand(text, index, context)
    assert isinstance(outcome, Record), outcome
    return {item.task for item in outcome.items}


@pytest.mark.parametrize(
    "text",
    [
        "青龙水库坝体灌浆完成六成，比白鹤水库那边快一截",
        "受白鹤水库除险加固影响，青龙水库大坝这个月只浇了两仓",
        "青龙水库总体完成72%，参照白鹤水库的做法加了一道止水",
    ],
)
def test_what_is_compared_with_or_to_blame_is_not_reported_on(text: str) -> None:
    assert recorded(text) == {"1"}


def test_what_stands_alone_in_the_background_is_still_what_is_meant() -> None:
    assert recorded("比青龙水库慢不了几天，总体完成60%") == {"1"}


def test_what_stands_under_a_heading_is_of_the_task_it_names() -> None:
    text = "青龙水库除险加固：大坝灌浆完成60%；坝顶公路路基成型；管理房供水管网接通"
    assert recorded(text) == {"1"}


def test_headings_one_after_the_other_name_a_task_each() -> None:
    text = "青龙水库：大坝灌浆完成60%；老旧管网：换了18公里"
    assert recorded(text) == {"1", "3"}


def test_a_doubt_whether_another_task_is_spoken_of_is_asked_about() -> None:
    doubtful = replace(default_model(), switch_above=1.0)
    index = PlanIndex.build(TASKS, UNITS, model=doubtful)
    outcome = understand("青龙水库坝体完成72%，老旧管网换了18公里", index, WATER)
    assert isinstance(outcome, Record)
    assert [item.task for item in outcome.items] == ["1"]
    assert [doubt.candidates for doubt in outcome.doubts] == [("1", "3")]


@pytest.mark.parametrize(
    ("text", "tasks"),
    [
        ("B07三栋主体都封顶了", {"3"}),
        ("B区在装设备", {"4"}),
    ],
)
def test_names_of_letters_and_numbers_tell_twins_apart(text: str, tasks: set[str]) -> None:
    assert recorded(text, PLANTS, FARMS) == tasks


def test_of_twins_the_one_whose_common_words_are_there_outdoes_the_other() -> None:
    named = {"高标": 1.0, "农田": 1.0}
    improved = Evidence(gram=2.16, parts=named | {"改造": 0.08, "提升": 0.08})
    new = Evidence(gram=2.0, parts=dict(named))
    assert improved.outdoes(new)
    assert not new.outdoes(improved)
    assert not improved.outdoes(Evidence(gram=2.08, parts=named | {"新建": 0.08}))


def test_twins_not_told_apart_are_still_asked_about() -> None:
    assert isinstance(understand("高标准农田完成三成", PLANTS, FARMS), Ask)


def test_what_only_looks_like_thanks_to_another_work_is_the_report_itself() -> None:
    units = frozenset({"市农业农村局"})
    tasks = (a_task("1", "新建托育点12个", *units), a_task("2", "搭建农产品追溯平台", *units))
    index, context = PlanIndex.build(tasks, UNITS), replace(FARMS, units=units)
    assert recorded("农产品追溯平台上线了，托育点建成6个", index, context) == {"1", "2"}


@pytest.mark.parametrize(
    "text",
    [
        "滨江路东头柏油铺完了，路灯在收尾，西头挡墙出了正负零",
        "滨江路东标段面层摊了800米，西标段挡墙还在绑扎",
        "滨江路东边那段通车了，西边还在拆迁",
    ],
)
def test_one_part_after_the_other_is_told_in_one_breath(text: str) -> None:
    units = frozenset({"市农业农村局"})
    tasks = (a_task("1", "滨江路改造东段", *units), a_task("2", "滨江路改造西段", *units))
    context = replace(FARMS, units=units)
    assert recorded(text, PlanIndex.build(tasks, UNITS), context) == {"1", "2"}
