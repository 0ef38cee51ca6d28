"""Items with headings of their own, opening words, and what is told of several one by one."""

import pytest

from reporting.report import Status
from reporting.understanding.choice.heading import is_preamble
from reporting.understanding.context import Context
from reporting.understanding.course.frames import unframed
from reporting.understanding.course.respective import told_of_each
from reporting.understanding.naming.codes import bare_codes
from reporting.understanding.naming.index import PlanIndex
from reporting.understanding.naming.marked_codes import marked_codes
from reporting.understanding.outcome import Ask, Item, Record
from reporting.understanding.understand import understand
from reporting.understanding.words.split import clauses
from reporting.unit import Unit
from tests.unit.understanding_office import INDEX, ROADS, UNITS, WATER, a_task, from_unit

CODED = PlanIndex.build(
    (
        a_task("2-4", "新建滨江泵站", "市水务局"),
        a_task("2-8", "改造老城雨污管网", "市水务局"),
        a_task("4-10", "整治城区易涝点15处", "市水务局"),
        a_task("7-3", "修复废弃矿山1100亩", "市水务局"),
    ),
    UNITS,
)
TOWNS = PlanIndex.build(
    (
        a_task("1", "提升槐树街夜间经济街区", "市文化和旅游局"),
        a_task("2", "建成老年大学东校区", "市文化和旅游局"),
        a_task("3", "清河城区段防洪堤左岸工程", "市交通运输局"),
        a_task("4", "清河城区段防洪堤右岸工程", "市交通运输局"),
        a_task("5", "治理芦溪中小河流9.5公里", "市交通运输局"),
    ),
    UNITS,
)


def items(text: str, index: PlanIndex = INDEX, context: Context = WATER) -> dict[str, Item]:
    """What is recorded, by task."""
    outcome = understand(text, index, context)
    assert isinstance(outcome, Record), outcome
    return {item.task: item for item in outcome.items}


@pytest.mark.parametrize(
    "text",
    [
        "一、青龙水库\n完成45%，按计划实施。\n二、白鹤水库\n完成32%，运输车辆不足。",
        "一、青龙水库。形象进度45%。\n二、白鹤水库。形象进度32%，三季度收尾。",
        "1.青龙水库\n截至目前完成45%。\n2.白鹤水库\n截至目前完成32%。",
        "（一）青龙水库。目前总体进度45%；（二）白鹤水库。目前总体进度32%。",
        "①青龙水库，总体45%\n②白鹤水库，总体32%",
    ],
)
def test_what_stands_under_a_numbered_heading_is_said_of_its_task(text: str) -> None:
    said = items(text)
    assert {code: item.facts.percent for code, item in said.items()} == {"1": 45, "2": 32}


def test_a_heading_that_only_sums_up_its_items_names_no_task() -> None:
    text = "一、水库建设\n（一）青龙水库完成45%。\n（二）白鹤水库完成32%。"
    assert items(text).keys() == {"1", "2"}


def test_names_numbered_one_after_the_other_are_items_and_no_headings() -> None:
    assert items("①青龙水库大坝②白鹤水库溢洪道③老旧管网，均按计划推进").keys() == {"1", "2", "3"}


@pytest.mark.parametrize(
    "words",
    [
        "现将我局部分任务报送如下:",
        "根据台账要求,现将我局牵头事项进展报告如下:",
        "按照督查室通知,我镇8月份重点工作完成情况汇报如下",
        "本月各项任务进展如下:",
        "有关情况说明如下:",
    ],
)
def test_opening_words_name_no_task(words: str) -> None:
    assert is_preamble(words)


@pytest.mark.parametrize("words", ["老旧小区改造情况如下:", "青龙水库进展如下", "新增学位如下"])
def test_opening_words_that_name_a_task_are_kept(words: str) -> None:
    assert not is_preamble(words)


def test_what_is_told_of_codes_one_by_one_is_said_of_each() -> None:
    said = items("2-4、2-8、7-3分别完成88%、76%和100%，其中7-3已通过市里验收", CODED)
    percents = {code: item.facts.percent for code, item in said.items()}
    assert percents == {"2-4": 88, "2-8": 76, "7-3": 100}


def test_what_is_told_of_names_one_by_one_is_said_of_each() -> None:
    said = items("青龙水库浇筑18仓、白鹤水库浇筑7仓，分别占总量的60%和35%")
    assert {code: item.facts.percent for code, item in said.items()} == {"1": 60, "2": 35}


@pytest.mark.parametrize(
    "text",
    [
        "青龙水库完成45%；白鹤水库坝体和溢洪道分别完成52%、48%",
        "青龙水库完成45%，白鹤水库坝体和溢洪道分别完成52%、48%",
        "青龙水库完成45%。白鹤水库按月推进，分别完成52%、48%",
    ],
)
def test_parts_told_one_by_one_are_of_their_own_task_only(text: str) -> None:
    assert items(text)["1"].facts.percent == 45


