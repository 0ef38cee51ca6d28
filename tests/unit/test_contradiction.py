"""Contradictions between units: found when they are there, not invented when they are not."""

import pytest

from reporting.contradiction import Claim, Contradiction, find_contradictions
from reporting.report import Facts, Figure, Status
from reporting.understanding.parts.extract import extract_facts

TITLE = "建成南环路改造工程"

CONTRADICTORY = [
    ("正在等资规局批复用地", "用地批复上周已办结"),
    ("审批还没下来，暂不能开工", "南环路审批已办结"),
    ("资金没有到位", "资金已全部拨付"),
    ("还差财政资金2000万元没拨付", "工程款已拨付到账"),
    ("等城关街道交地", "土地已全部移交施工方"),
    ("用地未解决", "用地手续已办好"),
    ("征地尚未完成", "征地已完成"),
    ("待验收", "6月已通过验收"),
    ("还没有移交", "已移交管养单位"),
    ("设计方案没有定", "方案已通过评审"),
    ("拆迁协议没签", "协议都签了"),
    ("管线迁改卡在电力公司", "管线迁改已完成"),
    ("等住建局会签意见", "意见已于5日书面答复了"),
    ("招标尚未启动", "招标完成，已中标"),
    ("预计8月底完工", "预计10月底完工"),
    ("计划7月开工", "9月才能进场"),
    ("9月竣工", "12月完成"),
    ("7月10日前资金到位", "8月资金拨付"),
    ("总体进度60%", "总体进度完成75%"),
    ("完成总工程量的35%", "完成总工程量的50%"),
    ("任务已完成", "还没开工"),
    ("工程已全部完工", "工程尚未动工"),
    ("完成投资2.3亿元", "完成投资1.8亿元"),
    ("已拆迁42户", "已拆迁30户"),
    ("铺设管网19.6公里", "铺设管网12公里"),
    ("批文没拿到", "批文已经拿到"),
    ("还没收到拨款", "拨款下达了"),
    ("图纸还没出，没法进场", "图纸已提供"),
    ("采购合同未签", "采购合同已签"),
    ("等水务局验收，验收没安排", "已组织验收"),
]
CONSISTENT = [
    ("正在等资规局批复用地", "用地正在报批"),
    ("资金没有到位", "资金还没下达"),
    ("资金已拨付", "资金已到账"),
    ("预计8月底完工", "8月完工"),
    ("总体进度60%", "总体进度62%"),
    ("完成投资2.3亿元", "征收面积12亩"),
    ("已拆迁42户", "已拆迁42户"),
    ("正常推进", "按计划推进"),
    ("正常推进", "进度滞后"),
    ("路基完成，正在铺设路面", "配合做好交通疏导"),
    ("等资规局批复", "财政资金已拨付"),
    ("6月开工", "12月完工"),
    ("任务已完成", "我局负责部分已完成"),
    ("路面12公里", "绿化12公里"),
    ("尚未开工", "还没动工"),
    ("征地剩2户没谈拢", "还有2户未签"),
    ("方案已通过评审", "方案已印发"),
    ("管线迁改已完成", "迁改已全部完成"),
    ("完成60%，9月底完工", "完成60%"),
    ("下步抓紧施工", "下步做好保障"),
    ("招标文件在编", "等招标"),
    ("铺设管网19.6公里", "铺设管网19.6公里"),
    ("建成4个口袋公园", "已移交2处"),
    ("培训450人次", "发放补贴30万元"),
    ("桩基检测合格", "现场监管正常"),
    ("存在扬尘问题", "已督促整改"),
    ("本月无进展", "本月未安排"),
    ("资金缺口1000万元", "正在争取资金，还没落实"),
    ("已签约376户", "累计签约376户"),
    ("10月交付", "10月投用"),
]


def a_claim(unit: str, words: str) -> Claim:
    return Claim(unit=unit, facts=extract_facts(words, title=TITLE), words=words)


def between(first: str, second: str) -> tuple[Contradiction, ...]:
    return find_contradictions("12", [a_claim("县住建局", first), a_claim("县交通局", second)])


def test_nine_contradictions_in_ten_are_found() -> None:
    found = [pair for pair in CONTRADICTORY if between(*pair)]
    assert len(found) / len(CONTRADICTORY) >= 0.9, set(CONTRADICTORY) - set(found)


def test_at_most_one_consistent_pair_in_ten_is_called_a_contradiction() -> None:
    invented = [pair for pair in CONSISTENT if between(*pair)]
    assert len(invented) / len(CONSISTENT) <= 0.1, invented


def test_the_item_names_both_sides() -> None:
    assert [found.words for found in between("正在等资规局批复", "用地批复已办结")] == [
        "第12项办理情况说法不一：县住建局称“正在等资规局批复”，"
        "县交通局称“用地批复已办结”，请协调核实。"
    ]


@pytest.mark.parametrize(
    ("one", "other", "topic"),
    [
        (Facts(percent=60), Facts(percent=75), "进度"),
        (Facts(status=Status.DONE), Facts(status=Status.BEHIND), "状态"),
        (
            Facts(figures=(Figure(name="完成投资", value=2.3e8, unit="元"),)),
            Facts(figures=(Figure(name="累计投资", value=1.8e8, unit="元"),)),
            "数据",
        ),
    ],
)
def test_each_kind_of_fact_is_compared(one: Facts, other: Facts, topic: str) -> None:
    claims = [Claim(unit="甲局", facts=one, words=""), Claim(unit="乙局", facts=other, words="")]
    assert [found.topic for found in find_contradictions("1", claims)] == [topic]


def test_a_unit_does_not_contradict_itself() -> None:
    assert find_contradictions("1", [a_claim("甲局", "60%"), a_claim("甲局", "完成80%")]) == ()
