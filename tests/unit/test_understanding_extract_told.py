"""What values and closings say of a task, in the words people leave out units and signs in."""

import pytest

from reporting.report import Status
from reporting.understanding.parts.extract import extract_facts

STREET = "历史文化街区保护修缮，修缮民居46幢"
RESEARCH = "全社会研发经费投入强度达到3.6%"
AIR = "PM2.5年均浓度控制在28微克/立方米以下"
JOBS = "城镇新增就业1.1万人，城镇调查失业率控制在5%以内"
SONGS = "办好苗族“三月坡”歌会"


@pytest.mark.parametrize(
    ("words", "title", "percent"),
    [
        ("完成58", STREET, 58),  # more than could be counted
        ("72.5%", JOBS, 72.5),  # no rate of joblessness
        ("完成85", AIR, 85),
        ("围堰做好了 12%", "青石水库除险加固工程", 12),
        ("按面积算七成八", "治理互花米草4500亩", 78),
        ("累计完成产值6800万元，占合同价的57%", "污水处理厂提标扩容", 57),
    ],
)
def test_a_completion_is_told_from_a_count_or_a_rate(
    words: str, title: str, percent: float
) -> None:
    assert extract_facts(words, title=title).percent == percent


@pytest.mark.parametrize(
    ("words", "title", "value", "unit"),
    [
        ("完成40", STREET, 40, "幢"),
        ("研发强度测算3.58%，还低于目标", RESEARCH, 3.58, "%"),
        ("3.61%", RESEARCH, 3.61, "%"),
        ("截至昨天26.8", AIR, 26.8, "微克/立方米"),
        ("尾水治理完成2.4万亩", "完成集中连片养殖池塘尾水治理2.4万亩", 24_000, "亩"),
        ("夯土院落修好21院", "生土建筑保护修缮试点36院", 21, "院"),
    ],
)
def test_a_value_is_told_from_a_completion_or_a_goal(
    words: str, title: str, value: float, unit: str
) -> None:
    facts = extract_facts(words, title=title)
    assert facts.percent is None
    assert [(figure.value, figure.unit) for figure in facts.figures] == [(value, unit)]


@pytest.mark.parametrize(
    ("words", "title", "status"),
    [
        ("能耗这项没问题", "单位GDP能耗下降3.2%", Status.ON_TRACK),
        ("照常推进没问题", "中学扩建工程", Status.ON_TRACK),
        ("完成总工程量31%，与总控计划相符", "综合楼扩建", Status.ON_TRACK),
        ("已于9月1日如期开学，此项可结", "第三实验小学建成招生", Status.DONE),
        ("头一批收了243个娃，这条销号吧", "建成第三幼儿园", Status.DONE),
        ("于4月18日至20日成功举办，接待游客5.8万人次", SONGS, Status.DONE),
        ("纪念馆七一正式开馆了", "革命纪念馆新馆布展并开馆", Status.DONE),
        ("成功举办招商推介会", "招商引资到位资金18亿元", None),
        ("龙舟赛圆满举办，音乐节定在10月", "办好龙舟赛、江畔音乐节", None),
    ],
)
def test_closings_and_events_say_where_a_task_stands(
    words: str, title: str, status: Status | None
) -> None:
    assert extract_facts(words, title=title).status == status
