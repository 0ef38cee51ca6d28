"""Days named in a leader's words, on the calendar."""

from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reporting.calendar import OFFICE_ZONE, WorkCalendar
from reporting.due_words import read_due_day

CALENDAR = WorkCalendar()
THURSDAY = datetime(2026, 6, 25, 19, tzinfo=OFFICE_ZONE)
MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2026, 10, 1)).map(  # noqa: DTZ001
    lambda moment: moment.replace(tzinfo=OFFICE_ZONE)
)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("第3项请发改局周五前说明", date(2026, 6, 26)),
        ("本周五前报我", date(2026, 6, 26)),
        ("请于下周三前说明", date(2026, 7, 1)),
        ("下下周一前", date(2026, 7, 6)),
        ("周三前", date(2026, 7, 1)),
        ("周末前给我", date(2026, 6, 26)),
        ("3个工作日内反馈", date(2026, 6, 30)),
        ("两个工作日内", date(2026, 6, 29)),
        ("三日内", date(2026, 6, 26)),  # Sunday, so the Friday before
        ("两周内拿方案", date(2026, 7, 9)),
        ("明天上午", date(2026, 6, 26)),
        ("今天下班前", date(2026, 6, 25)),
        ("月底前", date(2026, 6, 30)),
        ("下个月底前", date(2026, 7, 31)),
        ("9月底前建成", date(2026, 9, 30)),
        ("3月底前", date(2027, 3, 31)),
        ("7月10日前全部开工", date(2026, 7, 10)),
        ("30号前", date(2026, 6, 30)),
        ("10号前", date(2026, 7, 10)),
        ("1月8日前", date(2027, 1, 8)),
        ("12月底前", date(2026, 12, 31)),
        ("10月8日前", date(2026, 10, 8)),
        ("7月18日前，最迟月底", date(2026, 7, 17)),
    ],
)
def test_a_named_day_is_found_and_is_a_working_day(text: str, day: date) -> None:
    assert read_due_day(text, THURSDAY, CALENDAR) == day


@pytest.mark.parametrize("text", ["请说明原因", "第3项请发改局说明", "13月底", "31月40日前", ""])
def test_a_text_without_a_day_names_none(text: str) -> None:
    assert read_due_day(text, THURSDAY, CALENDAR) is None


def test_a_holiday_is_not_moved_into_the_past() -> None:
    in_the_holiday = datetime(2026, 10, 2, 9, tzinfo=OFFICE_ZONE)
    assert read_due_day("明天前", in_the_holiday, CALENDAR) == date(2026, 10, 3)


@settings(deadline=None)
@given(
    now=MOMENTS,
    text=st.sampled_from(["周五前", "下周一前", "3个工作日内", "五日内", "月底前", "15号前"]),
)
def test_no_day_is_ever_in_the_past_or_far_away(now: datetime, text: str) -> None:
    day = read_due_day(text, now, CALENDAR)
    assert day is not None
    assert 0 <= (day - now.date()).days <= 31


@settings(deadline=None)
@given(
    text=st.text(alphabet="0123456789一二三十月日号周星期底内前下个工作天", max_size=12),
    now=MOMENTS,
)
def test_no_text_breaks_the_reader(text: str, now: datetime) -> None:
    day = read_due_day(text, now, CALENDAR)
    assert day is None or day >= now.date()
