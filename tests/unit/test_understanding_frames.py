"""What stands around a report is left out: chat headers, who filled it in, courtesies, pictures."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporting.understanding.course.frames import unframed
from reporting.understanding.outcome import Record
from reporting.understanding.understand import understand
from tests.unit.understanding_office import INDEX, ROADS


@pytest.mark.parametrize(
    ("text", "report"),
    [
        ("王工 9:12\n危桥改了9座\n王工 9:13\n公路80公里", "危桥改了9座\n公路80公里"),
        ("交通局-刘 2026-06-12 09:15:22\n危桥改了9座", "危桥改了9座"),
        ("[2026/6/12 9:15] 小周:\n危桥改了9座", "危桥改了9座"),
        ("“重点工作群”的聊天记录\n危桥改了9座", "危桥改了9座"),
        ("危桥改了9座\n填报人：小陈\n联系电话：13800001234", "危桥改了9座"),
        ("报送单位：交通局\n报送时间：6月20日\n危桥改了9座", "危桥改了9座"),
        ("危桥改了9座。妥否，请审阅。交通局 6月20日", "危桥改了9座。"),
        ("危桥改了9座。张伟，2026.6.20", "危桥改了9座。"),
        ("危桥改了9座。以上请审阅，谢谢！", "危桥改了9座。"),
        ("⚠️问题：缺钢材；📅下步：催货", "问题：缺钢材；下步：催货"),
        ("危桥改了9座🎉公路通了80公里💪铁路在铺轨", "危桥改了9座；公路通了80公里；铁路在铺轨"),
    ],
)
def test_what_stands_around_a_report_is_left_out(text: str, report: str) -> None:
    assert unframed(text) == report


@pytest.mark.parametrize(
    "text",
    [
        "谢谢",
        "特此报告。",
        "王工 9:12",
        "危桥9座✅公路80公里",
        "明天9:30开会",
        "截至6月20日",
        "危桥改了9座；投资增11.8",
        "危桥改了9座。铺油改到10月12日",
        "🎉🎉",
    ],
)
def test_what_is_all_there_is_stays(text: str) -> None:
    assert unframed(text) == text


@given(st.text("王工 9:12\n。谢谢6月20日🎉填报人：", max_size=60))
def test_something_is_always_left(text: str) -> None:
    assert unframed(text).strip() or not text.strip()


def test_several_messages_glued_together_are_read_as_one() -> None:
    glued = "王工 9:12\n危桥改了9座\n\n王工 9:13\n农村公路修了80公里，沥青没到货\n联系人：王工"
    outcome = understand(glued, INDEX, ROADS)
    assert isinstance(outcome, Record)
    assert [item.task for item in outcome.items] == ["A-2", "A-1"]
    assert outcome.items[1].facts.problem == "沥青没到货"
