"""Tasks named together, left out, or spoken of in order: each with a plan of few tasks."""

import pytest

from reporting.report import Status
from reporting.understanding.context import Context
from reporting.understanding.naming.index import PlanIndex
from reporting.understanding.outcome import Ask, Command, Outcome, Record, Refuse
from reporting.understanding.understand import understand
from reporting.unit import Unit
from tests.unit.understanding_office import a_task

BUREAU, OTHER = "县水利局", "县住建局"
DAMS = ("青柳水库除险加固", "红岩水库除险加固", "农村供水提升工程", "中小河流治理18公里")
MONEY = ("地区生产总值增长6%", "固定资产投资增长7%", "单位GDP能耗下降2.5%", "争取上级资金12亿元")
HALLS = ("建成县图书馆新馆", "新增政务自助终端20台", "建设城市运行数字底座")
AIR = ("空气质量优良天数比例达到85%", "PM2.5年均浓度控制在36微克/立方米", "建成两座换热站")
ROADS = ("S216云岭至石堰段改扩建15公里", "改造农村公路危桥14座", "新增公交车30辆")
TRACK, DONE, BEHIND = Status.ON_TRACK, Status.DONE, Status.BEHIND
Stated = dict[str, tuple[Status | None, float | None]]


def read(
    text: str,
    titles: tuple[str, ...],
    *,
    owed: tuple[str, ...] | None = None,
    quoted: str | None = None,
    codes: tuple[str, ...] = (),
) -> Outcome:
    """What a message of a bureau with these tasks, numbered from 1, comes to."""
    names = codes or tuple(str(number) for number in range(1, len(titles) + 1))
    tasks = [a_task(code, title, BUREAU) for code, title in zip(names, titles, strict=True)]
    tasks.append(a_task("99", "更新新能源公交车60台", OTHER))
    plan = PlanIndex.build(tasks, (Unit(name=BUREAU), Unit(name=OTHER)))
    context = Context(units=frozenset({BUREAU}), quoted=quoted, owed=owed, month="2026-06")
    return understand(text, plan, context)


def stated(outcome: Outcome) -> Stated:
    """Status and percent of each task recorded, where nothing is asked beside."""
    assert isinstance(outcome, Record), outcome
    assert outcome.doubts == ()
    return {item.task: (item.facts.status, item.facts.percent) for item in outcome.items}


def test_what_is_said_of_things_counted_is_said_of_each() -> None:
    found = stated(read("青柳、红岩两个水库都在按计划走，分别71%、80%", DAMS))
    assert found == {"1": (TRACK, 71.0), "2": (TRACK, 80.0)}


def test_things_named_need_not_be_counted() -> None:
    found = stated(read("图书馆、自助终端都完成了，底座93%", HALLS))
    assert found == {"1": (DONE, None), "2": (DONE, None), "3": (None, 93.0)}


@pytest.mark.parametrize("text", ["供水先通了东坪、青柳2处", "供水今年先通了东坪、青柳两个村"])
def test_what_is_counted_behind_a_verb_is_of_one_task(text: str) -> None:
    assert stated(read(text, DAMS)).keys() == {"3"}


def test_values_stand_in_the_order_of_the_things_named() -> None:
    found = stated(read("青柳、红岩、供水三项：68%、44%、按序时", DAMS))
    assert found == {"1": (None, 68.0), "2": (None, 44.0), "3": (TRACK, None)}
    assert stated(read("1、2：68%、44%", DAMS)) == {"1": (None, 68.0), "2": (None, 44.0)}


def test_parts_of_one_task_are_no_list_of_tasks() -> None:
    assert stated(read("青柳水库坝体、溢洪道都完工了", DAMS)).keys() == {"1"}


OWED = ("1", "2", "3")


@pytest.mark.parametrize(
    ("text", "least"),
    [
        ("除了供水那项，其他都按计划走", {"1": TRACK, "2": TRACK}),
        ("都正常，供水那个除外，管子没到货", {"1": TRACK, "2": TRACK, "3": None}),
        ("都按进度来的，放心", {"1": TRACK, "2": TRACK, "3": TRACK}),
        ("均按时序进度推进，无滞后。", {"1": TRACK, "2": TRACK, "3": TRACK}),
        ("三个工地都正常施工，没停", {"1": TRACK, "2": TRACK, "3": TRACK}),
        ("都在按计划干", {"1": TRACK, "2": TRACK, "3": TRACK}),
        ("我局承担的部分都正常推进", {"1": TRACK, "2": TRACK, "3": TRACK}),
    ],
)
def test_what_is_said_of_all_but_one(text: str, least: dict[str, Status | None]) -> None:
    found = stated(read(text, DAMS, owed=OWED, quoted="owed"))
    assert {task: status for task, (status, _) in found.items()} == least


def test_works_that_remove_leave_nothing_out() -> None:
    outcome = read("水库除险加固60%，其余正常推进", DAMS, owed=("1", "2", "3"))
    assert isinstance(outcome, Record)
    assert [item.task for item in outcome.items] == ["3"]
    assert set(outcome.doubts[0].candidates) == {"1", "2"}