def test_the_former_and_the_latter_are_told_apart() -> None:
    said = items("青龙水库、白鹤水库两项，前者八成，后者已完工")
    assert said["1"].facts.percent == 80
    assert said["2"].facts.status is Status.DONE
    assert said["2"].facts.percent is None


def test_done_said_of_all_is_not_said_of_what_is_at_three_quarters() -> None:
    said = items("2-4完成76%，7-3完成100%，全部完成", CODED)
    assert said["2-4"].facts.status is not Status.DONE


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        ("分别完成52%、48%", ("完成52%", "完成48%")),
        ("我局分别交付360套、建成410个", ("交付360套", "我局建成410个")),
        ("分别到位2.4亿元和0.9亿元,其余年底结清", None),
        ("完成52%、48%", ()),
    ],
)
def test_values_in_order_are_parted(words: str, parts: tuple[str, ...] | None) -> None:
    expected = ("到位2.4亿元,其余年底结清", "到位0.9亿元,其余年底结清") if parts is None else parts
    assert told_of_each(words) == expected


@pytest.mark.parametrize(
    "text",
    ["2-8基本完成15%", "2-8对接设计院，完成15%", "2-8分两批实施，完成15%", "2-8组织验收，完成15%"],
)
def test_a_word_that_begins_like_a_counter_counts_nothing(text: str) -> None:
    assert items(text, CODED)["2-8"].facts.percent == 15


def test_a_code_among_bare_numbers_may_be_followed_by_such_a_word() -> None:
    text = "22处于招标阶段"
    assert [m.codes for m in bare_codes(text, clauses(text), {"22"}.__contains__)] == [("22",)]
    assert not list(bare_codes("22处完工", clauses("22处完工"), {"22"}.__contains__))
    assert [m.codes for m in marked_codes("12项目前正常")] == [("12",)]


def test_a_code_and_its_share_are_no_time_of_day() -> None:
    text = "2-4：45%\n4-10：43%\n7-3：52%"
    assert unframed(text) == text
    said = items(text, CODED)
    assert {c: i.facts.percent for c, i in said.items()} == {"2-4": 45, "4-10": 43, "7-3": 52}


def test_who_is_asked_for_help_names_no_task() -> None:
    culture = from_unit("市文化和旅游局")
    assert items("老年大学桩基完成一半。请水务局协助迁管", TOWNS, culture).keys() == {"2"}
    said = items("农村公路路基交验9公里，请交通局协调砂石料", INDEX, ROADS)
    assert said.keys() == {"A-1"}


def test_common_talk_in_one_title_tells_its_task_from_the_others() -> None:
    roads = from_unit("市交通运输局")
    said = items("左岸38% 右岸还没动", TOWNS, roads)
    assert {code: item.facts.percent for code, item in said.items()} == {"3": 38, "4": None}


def test_who_has_two_towns_says_of_which_he_speaks() -> None:
    tasks = (
        a_task("1", "望江街道老旧小区改造7个", "望江街道办事处"),
        a_task("2", "柳泉街道老旧小区改造9个", "柳泉街道办事处"),
    )
    towns = (Unit(name="望江街道办事处"), Unit(name="柳泉街道办事处"))
    both = Context(units=frozenset(unit.name for unit in towns), month="2026-06")
    said = items("柳泉小区改造86%，望江80%", PlanIndex.build(tasks, towns), both)
    assert {code: item.facts.percent for code, item in said.items()} == {"2": 86, "1": 80}


def test_a_code_with_a_colon_before_a_count_is_no_time_of_day() -> None:
    tasks = (a_task("7", "新建长者饭堂15家", "市水务局"), a_task("8", "改造320户", "市水务局"))
    said = items("7：12家；8：281户，87.8%", PlanIndex.build(tasks, UNITS))
    assert {code: item.facts.percent for code, item in said.items()} == {"7": None, "8": 87.8}


def test_what_begins_with_the_name_of_another_task_leaves_the_one_before() -> None:
    text = "青龙水库大坝浇到第九层，溢洪道边坡防护全部做完；老旧管网开了两个作业面"
    assert items(text).keys() == {"1", "3"}


@pytest.mark.parametrize("text", ["都按计划干着咧", "全部正常弄着嘞", "都在推进哩"])
def test_how_the_north_says_that_all_goes_on_is_heard(text: str) -> None:
    assert items(text, context=from_unit("市水务局", owed=("1", "2"))).keys() == {"1", "2"}


def test_all_about_the_same_says_of_none_how_it_stands() -> None:
    owed = from_unit("市水务局", owed=("1", "2"))
    assert isinstance(understand("都差不多了", INDEX, owed), Ask)
