"""Lateness and ladders over every day of three calendar years, and over random schedules."""

import random
from datetime import date, datetime, time, timedelta
from functools import cache

import pytest
from chinese_calendar import is_workday

from reporting.calendar import OFFICE_ZONE, WorkCalendar
from reporting.escalation import Case, EscalationRules, Hours, escalation_ladder
from reporting.liaison import Rung
from reporting.reminders import ladder
from reporting.round import RoundRules, open_round
from tests.support.schedules import faults, live, random_schedule

CALENDAR = WorkCalendar()
EVERY_DAY = [date(2024, 1, 1) + timedelta(days=number) for number in range(366 + 365 + 365)]
FIVE = time(17, 0)
SCHEDULES = 10_000


def at(day: date, moment: time = FIVE) -> datetime:
    return datetime.combine(day, moment, OFFICE_ZONE)


def working_days_after(due: date, until: date) -> int:
    """Counted by the library's own calendar, day by day."""
    days = range(due.toordinal() + 1, until.toordinal() + 1)
    return sum(is_worked(date.fromordinal(day)) for day in days)


@cache
def is_worked(day: date) -> bool:
    """By the library's own calendar; a year not yet announced has ordinary weeks."""
    return is_workday(day) if day.year <= EVERY_DAY[-1].year else day.weekday() < 5


def test_the_national_day_holiday_of_2025_makes_nobody_late() -> None:
    due = at(date(2025, 9, 30))
    late = {
        (day, hour): CALENDAR.working_days_late(due, at(date(2025, 10, day), time(hour)))
        for day in (1, 8, 9, 11)
        for hour in (16, 17)
    }
    assert late == {
        (1, 16): 0,
        (1, 17): 0,
        (8, 16): 0,
        (8, 17): 0,
        (9, 16): 0,
        (9, 17): 1,
        # Friday the 10th has passed, and Saturday the 11th is worked (调休).
        (11, 16): 2,
        (11, 17): 3,
    }


def test_lateness_is_counted_in_working_days_whatever_the_day() -> None:
    wrong = []
    for due in EVERY_DAY[:-20]:
        for ahead in (0, 1, 2, 3, 5, 9, 14, 20):
            now = due + timedelta(days=ahead)
            before = working_days_after(due, now - timedelta(days=1)) if ahead else 0
            whole = working_days_after(due, now)
            told = (
                CALENDAR.working_days_late(at(due), at(now, time(16, 59))),
                CALENDAR.working_days_late(at(due), at(now)),
            )
            if told != (before, whole):
                wrong.append((due, now, told))
    assert wrong == []


@pytest.mark.parametrize("year", [2024, 2025, 2026])
def test_ladders_stand_on_working_days_whatever_the_cutoff(year: int) -> None:
    wrong = []
    for day in (one for one in EVERY_DAY if one.year == year and one.day > 1):
        rules = RoundRules(cutoff_day=day.day)
        this = open_round(day.year, day.month, rules, CALENDAR)
        case = Case(round=this, people=frozenset(Rung))
        hours = Hours(rules=rules, calendar=CALENDAR)
        climbed = [moment for _, moment in escalation_ladder(case, EscalationRules(), hours)]
        # A month may close inside a holiday, for want of a working day before it.
        closes = CALENDAR.working_day_on_or_before(this.cutoff_at.date())
        for step, moment in ladder(this, rules, CALENDAR):
            if working_days_after(moment.date(), closes) != step.days_before:
                wrong.append((this.key, step.name, moment))
        for before, after in zip([this.cutoff_at, *climbed], climbed, strict=False):
            if working_days_after(before.date(), after.date()) != 2:
                wrong.append((this.key, "", after))
        wrong += [(this.key, "", m) for m in climbed if not is_worked(m.date())]
    assert wrong == []


def test_ten_thousand_random_schedules_send_each_step_once_and_none_at_a_wrong_time() -> None:
    chance = random.Random(20260601)
    sent = asked = 0
    for _ in range(SCHEDULES):
        schedule = random_schedule(chance)
        lived = live(schedule)
        assert faults(schedule, lived) == [], schedule
        sent += len(lived.steps)
        asked += len(lived.rungs)
    assert sent > SCHEDULES / 10
    assert asked > SCHEDULES / 2
