"""Which of a few tasks is meant, where words or numbers of another one seem to be there too."""

import pytest

from reporting.understanding.context import Context
from reporting.understanding.naming.index import PlanIndex
from reporting.understanding.naming.titles import NAMING
from reporting.understanding.outcome import Ask, Nothing, Record
from reporting.understanding.understand import understand
from reporting.unit import Unit
from tests.unit.few_tasks import BUREAU, read, recorded
from tests.unit.understanding_office import a_task

FIGURES = (
    "地区生产总值增长6%左右",
    "固定资产投资增长10%以上",
    "工业投资增长18%，占固定资产投资比重达到55%",
    "做好零碳数据中心项目前期工作",
)
CLEAN = ("完成32家重点企业挥发性有机物综合治理", "关于加大化工园区异味治理力度的提案（第8号）")
CARE = ("深化紧密型县域医共体建设", "为1.6万名老年人免费健康体检", "为妇女免费开展“两癌”筛查")
WORK = ("城镇新增就业4200人", "开展职业技能培训6000人次，其中转岗职工1500人次", "根治欠薪")
GREEN = ("实施滨河路绿化工程", "沿江化工关停退出3家", "农村公路改造60公里")
HOMES = ("改造城镇老旧小区26个", "固定资产投资增长9%以上", "村卫生室标准化建设120个")


def coded(text: str, titles: dict[str, str]) -> list[str]:
    """The tasks that a message of the bureau is recorded for, by their codes."""
    tasks = [a_task(code, title, BUREAU) for code, title in titles.items()]
    plan = PlanIndex.build(tasks, (Unit(name=BUREAU),))
    return recorded(understand(text, plan, Context(units=frozenset({BUREAU}), month="2026-06")))


def test_letters_that_people_say_name_what_the_title_writes_out() -> None:
    text = "上半年数据市局刚反馈：GDP 26.3亿，增5.9%；固投增8.7%，低于年度目标"
    assert recorded(read(text, FIGURES)) == ["1", "2"]
    assert recorded(read("VOCs治理完成11家，4家在装", CLEAN)) == ["1"]


def test_what_a_share_is_taken_of_names_no_task() -> None:
    assert recorded(read("固投还是偏慢，增速才8.4%，新开工的少，拖了后腿", FIGURES)) == ["2"]
    assert recorded(read("工业投资占比53.8%", FIGURES)) == ["3"]


def test_a_word_that_stands_there_is_not_heard_as_another() -> None:
    assert recorded(read("体检和两癌都按计划走着", CARE)) == ["2", "3"]


def test_two_named_in_one_breath_are_told_without_a_word_for_both() -> None:
    assert recorded(read("就业和欠薪没啥问题", WORK)) == ["1", "3"]


def test_more_than_one_of_its_targets_holds_may_still_be_of_a_task() -> None:
    text = "就业4318人超额完成全年任务，培训6150人次也够了"
    assert recorded(read(text, WORK)) == ["1", "2"]


def test_two_words_that_meet_make_no_third() -> None:
    index = PlanIndex.build([a_task("1", GREEN[0], BUREAU)], (Unit(name=BUREAU),))
    assert max(weight for _, weight in index.grams["化工"]) < NAMING <= index.grams["绿化"][0][1]
    assert recorded(read("化工企业关停了两家，剩下那家在谈补偿", GREEN)) == ["2"]


def test_who_only_says_that_a_number_was_wrong_reports_on_what_follows() -> None:
    text = "前面那条投资数不对，老旧小区完成投资应为5240万，不是2540万"
    assert recorded(read(text, HOMES)) == ["1"]


@pytest.mark.parametrize(
    "text", ["好的，月底前我再催企业报一次", "提醒：今晚8点防汛视频会商，各单位准时上线"]
)
def test_promises_and_notices_are_no_reports(text: str) -> None:
    assert isinstance(read(text, FIGURES), Nothing)


@pytest.mark.parametrize(
    "text", ["卫生室建是建了，就是有30来个村没村医，门开不了", "卫生室塌了一角，住建局说汛后再弄"]
)
def test_troubles_are_neither_questions_nor_put_off(text: str) -> None:
    assert isinstance(read(text, HOMES), Record | Ask)


def test_a_header_before_codes_takes_none_of_them() -> None:
    titles = {"401": "标准厂房二期建设", "402": "污水处理站建设", "503": "断面水质达到Ⅲ类"}
    text = "月底汇总：401总进度92%；402设备安装；503 Ⅲ类"
    assert coded(text, titles) == ["401", "402", "503"]


def test_a_comma_may_stand_between_a_code_and_its_value() -> None:
    titles = {"304": "实施国家储备林项目2.6万亩", "307": "完成油茶低产林改造1.8万亩"}
    assert coded("304，1.9万亩。307，1.26万亩。", titles) == ["304", "307"]


def test_a_range_of_numbered_things_is_no_code() -> None:
    titles = {"1-3": "招商引资签约30个项目", "3-1": "服装产业园二期18万平方米标准化厂房建设"}
    text = "服装产业园二期:1-3号厂房主体封顶，4-8号厂房正在进行基础施工"
    assert coded(text, titles) == ["3-1"]


def test_a_dash_behind_a_code_is_no_sign() -> None:
    plan = PlanIndex.build([a_task("501", "片区老旧小区改造", BUREAU)], (Unit(name=BUREAU),))
    outcome = understand("501-85%", plan, Context(units=frozenset({BUREAU}), month="2026-06"))
    assert isinstance(outcome, Record)
    assert outcome.items[0].facts.percent == 85


def test_buildings_spoken_of_before_are_no_codes_later() -> None:
    titles = {"10": "竹产业园一期标准厂房建设", "5": "新建公厕5座"}
    assert coded("竹产业园一期1-4#厂房吊装完成，5#在做基础，总体进度56%。", titles) == ["10"]


def test_a_wide_comma_groups_no_thousands() -> None:
    titles = {"301": "城东小学建设", "303": "河道整治"}
    assert coded("301 98，303 60", titles) == ["301", "303"]
