"""What a liaison's words say: shares, figures and status."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reporting.report import Facts, Status
from reporting.task import TaskKind
from reporting.understanding.parts.extract import extract_facts

ROAD = "新建绕城公路18公里"
LAMPS = "安装太阳能路灯600盏"

PERCENT = [
    ("总体完成75%，其中路基90%，路面20%", ROAD, 75),
    ("路基完成90%", ROAD, None),
    ("完成投资2.4亿元，占年度计划的80%，综合进度76%", ROAD, 76),
    ("完成投资2.4亿元，占总投资的80%", ROAD, 80),
    ("七成半了", LAMPS, 75),
    ("上次写的60%有误，应为66%", LAMPS, 66),
    ("是68%，不是86%", LAMPS, 68),
    ("由60%提高到75%", LAMPS, 75),
    ("形象进度过半", ROAD, None),
    ("65", LAMPS, 65),
    ("路灯65", LAMPS, 65),
    ("同比增长6.1%", "社会消费品零售总额增长7%", None),
    ("社零6.1%", "社会消费品零售总额增长7%", None),
    ("收入完成预算的52.6%，增长3.4%", "一般公共预算收入增长5%", 52.6),
    ("参加率97.3%", "基本养老保险参加率达到97%以上", None),
    ("完成104%", LAMPS, 104),
    ("低于全年60%的目标，目前完成52%", LAMPS, 52),
]

FIGURES = [
    ("今年600盏，已装450盏", LAMPS, [(450, "盏")]),
    ("安装450/600盏", LAMPS, [(450, "盏")]),
    ("桩基完成120根（总共260根）", ROAD, [(120, "根")]),
    ("完成投资1.46亿，拨付补助81.6万元", ROAD, [(146_000_000, "元"), (816_000, "元")]),
    ("拆了五万三千平", "拆除违法建设12万平方米", [(53_000, "平方米")]),
    ("出口3.98亿元、下降5.1%，进口0.64亿元、增长8.9%", "外贸进出口增长7%",
     [(398_000_000, "元"), (-5.1, "%"), (64_000_000, "元"), (8.9, "%")]),
    ("去年装了300盏，今年450盏", "安装路灯", []),
    ("第3标段6月18日开工，3号楼封顶", ROAD, []),
    ("剩余150盏下月装", LAMPS, []),
    ("还差150盏", LAMPS, []),
    ("培训320人次，就业率61%", "培训技能人才800人次", [(320, "人次"), (61, "%")]),
    ("600盏全部安装完成", LAMPS, [(600, "盏")]),
    ("两千六百户干完一千七", "改造管道燃气2600户", [(1700, "户")]),
    ("低于目标0.8个百分点", "工业投资增长10%", []),
    ("每亩482公斤", "粮食总产量52万吨", [(482, "公斤/亩")]),
]  # fmt: skip

STATUS = [
    ("按序时推进", ROAD, Status.ON_TRACK),
    ("不存在滞后", ROAD, Status.ON_TRACK),
    ("比序时进度快五个百分点", ROAD, Status.ON_TRACK),
    ("9月底完工没有问题", ROAD, Status.ON_TRACK),
    ("比计划慢了半个月", ROAD, Status.BEHIND),
    ("低于目标0.8个百分点", "工业投资增长10%", Status.BEHIND),
    ("高于目标3.3微克", "细颗粒物年均浓度控制在38微克/立方米以下", Status.BEHIND),
    ("原计划6月开园，现要推到9月", "新建公园1座", Status.BEHIND),
    ("眼看要滞后", ROAD, None),
    ("尚未动工", ROAD, Status.NOT_STARTED),
    ("建成2所，未开工1所", "新建幼儿园3所", None),
    ("已完成", LAMPS, Status.DONE),
    ("太阳能路灯安装已全部完成", LAMPS, Status.DONE),
    ("3所均已竣工投用", "改建卫生院3所", Status.DONE),
    ("路基完成", ROAD, None),
    ("3所中2所完成", "改建卫生院3所", None),
    ("7月中旬全部完工", "改建卫生院3所", None),
    ("完成80%", LAMPS, None),
    ("无进展", LAMPS, None),
    ("主体已封顶", "图书馆新馆主体封顶", Status.DONE),
]


@pytest.mark.parametrize(("words", "title", "percent"), PERCENT)
def test_only_the_overall_completion_is_the_percent(
    words: str, title: str, percent: float | None
) -> None:
    assert extract_facts(words, title=title).percent == percent


@pytest.mark.parametrize(("words", "title", "figures"), FIGURES)
def test_figures_are_the_values_reached_now(
    words: str, title: str, figures: list[tuple[float, str]]
) -> None:
    facts = extract_facts(words, title=title)
    assert [(figure.value, figure.unit) for figure in facts.figures] == figures


@pytest.mark.parametrize(("words", "title", "status"), STATUS)
def test_the_status_is_what_the_words_say(words: str, title: str, status: Status | None) -> None:
    assert extract_facts(words, title=title).status == status


def test_a_proposal_is_done_when_its_office_closes_it_not_when_a_deputy_is_content() -> None:
    words = "答复件已寄送代表，代表反馈满意"
    assert extract_facts(words, kind=TaskKind.PROPOSAL).status is None
    assert extract_facts(f"{words}，办结", kind=TaskKind.PROPOSAL).status == Status.DONE
    assert extract_facts(words, kind=TaskKind.MATTER).status is None


def test_figures_carry_short_names() -> None:
    facts = extract_facts("截至6月底累计发放贷款1.06亿元，同比增长12.5%", title="发放创业贷款")
    assert [figure.name for figure in facts.figures] == ["发放贷款", "发放贷款同比增长"]


REPLIES = st.lists(
    st.sampled_from(
        [
            "完成",
            "已",
            "约",
            "80%",
            "六成",
            "一半",
            "1.2亿元",
            "450盏",
            "三百户",
            "，",
            "。",
            "；",
            "（",
            "）",
            "滞后",
            "下一步",
            "建议",
            "请",
            "存在问题：",
            "因",
            "等",
            "没",
            "不",
            "月底",
            "7月",
            "招标",
            "剩余",
            "总体",
            "占",
            "任务",
            "正常推进",
            "未开工",
            "去年",
            "同比增长",
            "第3标段",
            "1.",
            "、",
            "😀",
            "路基",
            "县财政",
            "协调",
        ]
    )
    | st.text(max_size=6),
    max_size=30,
).map("".join)


@given(REPLIES, st.sampled_from([ROAD, LAMPS, "", "社会消费品零售总额增长7%"]))
@settings(max_examples=300)
def test_any_text_is_read_and_parts_are_its_own_words(words: str, title: str) -> None:
    facts = extract_facts(words, title=title)
    assert facts == extract_facts(words, title=title)
    for part in (facts.problem, facts.next_step, facts.suggestion):
        assert part is None or (part and part in words)


WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}


@given(REPLIES)
def test_wide_digits_and_marks_change_nothing(words: str) -> None:
    narrow, wide = (
        extract_facts(words, title=LAMPS),
        extract_facts(words.translate(WIDE), title=LAMPS),
    )
    assert (narrow.percent, narrow.status, narrow.figures) == (
        wide.percent,
        wide.status,
        wide.figures,
    )


HOSTILE = [
    "一",
    "1",
    "1,",
    "，，",
    "完成1个,",
    "没",
    "剩",
    "8月",
    "(",
    "1年",
    "5%",
    "离目标",
    "因",
    "a b ",
    "问题:",
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_a_hostile_text_takes_no_longer_than_a_long_one(piece: str) -> None:
    text = piece * (20_000 // len(piece))
    extract_facts(text, title=LAMPS)
    start = time.process_time()  # of this process alone: shared machines stall
    extract_facts(text, title=LAMPS)
    assert time.process_time() - start < 0.5


def test_silence_says_nothing() -> None:
    assert extract_facts("", title=LAMPS) == extract_facts("👍👍", title=LAMPS) == Facts()
