"""Working days against the published arrangements, and lateness that is fair over holidays."""

from datetime import date, datetime, timedelta

import chinese_calendar
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reporting.calendar import OFFICE_ZONE, WorkCalendar, unknown_year_warning

STATUTORY = WorkCalendar()
DAYS = st.dates(date(2024, 1, 1), date(2026, 12, 31))
MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2026, 12, 31)).map(  # noqa: DTZ001
    lambda moment: moment.replace(tzinfo=OFFICE_ZONE)
)
BEFORE_NATIONAL_DAY = datetime(2025, 9, 30, 17, tzinfo=OFFICE_ZONE)


def every_day(first: date, last: date) -> list[date]:
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def test_every_day_of_three_years_agrees_with_the_published_arrangement() -> None:
    for day in every_day(date(2024, 1, 1), date(2026, 12, 31)):
        assert STATUTORY.is_working_day(day) == chinese_calendar.is_workday(day), day


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2024, 2, 4), True),  # 国办发明电〔2023〕7号: Sunday worked before Spring Festival
        (date(2024, 2, 9), True),  # New Year's Eve: days off only encouraged that year
        (date(2025, 1, 28), False),  # New Year's Eve a statutory holiday since 2025
        (date(2025, 9, 28), True),  # Sunday worked for National Day
        (date(2025, 10, 8), False),  # the last day of the eight
        (date(2025, 10, 11), True),  # Saturday worked
        (date(2026, 6, 19), False),  # Dragon Boat Festival
        (date(2026, 10, 10), True),  # Saturday worked
    ],
)
def test_announced_days_count_as_announced(day: date, works: bool) -> None:
    assert STATUTORY.is_working_day(day) is works


def test_a_year_without_data_falls_back_to_weekends_and_says_so() -> None:
    assert all(STATUTORY.knows(year) for year in range(2004, 2027))
    assert not STATUTORY.knows(2099)
    assert not STATUTORY.is_working_day(date(2099, 10, 3))
    assert STATUTORY.is_working_day(date(2099, 10, 1))
    assert "2099年" in unknown_year_warning(2099)


def test_an_office_may_add_days_of_its_own() -> None:
    flood = WorkCalendar(overrides={date(2026, 7, 18): True, date(2026, 7, 20): False})
    assert flood.is_working_day(date(2026, 7, 18))
    assert not flood.is_working_day(date(2026, 7, 20))
    assert flood.working_day_on_or_before(date(2026, 7, 20)) == date(2026, 7, 18)
    assert flood.working_day_on_or_after(date(2026, 7, 19)) == date(2026, 7, 21)


@settings(deadline=None)
@given(day=st.dates(date(2024, 1, 1), date(2026, 11, 30)), count=st.integers(-15, 15))
def test_adding_working_days_lands_so_many_working_days_away(day: date, count: int) -> None:
    landed = STATUTORY.add_working_days(day, count)
    start, end = sorted((day, landed))
    between = [d for d in every_day(start, end) if chinese_calendar.is_workday(d) and d != day]
    assert len(between) == abs(count)
    assert count == 0 or chinese_calendar.is_workday(landed)


@settings(deadline=None)
@given(start=DAYS, end=DAYS)
def test_days_between_are_counted_after_the_start_up_to_the_end(start: date, end: date) -> None:
    days = every_day(start + timedelta(days=1), end)
    assert STATUTORY.working_days_between(start, end) == sum(map(chinese_calendar.is_workday, days))


@pytest.mark.parametrize(
    ("now", "late"),
    [
        (datetime(2025, 9, 30, 16, 59, tzinfo=OFFICE_ZONE), 0),
        (datetime(2025, 10, 8, 0, 0, tzinfo=OFFICE_ZONE), 0),
        (datetime(2025, 10, 8, 23, 59, tzinfo=OFFICE_ZONE), 0),
        (datetime(2025, 10, 9, 16, 59, tzinfo=OFFICE_ZONE), 0),
        (datetime(2025, 10, 9, 17, 0, tzinfo=OFFICE_ZONE), 1),
        (datetime(2025, 10, 10, 17, 0, tzinfo=OFFICE_ZONE), 2),
        (datetime(2025, 10, 11, 17, 0, tzinfo=OFFICE_ZONE), 3),  # a Saturday that counts
        (datetime(2025, 10, 12, 23, 0, tzinfo=OFFICE_ZONE), 3),
        (datetime(2025, 10, 13, 17, 0, tzinfo=OFFICE_ZONE), 4),
    ],
)
def test_nobody_is_late_for_days_on_which_nobody_worked(now: datetime, late: int) -> None:
    assert STATUTORY.working_days_late(BEFORE_NATIONAL_DAY, now) == late


def test_a_sunday_worked_before_a_holiday_counts_as_late() -> None:
    friday = datetime(2025, 9, 26, 17, tzinfo=OFFICE_ZONE)
    sunday = datetime(2025, 9, 28, 17, tzinfo=OFFICE_ZONE)
    assert STATUTORY.working_days_late(friday, sunday) == 1


@settings(deadline=None)
@given(due=MOMENTS, now=MOMENTS, hours=st.integers(0, 400))
def test_lateness_never_shrinks_and_grows_a_day_at_a_time(
    due: datetime, now: datetime, hours: int
) -> None:
    earlier = STATUTORY.working_days_late(due, now)
    later = STATUTORY.working_days_late(due, now + timedelta(hours=hours))
    assert 0 <= earlier <= later <= earlier + hours // 24 + 1


@settings(deadline=None)
@given(due=MOMENTS, now=MOMENTS)
def test_lateness_is_the_number_of_working_days_whose_hour_has_struck(
    due: datetime, now: datetime
) -> None:
    moments = [
        datetime.combine(day, due.time(), OFFICE_ZONE)
        for day in every_day(due.date() + timedelta(days=1), now.date())
        if chinese_calendar.is_workday(day)
    ]
    assert STATUTORY.working_days_late(due, now) == sum(moment <= now for moment in moments)
