"""Rounds: when a month opens and closes, and which one a moment belongs to."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reporting.calendar import OFFICE_ZONE, WorkCalendar
from reporting.errors import UserMistake
from reporting.round import RoundRules, open_round, round_of

CALENDAR = WorkCalendar()
RULES = RoundRules(cutoff_day=25)
MONTHS = st.tuples(st.integers(2024, 2026), st.integers(1, 12))


def cutoff_of(year: int, month: int, rules: RoundRules = RULES) -> date:
    return open_round(year, month, rules, CALENDAR).cutoff_at.date()


def test_a_round_closes_on_its_day_at_its_hour() -> None:
    june = open_round(2026, 6, RULES, CALENDAR)
    assert june.label == "2026年6月"
    assert june.key == "2026-06"
    assert june.opens_at == datetime(2026, 6, 1, tzinfo=OFFICE_ZONE)
    assert june.cutoff_at == datetime(2026, 6, 25, 18, tzinfo=OFFICE_ZONE)


def test_a_cutoff_on_a_day_off_moves_to_the_working_day_before() -> None:
    assert cutoff_of(2026, 7) == date(2026, 7, 24)
    assert cutoff_of(2026, 2, RoundRules(cutoff_day=20)) == date(2026, 2, 14)


def test_the_office_may_keep_a_cutoff_on_a_day_off() -> None:
    assert cutoff_of(2026, 7, RoundRules(cutoff_day=25, move_to_working_day=False)) == date(
        2026, 7, 25
    )


def test_a_day_the_month_lacks_becomes_its_last() -> None:
    end_of_month = RoundRules(cutoff_day=31)
    assert cutoff_of(2026, 4, end_of_month) == date(2026, 4, 30)
    assert cutoff_of(2024, 2, end_of_month) == date(2024, 2, 29)


def test_a_cutoff_inside_a_long_holiday_never_falls_before_its_opening() -> None:
    assert cutoff_of(2025, 10, RoundRules(cutoff_day=5)) == date(2025, 10, 9)


@settings(deadline=None)
@given(month=MONTHS, day=st.integers(2, 31))
def test_every_cutoff_is_a_working_day_within_its_round(month: tuple[int, int], day: int) -> None:
    this_round = open_round(*month, RoundRules(cutoff_day=day), CALENDAR)
    assert CALENDAR.is_working_day(this_round.cutoff_at.date())
    assert this_round.opens_at < this_round.cutoff_at


@settings(deadline=None)
@given(
    moment=st.datetimes(datetime(2024, 2, 1), datetime(2026, 11, 1)),  # noqa: DTZ001
    opens=st.integers(1, 24),
)
def test_every_moment_belongs_to_the_one_round_open_then(moment: datetime, opens: int) -> None:
    rules = RoundRules(cutoff_day=25, opens_day=opens)
    aware = moment.replace(tzinfo=OFFICE_ZONE)
    this_round = round_of(aware, rules, CALENDAR)
    following = this_round.opens_at.date() + timedelta(days=32)
    after = open_round(following.year, following.month, rules, CALENDAR)
    assert this_round.opens_at <= aware < after.opens_at


def test_a_late_report_belongs_to_the_round_before_the_next_opens() -> None:
    rules = RoundRules(cutoff_day=25, opens_day=5)
    assert round_of(datetime(2026, 7, 4, 23, tzinfo=OFFICE_ZONE), rules, CALENDAR).month == 6
    assert round_of(datetime(2026, 7, 5, 0, tzinfo=OFFICE_ZONE), rules, CALENDAR).month == 7
    new_year = round_of(datetime(2026, 1, 2, tzinfo=OFFICE_ZONE), rules, CALENDAR)
    assert (new_year.year, new_year.month) == (2025, 12)


@pytest.mark.parametrize(
    ("opens_day", "cutoff_day", "word"), [(1, 32, "截止日"), (6, 5, "开始报送日")]
)
def test_impossible_days_are_refused(opens_day: int, cutoff_day: int, word: str) -> None:
    with pytest.raises(UserMistake, match=word):
        RoundRules(opens_day=opens_day, cutoff_day=cutoff_day)


def test_reminders_after_the_cutoff_or_in_quiet_hours_are_refused() -> None:
    with pytest.raises(UserMistake, match="截止前"):
        RoundRules(cutoff_day=25, reminder_days=(3, -1))
    with pytest.raises(UserMistake, match="免打扰"):
        RoundRules(cutoff_day=25, remind_at=time(21))


def test_quiet_hours_may_run_over_midnight_or_within_a_day() -> None:
    assert RULES.is_quiet(time(23))
    assert RULES.is_quiet(time(6))
    assert not RULES.is_quiet(time(8, 30))
    noon = RoundRules(cutoff_day=25, quiet_from=time(12), quiet_until=time(14))
    assert noon.is_quiet(time(13))
    assert not noon.is_quiet(time(22))