def test_who_has_no_more_to_say_reports_on_no_other() -> None:
    found = stated(read("青柳水库地基漏水，还要补灌浆，别的没啥", DAMS, owed=OWED))
    assert found.keys() == {"1"}


@pytest.mark.parametrize(
    ("text", "codes", "told"),
    [
        ("民1在保洁，民2 80%，民3平坝那处在装修", ("民1", "民2", "民3"), 3),
        ("E1在保洁，E2 80%，E3平坝那处在装修", ("E1", "E2", "E3"), 3),
        ("5-1、5-2都完成了，5-3村均126万", ("5-1", "5-2", "5-3"), 3),
        ("5-1 38眼\n5-2 平地9000亩\n5-3 710人次", ("5-1", "5-2", "5-3"), 3),
        ("民1、民2年度任务均已完成", ("民1", "民2", "民3"), 2),
    ],
)
def test_every_code_of_a_list_is_found(text: str, codes: tuple[str, ...], told: int) -> None:
    assert tuple(stated(read(text, DAMS[:3], codes=codes))) == codes[:told]


def test_a_value_or_a_span_is_no_code() -> None:
    codes = ("5-2", "1-8", "3-1")
    assert stated(read("红岩水库5.2公里便道通了", DAMS[:3], codes=codes)).keys() == {"1-8"}
    assert stated(read("供水1-8月完成62%", DAMS[:3], codes=codes)) == {"3-1": (None, 62.0)}


def test_words_behind_one_of_several_codes_are_no_rival() -> None:
    text = "1已完工15.4公里，2完成供水试验，3还在签合同"
    assert stated(read(text, DAMS)).keys() == {"1", "2", "3"}


def test_words_that_name_another_task_leave_a_doubt_of_the_only_code() -> None:
    assert isinstance(read("2号 青柳水库 60%", DAMS), Ask)


def test_what_goes_on_behind_a_code_stays_with_it() -> None:
    found = stated(read("1 增5.2%\n2 增4.7%，偏慢，房地产拖累\n3 降2.6%", MONEY))
    assert found["2"][0] is BEHIND
    assert found.keys() == {"1", "2", "3"}


def test_the_gdp_is_not_what_it_is_measured_by() -> None:
    found = stated(read("GDP一季度5.2%；固投4.8%；能耗下降2.6%；争取资金3.1亿元", MONEY))
    assert list(found) == ["1", "2", "3", "4"]


def test_a_ratio_to_the_gdp_is_not_the_gdp() -> None:
    titles = ("地区生产总值增长7%", "社会物流总费用与GDP的比率降至12.8%")
    assert stated(read("GDP上半年增长7.1%，省局刚核下来", titles)).keys() == {"1"}


def test_what_came_about_is_of_the_only_task_owed() -> None:
    titles = ("县道X351路面改造", "高速公路连接线加快建设", "建设产业路80公里")
    assert stated(read("已交工验收，通车了", titles, owed=("1",))).keys() == {"1"}


@pytest.mark.parametrize(
    "text",
    [
        "手续已报省局，在等审核同意书",
        "正在走程序",
        "指标平稳，好于去年同期",
        "我们多措并举、挂图作战，全力以赴抓好落实，请领导放心！",
    ],
)
def test_a_report_that_names_nothing_is_asked_about(text: str) -> None:
    outcome = read(text, DAMS, owed=("1", "2"))
    assert isinstance(outcome, Ask)
    assert set(outcome.doubts[0].candidates) == {"1", "2"}


def test_a_numbered_name_is_no_code() -> None:
    titles = ("“澎海一号”养殖平台建成投苗", "新建渔港码头2座", "渔船更新改造60艘")
    assert stated(read("澎海一号投了鱼苗26万尾", titles)).keys() == {"1"}


def test_where_only_a_field_is_named_one_is_asked() -> None:
    outcome = read("空气质量持续改善，正常推进", AIR)
    assert isinstance(outcome, Ask)
    assert set(outcome.doubts[0].candidates) == {"1", "2"}
    assert stated(read("空气优良天数比例86.2%", AIR)).keys() == {"1"}


def test_the_rank_of_a_road_names_it() -> None:
    assert stated(read("省道路基挖了4公里", ROADS)).keys() == {"1"}


def test_what_goes_on_about_anothers_work_is_no_report() -> None:
    titles = ("全年接待游客650万人次", "建成游客中心")
    assert isinstance(read("新能源公交车更新了20台，游客都说好坐", titles), Refuse)


def test_ones_own_work_is_kept_though_anothers_follows() -> None:
    found = stated(read("青柳水库坝体封顶了。另外新能源公交车更新了20台", DAMS))
    assert found.keys() == {"1"}


def test_a_value_corrected_is_no_complaint() -> None:
    outcome = read("刚才说的青柳水库是六成不是三成啊语音听错了", DAMS)
    assert not isinstance(outcome, Command)
    assert stated(outcome) == {"1": (None, 60.0)}


def test_what_only_says_since_when_names_nothing() -> None:
    assert stated(read("入冬以来，青柳水库完成灌浆3200米", DAMS)).keys() == {"1"}
