"""What names a task of another unit is refused, by its number alone as by its words."""

from dataclasses import replace

import pytest

from reporting.answers import compose_refusal
from reporting.understanding.context import Quoted
from reporting.understanding.outcome import Ask, Outcome, Record, Refuse
from reporting.understanding.understand import understand
from tests.unit.talk_office import INDEX, from_the


def said_by(unit: str, text: str) -> Outcome:
    """What a sentence comes to, said by one unit of a made-up county."""
    return understand(text, INDEX, from_the(unit))


@pytest.mark.parametrize(
    "text", ["12 完成30%", "12项 66%", "第12项 45%", "12：已完成六成", "12 正常推进"]
)
def test_a_number_of_anothers_task_and_how_far_it_is_are_refused(text: str) -> None:
    outcome = said_by("教育", text)
    assert isinstance(outcome, Refuse)
    assert outcome.tasks == ("12",)


def test_a_share_alone_is_no_number_of_a_task() -> None:
    assert isinstance(said_by("教育", "75%"), Ask)


@pytest.mark.parametrize(
    ("unit", "text"),
    [
        ("住建", "县道改建征地拆迁完成90%"),
        ("城管", "雨污管网挖开的路面我们都恢复了"),
        ("卫健", "实验小学医务室我们帮着配了两个校医"),
    ],
)
def test_who_names_anothers_task_and_none_of_his_own_is_refused(unit: str, text: str) -> None:
    assert isinstance(said_by(unit, text), Refuse)


@pytest.mark.parametrize(
    ("unit", "text", "kind"),
    [
        ("城管", "市民热线这周转来146件，办结率99%，回访满意率96%", "热线"),
        ("水利", "防汛物资仓库清点完毕，补了救生衣300件、编织袋2万条", "防灾减灾"),
        ("青石", "文明城市复查的点位我们镇都迎检完了，测评员反馈还行", "文明城市"),
        ("工信", "第五次经济普查的单位清查登记完成了1860家", "经济普查"),
        ("民政", "特困供养人员核查结束，新增低保户32户，退出15户", "低保救助"),
        ("青石", "反诈宣传进村12场，电诈发案比去年少了四成", "反诈"),
        ("住建", "不动产登记今天又发证230本，办理时限压到3天", "房地一体"),
        ("教育", "高考组考工作结束，考点5个、考场132个，没有发现作弊", "教育考试"),
        ("文旅", "图书馆暑期接待读者2.4万人次，新书上架3000册", "图书馆文化馆"),
        ("农业", "猪瘟疫苗打完了，能繁母猪存栏6200头", "生猪"),
        ("青石", "森林防火卡口设了6个，护林员每天巡山，没有火情", "森林防火"),
        ("医保", "打击欺诈骗保检查了42家定点药店，追回基金18万", "医保基金监管"),
        ("交通", "查处超限超载车辆87台", "治超"),
        ("民政", "婚姻登记今年办了620对，跨省通办36对", "婚姻登记婚俗"),
        ("白鹭", "禁毒踏查没有发现罂粟，吸毒人员管控到位", "禁毒"),
        ("住建", "物业矛盾调解了17起，住宅专项维修资金归集320万", "物业管理"),
    ],
)
def test_work_that_no_task_of_the_plan_is_is_refused_by_its_kind(
    unit: str, text: str, kind: str
) -> None:
    outcome = said_by(unit, text)
    assert isinstance(outcome, Refuse)
    assert not outcome.tasks
    assert kind in outcome.why


@pytest.mark.parametrize(
    ("unit", "text"),
    [
        ("卫健", "村卫生室建好31个，低保户看病也方便了"),
        ("民政", "养老服务站开了5个，还有3个等消防验收"),
        ("水利", "石门水库坝体灌浆做完，防汛物资也都进场了"),
    ],
)
def test_what_is_said_beside_of_no_task_leaves_a_report_what_it_is(unit: str, text: str) -> None:
    assert isinstance(said_by(unit, text), Record)


def test_the_one_task_asked_for_is_meant_whatever_its_talk_looks_like() -> None:
    asked = replace(from_the("民政"), owed=("23",))
    assert isinstance(understand("低保户32户都住进来了", INDEX, asked), Record)


def test_a_refusal_of_work_of_no_task_says_what_it_seems_and_how_to_mend_it() -> None:
    outcome = said_by("交通", "查处超限超载车辆87台")
    assert isinstance(outcome, Refuse)
    said = compose_refusal(outcome, {})
    assert "治超" in said
    assert "任务名称或编号" in said


@pytest.mark.parametrize("text", ["全部做完啦🎉", "都干完了", "全部办好了", "都搞好啦"])
def test_what_says_only_that_all_is_done_is_never_anothers(text: str) -> None:
    asked = replace(from_the("教育"), quoted=Quoted.REMINDER, owed=("2", "3"))
    outcome = understand(text, INDEX, asked)
    assert isinstance(outcome, Record)
    assert {item.task for item in outcome.items} == {"2", "3"}


@pytest.mark.parametrize(
    ("unit", "text"),
    [
        ("教育", "顺便帮街道报一下，那个养老服务站开了一个"),
        ("住建", "交通罗局让我转一下：县道路基出来了"),
        ("卫健", "替民政局说一声，社区养老站挂牌3个"),
        ("文旅", "城管托我带个话：停车泊位划了300个"),
        ("农业", "代水利局转报：中小河流治理18公里"),
        ("青石", "帮白鹭镇报一下，小龙虾市场开业了"),
        ("工信", "帮农业局说一句，蔬菜产业园挂牌了"),
        ("城管", "住建老刘让我捎个话，雨污管网通了12公里"),
        ("民政", "替卫健报一下，村卫生室完成31个"),
        ("水利", "交通那边让我转一下：危桥拆了两座"),
    ],
)
def test_who_passes_on_what_another_unit_says_is_refused(unit: str, text: str) -> None:
    assert isinstance(said_by(unit, text), Refuse)


@pytest.mark.parametrize(
    ("unit", "text"),
    [
        ("交通", "我们李局让我转一下：危桥改造完成6座"),
        ("教育", "食堂师傅让我代报一下：改造完18个"),
    ],
)
def test_who_passes_on_what_is_of_his_own_unit_reports_it(unit: str, text: str) -> None:
    assert isinstance(said_by(unit, text), Record)
