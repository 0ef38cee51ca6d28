"""What a clerk would not doubt, and what he would rather ask: each with a plan of few tasks."""

import pytest

from reporting.report import Status
from reporting.understanding.context import Context
from reporting.understanding.naming.index import PlanIndex
from reporting.understanding.outcome import Ask, Record, Refuse
from reporting.understanding.understand import understand
from reporting.unit import Unit
from tests.unit.few_tasks import BUREAU, read, recorded
from tests.unit.understanding_office import a_task

ROADS = ("新改建农村公路120公里，实施公路安防工程80公里", "完成农村公路危桥改造12座")
PARKING = ("关于缓解人民路停车难问题的提案", "新增公共停车泊位900个", "建成城东污水处理厂")
PLANTS = ("装备产业园标准化厂房三期竣工交付", "大型铸锻件搬迁升级项目一期建成试生产")
JOBS = ("城镇新增就业6500人", "职业技能培训8000人次", "建设零工驿站3个，提供岗位2000个")
TOWN = ("县城污水处理厂二期扩建工程", "城区雨污分流管网改造22公里", "改造老旧小区17个")
FAIR = ("举办装备制造产业对接大会", "净增规模以上工业企业12家")


def test_a_card_is_not_overruled_by_a_word_of_another_title() -> None:
    text = "联合厂房主体全部完工，8万吨压机正在安装，总体形象进度72%"
    assert recorded(read(text, PLANTS, quoted="2")) == ["2"]


def test_a_part_that_is_told_beside_the_whole_is_of_it() -> None:
    assert recorded(read("农村路121公里、安防82公里，都干完了", ROADS)) == ["1"]


def test_plans_that_name_a_work_are_no_talk() -> None:
    text = "对接大会打算5月发邀请函，7月开新闻发布会，8月定最终名单"
    assert recorded(read(text, FAIR)) == ["1"]


def test_a_town_more_or_less_is_no_amount() -> None:
    outcome = read("上次报的人数多算了一个乡镇，改成2410", JOBS, owed=("1", "2"))
    assert isinstance(outcome, Ask)


def test_who_corrects_may_mean_what_is_reported_already() -> None:
    outcome = read("上条停车的写错了，是240个", PARKING, owed=("1", "3"))
    assert isinstance(outcome, Ask)
    assert [doubt.candidates for doubt in outcome.doubts] == [("2", "1")]  # likeliest first


@pytest.mark.parametrize(
    "text",
    [
        "按计划推进，无问题",
        "前期手续办理中",
        "项目前期手续正在办理",
        "林地手续省里退件了，要补使用林地现状调查报告",
        "初步设计已批复，施工图审查完成，正在编制招标文件，预计下月挂网",
    ],
)
def test_a_step_of_any_works_is_asked_about_and_not_refused(text: str) -> None:
    assert isinstance(read(text, TOWN, owed=("1", "2", "3")), Ask)


GULLIES = ("新建石门沟2号调蓄水库", "实施绿色廊道提升3200亩", "改建农村卫生户厕1800座")
SCHOOLS = (
    "县职业中专竹艺实训基地建成投用",
    "新建寄宿制学校学生宿舍3栋",
    "解决撤并校点学生上下学交通",
)


def test_the_number_of_a_name_is_no_code() -> None:
    outcome = read("除石门沟2号进度滞后外，其余均正常", GULLIES, owed=("1", "2", "3"))
    assert isinstance(outcome, Record)
    states = {item.task: item.facts.status for item in outcome.items}
    assert states == {"1": Status.BEHIND, "2": Status.ON_TRACK, "3": Status.ON_TRACK}


def test_a_code_is_not_doubted_for_a_word_of_others() -> None:
    assert recorded(read("1号已投用，首批学生进去上课了", SCHOOLS)) == ["1"]


HEALTH = (
    "公共场所配置AED120台、培训急救员3000人",
    "为5200名适龄女生免费接种HPV疫苗",
    "实施县中医院改扩建工程",
)
FLATS = (
    "高新园人才公寓600套交付使用",
    "老街保护更新一期，修缮传统院落38处",
    "垃圾转运站迁建工程",
    "2025年结转的11个老旧小区改造项目竣工验收",
)
WAYS = ("县道X357港门至月亮湾段改建工程12.3公里", "加快港门疏港大道建设", "月亮湾码头试运营")
HOTEL = ("月亮湾度假酒店项目建成开业", "关于加强民宿和出租屋消防安全管理的提案")


@pytest.mark.parametrize("text", ["AED方面，我院共布设14台", "AED：108台", "急救：AED93台"])
def test_letters_name_a_task_although_a_number_is_written_to_them(text: str) -> None:
    assert recorded(read(text, HEALTH)) == ["1"]


@pytest.mark.parametrize(
    "text", ["均已超额完成", "所列各项均有序推进，无滞后事项。", "提醒里的几项都已完成年度任务。"]
)
def test_all_that_the_reminder_lists_is_reported_together(text: str) -> None:
    assert recorded(read(text, JOBS, quoted="owed", owed=("1", "3"))) == ["1", "3"]


@pytest.mark.parametrize(
    "text", ["上次民3写成68%，实际是66%", "昨天民3我少报了，不是61%，是66%，以这个为准"]
)
def test_a_code_may_stand_behind_the_time_it_was_reported(text: str) -> None:
    tasks = [a_task(f"民{number}", title, BUREAU) for number, title in enumerate(TOWN, 1)]
    plan = PlanIndex.build(tasks, (Unit(name=BUREAU),))
    outcome = understand(text, plan, Context(units=frozenset({BUREAU}), month="2026-06"))
    assert recorded(outcome) == ["民3"]
    assert isinstance(outcome, Record)
    assert outcome.items[0].facts.percent == 66


def test_what_is_left_out_is_not_cut_up_by_a_word_of_another_task() -> None:
    text = "除了人才公寓电梯还没验收，其他两项都完成了"
    outcome = read(text, FLATS, quoted="owed", owed=("1", "2", "3"))
    assert recorded(outcome) == ["1", "2", "3"]
    assert isinstance(outcome, Record)
    assert [item.facts.status for item in outcome.items] == [None, Status.DONE, Status.DONE]


def test_a_permit_of_any_road_leaves_no_doubt_which_was_named() -> None:
    assert recorded(read("港门到月亮湾那条路没动工，林地批复卡住了", WAYS)) == ["1"]


def test_a_fire_inspection_passed_is_of_the_building_told_with_it() -> None:
    text = "消防验收过了，酒店方定在11月18日开业"
    assert recorded(read(text, HOTEL, owed=("1",))) == ["1"]


def test_a_share_behind_another_units_work_is_of_that() -> None:
    outcome = read("谋划储备亿元以上项目41个，成熟率九成以上", TOWN)
    assert isinstance(outcome, Refuse)
