"""The round (月调度): one month's reporting, from its opening to its cutoff."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time

from reporting.calendar import OFFICE_ZONE, WorkCalendar
from reporting.errors import UserMistake


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundRules:
    """An office's settings for its monthly rounds; every day count is in working days.

    A cutoff on a day off moves to the working day before it unless `move_to_working_day` is off.
    """

    cutoff_day: int
    cutoff_time: time = time(18, 0)
    move_to_working_day: bool = True
    opens_day: int = 1
    reminder_days: tuple[int, ...] = (5, 3, 1, 0)
    quiet_from: time = time(20, 0)
    quiet_until: time = time(8, 30)
    remind_at: time = time(9, 0)
    remind_on_days_off: bool = False

    def __post_init__(self) -> None:
        """Refuse settings under which no round or no reminder could ever happen."""
        if not 1 <= self.opens_day < self.cutoff_day <= 31:
            raise UserMistake("报送截止日须在1至31日之间，且晚于开始报送日。")
        if any(days < 0 for days in self.reminder_days):
            raise UserMistake("提醒只能在截止前发出，提前的工作日数不能为负。")
        if self.is_quiet(self.remind_at):
            raise UserMistake("提醒时间落在免打扰时段内，请调整其中之一。")

    def is_quiet(self, moment: time) -> bool:
        """Whether nobody is to be disturbed; the hours may run over midnight."""
        if self.quiet_from <= self.quiet_until:
            return self.quiet_from <= moment < self.quiet_until
        return moment >= self.quiet_from or moment < self.quiet_until


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """One month's reporting; replies after `cutoff_at` still count, as late ones."""

    year: int
    month: int
    opens_at: datetime
    cutoff_at: datetime

    @property
    def label(self) -> str:
        """The month as people write it: 2026年6月."""
        return f"{self.year}年{self.month}月"

    @property
    def key(self) -> str:
        """The month as machines write it: 2026-06."""
        return f"{self.year}-{self.month:02d}"


def open_round(year: int, month: int, rules: RoundRules, calendar: WorkCalendar) -> Round:
    """The round of a month under these rules."""
    opens_on = _day_of_month(year, month, rules.opens_day)
    cutoff_on = _day_of_month(year, month, rules.cutoff_day)
    if rules.move_to_working_day:
        cutoff_on = _moved_cutoff(opens_on, cutoff_on, calendar)
    return Round(
        year=year,
        month=month,
        opens_at=datetime.combine(opens_on, time.min, OFFICE_ZONE),
        cutoff_at=datetime.combine(cutoff_on, rules.cutoff_time, OFFICE_ZONE),
    )


def round_of(moment: datetime, rules: RoundRules, calendar: WorkCalendar) -> Round:
    """The round a moment belongs to: from one opening to the next, so late replies keep theirs."""
    local = moment.astimezone(OFFICE_ZONE)
    this_month = open_round(local.year, local.month, rules, calendar)
    if local >= this_month.opens_at:
        return this_month
    return round_before(this_month, rules, calendar)


def round_before(this: Round, rules: RoundRules, calendar: WorkCalendar) -> Round:
    """The round of the month before."""
    year, month = (this.year, this.month - 1) if this.month > 1 else (this.year - 1, 12)
    return open_round(year, month, rules, calendar)


def round_after(this: Round, rules: RoundRules, calendar: WorkCalendar) -> Round:
    """The round of the next month."""
    year, month = (this.year, this.month + 1) if this.month < 12 else (this.year + 1, 1)
    return open_round(year, month, rules, calendar)


def _day_of_month(year: int, month: int, day: int) -> date:
    """The day, or the month's last where the month is shorter."""
    return date(year, month, min(day, monthrange(year, month)[1]))


def _moved_cutoff(opens_on: date, cutoff_on: date, calendar: WorkCalendar) -> date:
    """The working day before a day off, but never a day before the round opens."""
    earlier = calendar.working_day_on_or_before(cutoff_on)
    # An early cutoff inside a long holiday would otherwise fall into the month before.
    return earlier if earlier >= opens_on else calendar.working_day_on_or_after(cutoff_on)
