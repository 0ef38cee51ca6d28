"""What is asked of the office, or put off, whatever it names; and reports that end in a question.

The sentences are said by units of a made-up county about their own tasks.
"""

import pytest

from reporting.understanding.outcome import Command, Nothing, Outcome, Record
from reporting.understanding.understand import understand
from tests.unit.talk_office import INDEX, from_the
from tests.unit.understanding_office import INDEX as OFFICE
from tests.unit.understanding_office import from_unit


def said_by(unit: str, text: str) -> Outcome:
    """What a sentence comes to, said by one unit."""
    return understand(text, INDEX, from_the(unit))


@pytest.mark.parametrize(
    ("unit", "text"),
    [
        ("水利", "供水管网是按户表前算还是到村口就算"),
        ("水利", "水库除险加固蓄水安全鉴定归省里做还是市里做"),
        ("住建", "小区改造的户数拿哪张表的数"),
        ("农业", "高标准农田上图入库和验收哪个算"),
        ("农业", "高标准农田的亩均投资标准今年多少"),
        ("交通", "县道改建的交工和竣工以哪个算完成"),
        ("民政", "养老站挂了牌没老人住，也算建成吧"),
        ("白鹭", "河道治理那项我们镇不用报吧"),
        ("教育", "3号任务是不是取消了，文件上没看到"),
        ("卫健", "医院封顶仪式几点，我们去人不"),
    ],
)
def test_what_counts_and_who_decides_is_asked_of_the_office(unit: str, text: str) -> None:
    assert said_by(unit, text) == Nothing()


@pytest.mark.parametrize(
    ("unit", "text"),
    [
        ("卫健", "医院那边的数还没给我，给了我就报"),
        ("住建", "管网的数要等质监站，明天给"),
        ("农业", "等农田建设科核完亩数我就填"),
        ("城管", "停车泊位的数在队里，晚上拿到再报"),
        ("交通", "路政的材料还没盖章，盖完发您"),
        ("工信", "统计月报18号才出，出了就发您"),
    ],
)
def test_who_waits_for_his_data_reports_nothing_yet(unit: str, text: str) -> None:
    assert said_by(unit, text) == Nothing()


@pytest.mark.parametrize(
    ("unit", "text"),
    [
        ("教育", "学校食堂改造完18个了，要不要把照片也传上去？"),
        ("卫健", "老师好，村卫生室验收了22个，剩下的下月，这样写可以吗？"),
        ("民政", "养老服务站开了5家，有个社区不肯腾房子，领导能帮着说说不"),
        ("住建", "雨污管网卡在铁路桥下头，能不能请铁路那边帮忙协调"),
        ("青石", "烘干中心电压不够，机器转不动，能不能找电力公司增个变压器"),
        ("白鹭", "产业园大棚搭了40个，采摘路还没通，能不能请交通局支持一点"),
        ("卫健", "卫生室只差8个了，都是等设备的，顺便想问下补助今年还有没有"),
        ("教育", "食堂改造好了26个，师傅也都培训了，市场局什么时候来验收？"),
        ("文旅", "游客中心物业队伍我们已经定了，随时能接，住建什么时候移交？"),
        ("水利", "中小河流还差3公里，都在等征地，请问水保验收要哪些材料"),
        ("农业", "高标准农田6个标段都定了，监理什么时候进场呀？"),
        ("民政", "想提个建议，养老服务站水电能不能按居民价收，现在按商业价，亏得厉害"),
        ("民政", "养老服务站青石那家房东变卦了，得另找门面，看看国资能不能帮着协调房子"),
        ("城管", "停车泊位那块业主反悔了，得重新找地方，看看能不能请住建给协调一处"),
    ],
)
def test_a_report_that_ends_in_a_polite_question_is_a_report(unit: str, text: str) -> None:
    assert isinstance(said_by(unit, text), Record)


@pytest.mark.parametrize(
    ("unit", "text"),
    [
        ("水利", "在水库上呢，42度，傍晚回去再填"),
        ("教育", "正在学校看食堂，晚一点回"),
        ("卫健", "发错群了不好意思"),
        ("青石", "昨晚守山塘一宿没合眼，天亮再说"),
        ("交通", "通桥那天叫我一声，我带孩子去看热闹"),
        ("住建", "今天38度，工地上的师傅都躲阴凉去了，哈哈"),
        ("民政", "唉，一个人干三个人的活，头发掉得厉害"),
        ("文旅", "旅游项目年底考核占几分呀"),
        ("城管", "晚上一起去看停车场旁边那个灯会不"),
        ("医保", "参保率年终考核怎么打分呀"),
        ("工信", "技改投资的数什么时候能对外发？统计那边没放"),
    ],
)
def test_talk_that_names_a_work_and_tells_nothing_of_it_is_told_by_its_letters(
    unit: str, text: str
) -> None:
    assert said_by(unit, text) == Nothing()


ANSWERS = (
    "下周去邻县看看人家的智慧水务怎么搞的，回来再出方案",
    "准备请专家来把把脉，看防渗到底咋处理",
    "移民那边啥时候搬还在谈",
    "先把价格谈下来，再看找谁供货",
    "打算月底开个会定一下由谁来管护",
    "正跟电力公司商量杆子往哪儿迁",
    "业主几时进场不好说，等图审",
    "节后去省厅问问专项债怎么申报，回来再定规模",
    "正在摸底哪些户愿意搬",
    "十月份请农科院来看看为啥死苗，再决定补不补种",
    "村民不让进场，谁去做工作啊",
    "材料涨价了，缺口谁来补？",
    "图纸还没出来，工期能不能往后调一调？",
)


@pytest.mark.parametrize("text", ANSWERS)
def test_an_answer_to_a_card_may_tell_a_plan_or_trouble_in_a_question(text: str) -> None:
    outcome = understand(text, OFFICE, from_unit("市水务局", quoted="2", owed=("1", "3", "5")))
    assert isinstance(outcome, Record)
    assert [item.task for item in outcome.items] == ["2"]


@pytest.mark.parametrize(
    "text",
    [
        "收到",
        "好的谢谢",
        "这个怎么填？",
        "下个月什么时候报？",
        "帮忙看看这个怎么算的",
        "下周谁来检查",
        "这项是市里定还是省里定",
        "我先看看怎么回事",
        "下个月的会几点开",
        "明天先发我看看怎么样",
        "准备啥时候来看",
        "按季度报还是按月报",
    ],
)
def test_what_an_answer_to_a_card_asks_of_the_office_is_no_report(text: str) -> None:
    outcome = understand(text, OFFICE, from_unit("市水务局", quoted="2", owed=("1", "3", "5")))
    assert isinstance(outcome, Nothing | Command)
