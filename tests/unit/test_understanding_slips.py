"""Slips in the words of any report are read as what was meant, place by place."""

import pytest

from reporting.understanding.parts.extract import extract_facts
from reporting.understanding.words.slips import without_slips


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("己完工三坐", "已完工三座"),
        ("施工正产，签月率七成", "施工正常，签约率七成"),
        ("资金己拔付三百万圆", "资金已拨付三百万元"),
        ("路基五公理，占百份之六十", "路基五公里，占百分之六十"),
        ("土地两千母", "土地两千亩"),
        ("均按计化整常推近", "均按计划正常推进"),
        ("主体已封丁，完城80%", "主体已封顶，完成80%"),
        ("进度片慢，按序是有困男", "进度偏慢，按序时有困难"),
        ("期他整常", "其他正常"),
    ],
)
def test_a_slip_is_read_as_the_word_meant(said: str, meant: str) -> None:
    assert without_slips(said) == meant


@pytest.mark.parametrize(
    "text",
    [
        "自己完成的",
        "清理落石",
        "今年低保",
        "正产业转型",
        "他坐车来",
        "父母三人",
        "抬高路基",
        "落实工作",
        "召开公司会议",  # 开公 where two words meet
        "恢复公交线路",
        "职工里面",
        "秋季补齐余下面积",
        "军工企业",
        "办证长期",
        "累积41公里",
        "程序是这样",
    ],
)
def test_what_means_something_itself_is_no_slip(text: str) -> None:
    assert without_slips(text) == text


def test_values_and_standing_are_read_through_slips() -> None:
    facts = extract_facts("水厂建成三坐，累记完程投资两亿圆，占百份之七十，正产")
    assert facts.percent == 70
    assert [figure.value for figure in facts.figures] == [3, 200_000_000]
