"""Leave as liaisons tell of it: the days, who stands in, and what is no leave at all."""

from datetime import date

import pytest

from reporting.errors import AnswerRefused
from reporting.leave import Absence, Leave, compose_leave_kept, read_absence

MONDAY = date(2026, 6, 8)


def day(month: int, number: int) -> date:
    return date(2026, month, number)


@pytest.mark.parametrize(
    ("text", "starts", "ends", "stand_in"),
    [
        ("我12号到16号休假，找李四", day(6, 12), day(6, 16), "李四"),
        ("我12到16号休假找李四", day(6, 12), day(6, 16), "李四"),
        ("本人6月12日至16日请年假，由李小四代报。", day(6, 12), day(6, 16), "李小四"),
        ("6月30日-7月3日出差，有事联系王芳", day(6, 30), day(7, 3), "王芳"),
        ("我明天起出差三天", day(6, 9), day(6, 11), ""),
        ("我下周一到下周五外出培训，请找张明代报", day(6, 15), day(6, 19), "张明"),
        ("我5号到10号病假", day(6, 5), day(6, 10), ""),
        ("我28号到3号休假", day(6, 28), day(7, 3), ""),
        ("请假：后天", day(6, 10), day(6, 10), ""),
        ("我从7月1日开始休产假98天，李四顶替，由李四报", day(7, 1), day(10, 6), "李四"),
        ("我周五请假一天，让李四帮忙报", day(6, 12), day(6, 12), "李四"),
        ("我休假两周，由李四负责", day(6, 8), day(6, 21), "李四"),
    ],
)
def test_a_leave_is_read(text: str, starts: date, ends: date, stand_in: str) -> None:
    assert read_absence(text, MONDAY) == Absence(starts=starts, ends=ends, stand_in=stand_in)


@pytest.mark.parametrize("text", ["销假", "我提前回来上班了", "取消休假", "我已返岗。"])
def test_a_leave_is_called_off(text: str) -> None:
    assert read_absence(text, MONDAY) == Absence()


@pytest.mark.parametrize(
    "text",
    [
        "12号完成60%，工人放假到16号",
        "12号项目施工队休假，16号复工",
        "第3项正常推进",
        "12号 职工疗休养已请假审批完成",
        "我单位12号任务已完成",
        "学校放假期间完成12号工程",
        "调休方案已印发",
        "我的任务",
    ],
)
def test_what_tells_of_work_is_no_leave(text: str) -> None:
    assert read_absence(text, MONDAY) is None


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("我休假", "休到哪天"),
        ("我从12号开始休假", "休到哪天"),
        ("我6月31日到7月3日休假", "没有6月31日"),
        ("我6月1日到6月3日休假", "日期不对"),
    ],
)
def test_days_left_open_or_impossible_are_asked_for(text: str, why: str) -> None:
    with pytest.raises(AnswerRefused, match=why):
        read_absence(text, MONDAY)


def test_the_receipt_says_who_is_asked_and_from_when_it_is_over() -> None:
    leave = Leave(liaison_id=1, starts=day(6, 12), ends=day(6, 16), stand_in=2)
    told = compose_leave_kept(leave, ["李四"])
    assert told.startswith("已登记休假：6月12日（周五）至6月16日（周二）。")
    assert "发给李四" in told
    assert "6月17日（周三）起恢复" in told
    assert "没有登记B角" in compose_leave_kept(leave, [])
