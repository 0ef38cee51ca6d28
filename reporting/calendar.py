"""Statutory working days: holidays and make-up days (调休) as the State Council announces them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from chinese_calendar.constants import holidays, workdays

OFFICE_ZONE = ZoneInfo("Asia/Shanghai")
_ONE_DAY = timedelta(days=1)
_SATURDAY = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkCalendar:
    """Which days count; `overrides` are an office's own days (True: worked, False: off)."""

    overrides: Mapping[date, bool] = field(default_factory=dict)

    def is_working_day(self, day: date) -> bool:
        """Whether the office works; a year without data falls back to Monday to Friday."""
        if day in self.overrides:
            return self.overrides[day]
        return day in workdays or (day.weekday() < _SATURDAY and day not in holidays)

    def knows(self, year: int) -> bool:
        """Whether the year's arrangement is known; National Day is in every announced one."""
        return date(year, 10, 1) in holidays

    def working_day_on_or_before(self, day: date) -> date:
        """The day itself if worked, else the last working day before it."""
        while not self.is_working_day(day):
            day -= _ONE_DAY
        return day

    def working_day_on_or_after(self, day: date) -> date:
        """The day itself if worked, else the next working day."""
        while not self.is_working_day(day):
            day += _ONE_DAY
        return day

    def add_working_days(self, day: date, count: int) -> date:
        """The working day `count` working days later (earlier if negative); 0 is the day itself."""
        step = _ONE_DAY if count > 0 else -_ONE_DAY
        remaining = abs(count)
        while remaining:
            day += step
            remaining -= self.is_working_day(day)
        return day

    def working_days_between(self, start: date, end: date) -> int:
        """How many working days lie after `start` up to and including `end`; 0 if none."""
        days = range(start.toordinal() + 1, end.toordinal() + 1)
        return sum(map(self.is_working_day, map(date.fromordinal, days)))

    def working_days_late(self, due: datetime, now: datetime) -> int:
        """Whole working days since `due`: a day counts once its own hour of `due` has struck.

        Due 30 September 17:00 is 0 days late all through the holiday and 1 day late at 17:00 on
        the first working day after it, so nobody is late for days on which nobody worked.
        """
        local = now.astimezone(due.tzinfo)
        late = self.working_days_between(due.date(), local.date())
        pending = local.time() < due.time() and self.is_working_day(local.date())
        return max(0, late - pending)


def unknown_year_warning(year: int) -> str:
    """What the operator is told about a year whose arrangement (放假安排) is not known."""
    return (
        f"没有{year}年的节假日安排，暂按周一至周五为工作日计算。"
        "国务院办公厅公布安排后，请更新节假日数据，或自行登记放假与调休日期。"
    )
