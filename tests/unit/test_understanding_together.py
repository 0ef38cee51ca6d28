"""Several tasks at once, exempted ones, and words a message takes back itself."""

import pytest

from reporting.report import Status
from reporting.understanding.outcome import Ask, Nothing, Record
from reporting.understanding.understand import understand
from tests.unit.understanding_office import INDEX, TASKS, from_unit

RESERVOIRS = ("1", "2")
OWED = ("1", "3", "5")
TRACK, DONE, NOT_STARTED = Status.ON_TRACK, Status.DONE, Status.NOT_STARTED


def recorded(text: str, owed: tuple[str, ...] | None = None) -> dict[str, Status | None]:
    """The tasks a message of the water bureau is recorded for, with their states."""
    outcome = understand(text, INDEX, from_unit("市水务局", owed=owed))
    assert isinstance(outcome, Record), outcome
    return {item.task: item.facts.status for item in outcome.items}


EXEMPTED = {
    "除老旧管网外都正常": {"1": TRACK, "5": TRACK},
    "除3号外其余正常": {"1": TRACK, "5": TRACK},
    "除1、3以外，其他都按计划推进": {"5": TRACK},
    "除了青龙水库其他都按序时推进": {"3": TRACK, "5": TRACK},
    "除青龙水库没开工外,其余都按计划推进": {"1": NOT_STARTED, "3": TRACK, "5": TRACK},
    "除老旧管网外都正常，管网没动": {"1": TRACK, "5": TRACK, "3": NOT_STARTED},
    "除青龙水库和老旧管网外都在走": {"5": None},
    "除了青龙水库、老旧管网以外其他都在点上": {"5": TRACK},
    "其余一切照常，老旧管网除外": {"1": TRACK, "5": TRACK},
    "我局名下事项（除3外）本月均按计划实施，3另文说明": {"1": TRACK, "5": TRACK},
    "除了供水管网慢一点，别的都搞掂": {"3": Status.BEHIND, "1": DONE, "5": DONE},
    "除老旧管网慢一点，其他几样都完成了": {"3": Status.BEHIND, "1": DONE, "5": DONE},
    "3正常，其他项按计划": {"3": TRACK, "1": TRACK, "5": TRACK},
}


@pytest.mark.parametrize("text", EXEMPTED)
def test_what_is_exempted_is_not_recorded_with_the_rest(text: str) -> None:
    assert recorded(text, OWED) == EXEMPTED[text]


STATED = {
    "老旧管网还在等交警批路": ("市水务局", "3"),
    "城区管网卡在用地手续上": ("市水务局", "3"),
    "老旧管网尚需省里评审": ("市水务局", "3"),
    "老旧管网资金缺口大": ("市水务局", "3"),
    "青龙水库受连续降雨影响": ("市水务局", "1"),
    "滨江实验学校正在重新招标": ("市教育局", "7"),
    "中小学食堂才换了三成": ("市教育局", "8"),
    "幼儿园学位还缺两所用地": ("市教育局", "9"),
    "茶叶加工厂暂缓": ("市农业农村局", "12"),
    "农村公路征地有矛盾": ("市交通运输局", "A-1"),
    "危桥改造进度偏慢": ("市交通运输局", "A-2"),
    "铁路专用线手续不齐": ("市交通运输局", "A-3"),
    "送戏下乡才演了四十场": ("市文化和旅游局", "22"),
}


@pytest.mark.parametrize("said", STATED)
def test_what_an_exemption_says_of_its_task_is_recorded(said: str) -> None:
    unit, task = STATED[said]
    owed = tuple(one.code for one in TASKS if unit in one.leads)
    for text in (f"除{said}外,其余均按计划推进", f"除了{said}以外，其他都正常"):
        outcome = understand(text, INDEX, from_unit(unit, owed=owed))
        assert isinstance(outcome, Record), outcome
        assert {item.task: item.words for item in outcome.items}[task] == said
        assert len(outcome.items) == len(owed)


@pytest.mark.parametrize("said", ["老旧管网", "3号", "城区管网", "老旧管网这项", "改造管网"])
def test_a_mere_name_that_is_exempted_is_left_out(said: str) -> None:
    assert recorded(f"除{said}外,其余均按计划推进", OWED) == {"1": TRACK, "5": TRACK}


@pytest.mark.parametrize("text", ["都好了", "一切如常", "全部正常", "都顺当", "快了", "88"])
def test_an_answer_to_a_card_is_about_its_task_alone(text: str) -> None:
    context = from_unit("市水务局", quoted="2", owed=OWED)
    outcome = understand(text, INDEX, context)
    assert isinstance(outcome, Record), outcome
    assert [item.task for item in outcome.items] == ["2"]


@pytest.mark.parametrize("text", ["谢谢", "收到", "好的", "知道了，辛苦", "下周给你"])
def test_courtesy_is_no_answer_to_a_card(text: str) -> None:
    assert isinstance(
        understand(text, INDEX, from_unit("市水务局", quoted="2", owed=OWED)), Nothing
    )


@pytest.mark.parametrize(
    "text", ["一切如常，无需挂念", "以上三项均按序时推进", "都照旧", "均在可控范围内", "一切正常"]
)
def test_an_answer_to_the_reminder_is_about_all_that_is_owed(text: str) -> None:
    outcome = understand(text, INDEX, from_unit("市水务局", quoted="owed", owed=OWED))
    assert isinstance(outcome, Record), outcome
    assert {item.task: item.facts.status for item in outcome.items} == dict.fromkeys(OWED, TRACK)


