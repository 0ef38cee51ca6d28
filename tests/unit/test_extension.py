"""More time may be asked for before the due date, with a date and a reason."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reporting.calendar import OFFICE_ZONE, WorkCalendar
from reporting.errors import AnswerRefused
from reporting.extension import compose_extension_received, request_extension
from reporting.task import Task

CALENDAR = WorkCalendar()
NOW = datetime(2026, 6, 25, 10, tzinfo=OFFICE_ZONE)
ROAD = Task(code="64", title="新改建农村公路130公里", due=date(2026, 9, 30))


def test_a_request_in_time_is_kept_and_changes_nothing_yet() -> None:
    request = request_extension(ROAD, "申请延期到11月30日，因6月汛期停工20天", NOW, CALENDAR)
    assert (request.from_day, request.to_day) == (date(2026, 9, 30), date(2026, 11, 30))
    assert request.reason == "6月汛期停工20天"
    assert compose_extension_received(request, ROAD, "督查室") == (
        "已收到延期申请：第64项 新改建农村公路130公里，由2026年9月30日（周三）延至"
        "2026年11月30日（周一），原因：6月汛期停工20天。\n"
        "督查室批复前仍按原时限掌握，本月进展照常报送。"
    )


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("申请延期，因汛期停工", "延期到哪一天"),
        ("延到11月30日", "延期原因"),
        ("延到8月30日，因汛期停工", "不晚于现有时限"),
    ],
)
def test_what_is_missing_is_named(words: str, why: str) -> None:
    with pytest.raises(AnswerRefused, match=why):
        request_extension(ROAD, words, NOW, CALENDAR)


def test_a_task_without_a_date_needs_no_extension() -> None:
    endless = Task(code="5", title="持续优化营商环境")
    with pytest.raises(AnswerRefused, match="没有明确的完成时限"):
        request_extension(endless, "延到11月30日，因汛期", NOW, CALENDAR)


def test_a_late_request_is_refused_with_the_working_days_gone() -> None:
    after = datetime(2026, 10, 9, 9, tzinfo=OFFICE_ZONE)
    with pytest.raises(AnswerRefused, match="已过（2个工作日）"):
        request_extension(ROAD, "延到11月30日，因汛期停工", after, CALENDAR)


@settings(deadline=None)
@given(days=st.integers(-60, 60))
def test_the_due_date_itself_is_the_last_day_to_ask(days: int) -> None:
    now = datetime(2026, 9, 30, 23, 59, tzinfo=OFFICE_ZONE) + timedelta(days=days)
    words = "延到12月31日，因汛期停工"
    if days <= 0:
        assert request_extension(ROAD, words, now, CALENDAR).to_day == date(2026, 12, 31)
    else:
        with pytest.raises(AnswerRefused):
            request_extension(ROAD, words, now, CALENDAR)
