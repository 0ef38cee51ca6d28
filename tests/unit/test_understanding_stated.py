"""How people say where a task stands, in whole statements of their own."""

import pytest

from reporting.report import Facts, Status
from reporting.understanding.outcome import Command, Nothing, Record
from reporting.understanding.parts.extract import extract_facts
from reporting.understanding.understand import understand
from reporting.understanding.values.stated import only_states, stated
from tests.unit.understanding_office import INDEX, ROADS, from_unit

TITLE = "新改建农村公路120公里"
SAID = {
    Status.ON_TRACK: "推进得还行 依计划推进 顺风顺水 没掉链子 有望提前完成 进度不慢 在预期之内 "
    "比预想的快 补上进度了 步入正轨 不会耽误 一切尽在掌握 还算顺利 照方案走",
    Status.BEHIND: "拖期了 亮黄灯了 不太顺利 没按计划推进 没跟上 进度垫底 不如预期 不尽如人意 "
    "未按计划 丢了节点 工期耽误了 赶不上趟 差距不小 慢吞吞的",
    Status.NOT_STARTED: "没着手 还没上手 没影呢 八字还没一撇 进展为零 还没轮到 没开干 尚未施工 "
    "待启动",
    Status.DONE: "收工了 如期完成 已按期完成 已结束 大功告成 已归档 清零了 施工完毕 任务已结束 "
    "已交账",
}


@pytest.mark.parametrize(
    ("said", "status"), [(word, status) for status, words in SAID.items() for word in words.split()]
)
@pytest.mark.parametrize("words", ["农村公路{}", "农村公路目前{}", "路基做完，{}。"])
def test_a_statement_says_how_the_task_stands(words: str, said: str, status: Status) -> None:
    facts = extract_facts(words.format(said), title=TITLE, month="2026-06")

    assert facts.status == status
    assert facts.problem is None or status == Status.BEHIND


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ("要是推进不太顺利", None),
        ("能否按时完成", None),
        ("征地恢复正常施工", None),
        ("农村公路难完成", None),  # fear is no lag
        ("农村公路可提前完成", Status.ON_TRACK),  # and a forecast no end
        ("很难按期完成", None),
        ("没有不顺利", None),
        ("设备还行", None),  # of something else than the task
        ("资金没跟上", None),
        ("安置房收工了", None),
        ("路边避难场所全部建成", None),
    ],
)
def test_what_is_denied_feared_or_said_of_another_thing_is_no_status(
    words: str, status: Status | None
) -> None:
    assert extract_facts(words, title=TITLE, month="2026-06").status == status


@pytest.mark.parametrize(
    "said", ["没碰到困难", "暂无困难", "没什么阻力", "没有卡点", "没受影响", "没啥大碍"]
)
def test_that_nothing_stands_in_the_way_is_neither_trouble_nor_status(said: str) -> None:
    assert extract_facts(f"农村公路{said}，下月接着铺", title=TITLE) == Facts(
        next_step="下月接着铺"
    )


@pytest.mark.parametrize(
    ("words", "trouble"),
    [
        ("农村公路做了80公里，资金跟不上", "资金跟不上"),
        ("农村公路做了80公里，护栏还没做", "护栏还没做"),
        ("农村公路做了80公里，柏油厂家供料耽误了", "柏油厂家供料耽误了"),
    ],
)
def test_what_a_part_or_another_lacks_stays_a_trouble(words: str, trouble: str) -> None:
    assert extract_facts(words, title=TITLE).problem == trouble


@pytest.mark.parametrize("said", ["都行", "还行", "挺好的", "不错", "落下了", "没弄", "收工了"])
def test_an_answer_to_a_card_may_be_a_statement_and_no_more(said: str) -> None:
    outcome = understand(said, INDEX, from_unit("市交通运输局", quoted="A-1"))

    assert isinstance(outcome, Record)
    assert [item.task for item in outcome.items] == ["A-1"]
    assert outcome.items[0].facts.status is not None


def test_unasked_a_courtesy_is_no_report() -> None:
    assert not isinstance(understand("挺好的", INDEX, ROADS), Record)
    assert isinstance(understand("没事", INDEX, ROADS), Nothing | Command)
    assert not only_states("挺好的", asked=False)
    assert only_states("A-1：亮黄灯了", asked=False)


def test_the_place_of_a_statement_is_known() -> None:
    said = stated("农村公路推进得还行哈")

    assert said is not None
    assert (said.status, said.start, said.whole) == (Status.ON_TRACK, 4, False)