def test_a_bare_completion_is_asked_about_where_more_is_owed() -> None:
    assert isinstance(understand("好了", INDEX, from_unit("市水务局", owed=OWED)), Ask)


def test_an_exemption_that_may_be_several_tasks_is_asked_about() -> None:
    context = from_unit("市水务局", owed=("1", "2", "3"))
    assert isinstance(understand("除了水库其他正常", INDEX, context), Ask)


def test_what_is_exempted_may_be_no_task_at_all() -> None:
    assert recorded("除资金外都正常", ("3",)) == {"3": TRACK}


JOINT = (
    "水库两个都正常",
    "局里两项本月都正常推进哈",
    "水务局两项正常推进",
    "市水务局的两项任务有序推进",
)


@pytest.mark.parametrize("text", ["两个水库都在正常推进", "两库均正常", "两项都正常", *JOINT])
def test_a_number_of_tasks_is_all_of_them_where_so_many_fit(text: str) -> None:
    assert recorded(text, RESERVOIRS) == {"1": TRACK, "2": TRACK}


def test_a_number_that_fits_more_tasks_is_asked_about() -> None:
    context = from_unit("市水务局", owed=("1", "2", "3"))
    assert isinstance(understand("两项都正常", INDEX, context), Ask)


def test_the_other_one_is_the_one_that_is_left() -> None:
    assert recorded("青龙水库已完工，另一个还在干", RESERVOIRS) == {"1": DONE, "2": None}


def test_another_problem_is_no_other_task() -> None:
    assert recorded("青龙水库已完工，另外一个问题是资金不到位", RESERVOIRS) == {"1": DONE}


TAKEN_BACK = {
    "不是青龙水库，是白鹤水库完成了六成": "2",
    "刚才说青龙水库是说错了应该是白鹤水库浇筑了三百方": "2",
    "不是3是5，完成40%": "5",
    "管网不是12公里是21公里": "3",
}


@pytest.mark.parametrize("text", TAKEN_BACK)
def test_a_name_or_code_that_is_taken_back_names_nothing(text: str) -> None:
    assert list(recorded(text)) == [TAKEN_BACK[text]]


CODED = {
    "1 2 正常，3 完工": {"1": TRACK, "2": TRACK, "3": DONE},
    "3：12公里 30%": {"3": None},
    "3 500户受益": {"3": None},
    "水务局牵头几项：1正常，2正常，3完工": {"1": TRACK, "2": TRACK, "3": DONE},
    "我局承担的1、2、3均正常，5完工": {"1": TRACK, "2": TRACK, "3": TRACK, "5": DONE},
}


@pytest.mark.parametrize("text", CODED)
def test_codes_stand_apart_by_blanks_and_before_a_colon(text: str) -> None:
    assert recorded(text) == CODED[text]


def test_the_rest_of_what_nobody_asked_about_is_the_rest_of_one_task() -> None:
    assert list(recorded("老旧管网换了12公里，其余正常")) == ["3"]
    assert len(recorded("老旧管网换了12公里，其余各项任务正常")) > 1


def test_what_is_said_of_all_of_a_list_is_said_of_each() -> None:
    assert recorded("青龙水库、老旧管网两个项目都按计划在推") == {"1": TRACK, "3": TRACK}
    assert recorded("青龙水库封顶、老旧管网都按计划在推") == {"1": None, "3": TRACK}


def test_what_he_himself_reports_to_others_is_his() -> None:
    outcome = understand("青龙水库72%，验收材料月底往省里报", INDEX, from_unit("市水务局"))
    assert isinstance(outcome, Record)
    assert outcome.items[0].facts.next_step == "验收材料月底往省里报"


def test_one_thing_may_be_said_of_a_pair_of_tasks() -> None:
    assert recorded("青龙水库跟老旧管网都正常") == {"1": TRACK, "3": TRACK}
    assert recorded("青龙水库坝体和溢洪道都完工了").keys() == {"1"}


DISOWNED = (
    "管网那块没有我们的任务",
    "老旧管网没有我局的指标",
    "城区管网没我们份儿哈",
    "老旧管网不是我们的任务",
    "管网那块跟我们没关系",
    "老旧管网与我局无关",
    "老旧管网没我局的事",
    "供水管网今年没给我们下任务",
    "老旧管网不关我们的事",
    "管网改造我局没分到任务",
    "老旧管网在换,这块没咱们什么事",
)


@pytest.mark.parametrize(
    "text",
    [
        "青龙水库72%，老旧管网由城投那边报",
        "青龙水库72%；管网是城建报的",
        "青龙水库72%；另外管网我局无承担事项",
        *(f"青龙水库72%;{said}" for said in DISOWNED),
        *(f"{said}。青龙水库72%" for said in DISOWNED),
    ],
)
def test_what_is_left_to_others_is_not_reported_here(text: str) -> None:
    assert recorded(text).keys() == {"1"}


@pytest.mark.parametrize("said", ["停工", "进度慢", "没批下来", "停了,"])
def test_who_is_not_to_blame_has_the_task_all_the_same(said: str) -> None:
    assert recorded(f"青龙水库72%;老旧管网{said}跟我们没关系").keys() == {"1", "3"}
