"""Messages that tell of several tasks, one after the other."""

import pytest

from reporting.report import Status
from reporting.understanding.choice.phases import marks
from reporting.understanding.naming.index import PlanIndex
from reporting.understanding.outcome import Ask, Record
from reporting.understanding.understand import understand
from tests.unit.understanding_office import INDEX, UNITS, a_task, from_unit


def recorded(text: str, unit: str = "市水务局") -> set[str]:
    """The tasks that a message is recorded for."""
    outcome = understand(text, INDEX, from_unit(unit))
    assert isinstance(outcome, Record), outcome
    return {item.task for item in outcome.items}


SEVERAL = {
    "青龙水库72%；白鹤水库60%；供水受益1.2万人": {"1", "2", "5"},
    "青龙水库坝体完成，总体72%，白鹤水库60%，剩溢洪道，老旧管网18公里": {"1", "2", "3"},
    "①青龙水库72% ②白鹤水库60% ③管网18公里": {"1", "2", "3"},
}


@pytest.mark.parametrize("text", SEVERAL)
def test_each_item_of_a_list_is_about_a_task_of_its_own(text: str) -> None:
    assert recorded(text) == SEVERAL[text]


NAMED = ("青龙水库在等闸门到货", "白鹤水库还差溢洪道", "老旧管网还有两条街没挖")


@pytest.mark.parametrize("named", NAMED)
def test_what_is_named_is_none_of_the_rest(named: str) -> None:
    for quoted in (None, "owed"):
        outcome = understand(f"其余正常，{named}", INDEX, from_unit("市水务局", quoted=quoted))
        assert isinstance(outcome, Record), outcome
        assert [i.facts.status for i in outcome.items if named in i.words] == [None]
        rest = {i.facts.status for i in outcome.items if named not in i.words}
        assert rest == ({Status.ON_TRACK} if quoted else set())


ALIKE = {
    "青龙水库大坝浇筑完，在装闸门。白鹤那边才进场": {"1", "2"},
    "白鹤水库防渗墙72%；青龙：灌浆收尾，占八成": {"1", "2"},
}


@pytest.mark.parametrize("text", ALIKE)
def test_the_work_like_the_last_is_told_by_what_only_it_is_called(text: str) -> None:
    assert recorded(text) == ALIKE[text]


def test_only_what_stands_at_the_same_place_tells_two_titles_apart() -> None:
    assert marks("整治清河东段6公里", "整治清河西段4公里") >= {"东", "东段"}
    assert "溪南" in marks("溪南区老旧小区改造18个", "云桥区老旧小区改造32个")
    assert not marks("老城更新一期完成签约", "老城更新二期完成设计和房屋调查") & {"房屋", "签约"}
    assert marks("整治清河东段6公里", "新建幼儿园3所") == frozenset()
    assert marks("建成3号泊位(通用)", "城东港5号泊位主体完工") == {"3号"}


BERTHS = PlanIndex.build(
    (
        a_task("1", "建成3号泊位(5万吨级通用泊位)", "市交通运输局"),
        a_task("2", "港区5号泊位(液体散货泊位)水工主体完工", "市交通运输局"),
        a_task("3", "实施航道二期疏浚工程", "市交通运输局"),
    ),
    UNITS,
)


@pytest.mark.parametrize(
    ("text", "tasks"),
    [
        ("3号泊位交工资料在组卷，5号沉箱装到19件，航道疏浚71%", ["1", "2", "3"]),
        ("三号泊位沉箱出运完成，五号沉箱装到19件", ["1", "2"]),
        ("3#泊位面层铺完，两台门机到港正在卸船", ["1"]),
    ],
)
def test_things_are_told_apart_by_their_numbers(text: str, tasks: list[str]) -> None:
    outcome = understand(text, BERTHS, from_unit("市交通运输局"))
    assert isinstance(outcome, Record), outcome
    assert [item.task for item in outcome.items] == tasks


def test_a_greeting_names_no_task() -> None:
    outcome = understand("早安 2主体过半 3疏浚71%", BERTHS, from_unit("市交通运输局"))
    assert isinstance(outcome, Record), outcome
    assert [item.task for item in outcome.items] == ["2", "3"]


def test_a_code_and_the_number_of_another_thing_are_asked_about() -> None:
    outcome = understand("2号，3号泊位沉箱出运完成", BERTHS, from_unit("市交通运输局"))
    assert isinstance(outcome, Ask), outcome
    assert outcome.doubts[0].candidates == ("1", "2")


def test_the_number_of_a_proposal_is_no_thing_that_hides_a_code() -> None:
    tasks = (
        a_task("26", "建成港口铁路专用线", "市交通运输局"),
        a_task("27", "办理市人大第26号建议:优化公交线路", "市交通运输局"),
    )
    outcome = understand("26号全部完成", PlanIndex.build(tasks, UNITS), from_unit("市交通运输局"))
    assert isinstance(outcome, Record), outcome
    assert [item.task for item in outcome.items] == ["26"]


def test_what_goes_on_about_a_task_is_no_other_one() -> None:
    text = "青龙水库坝体灌浆完成，管理房和供水点在收尾，总体72%"
    assert recorded(text) == {"1"}


def test_what_another_unit_reports_is_none_of_the_senders_items() -> None:
    assert recorded("青龙水库72%，白鹤水库60%，高标准农田归农业局报") == {"1", "2"}
