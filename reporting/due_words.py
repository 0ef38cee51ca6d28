"""Days as leaders name them (“周五前”, “3个工作日内”, “月底前”), resolved by the calendar."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta

from reporting.calendar import OFFICE_ZONE, WorkCalendar

_DIGITS = {word: number for number, word in enumerate("一二三四五六七八九十", 1)} | {"两": 2}
_NUMBER = r"([0-9]{1,2}|[一二两三四五六七八九十])"
_WEEKDAY = re.compile(r"(下+|本|这)?(?:个)?(?:周|星期|礼拜)([一二三四五六日天末])")
_WORKING_DAYS = re.compile(rf"{_NUMBER}个?工作日")
_DAYS = re.compile(rf"{_NUMBER}[天日](?:之?内|以内)")
_WEEKS = re.compile(rf"{_NUMBER}(?:周|个星期)(?:之?内|以内)")
_DATE = re.compile(r"(?:([0-9]{1,2})月)?([0-9]{1,2})[日号](?!内|以内|之内)")
_YEAR_DATE = re.compile(
    r"(?:(20[0-9]{2})|([明今]))年([0-9]{1,2})月(?:([0-9]{1,2})[日号]|[底末])"
    r"|(20[0-9]{2})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})"
)
_MONTH_END = re.compile(r"(下)?个?([0-9]{1,2})?月(?:底|末)")
_NEAR = re.compile(r"今天|今日|当天|明天|明日|后天")
_NEAR_DAYS = {"今天": 0, "今日": 0, "当天": 0, "明天": 1, "明日": 1, "后天": 2}


def read_due_day(text: str, now: datetime, calendar: WorkCalendar) -> date | None:
    """The first day the text names, moved to the working day before if nobody works then.

    None if it names none. A weekday is the coming one: on a Saturday 周五 is next week's. A day
    that moving would put into the past stays as it was said.
    """
    today = now.astimezone(OFFICE_ZONE).date()
    named = [
        (found.start(), day)
        for pattern, read in _READERS
        if (found := pattern.search(text)) and (day := read(found, today, calendar))
    ]
    if not named:
        return None
    _, day = min(named)
    moved = calendar.working_day_on_or_before(day)
    return moved if moved >= today else day


def _number(word: str) -> int:
    return int(word) if word.isdigit() else _DIGITS[word]


def _working_days(found: re.Match[str], today: date, calendar: WorkCalendar) -> date:
    return calendar.add_working_days(today, _number(found[1]))


def _days(found: re.Match[str], today: date, _: WorkCalendar) -> date:
    return today + timedelta(days=_number(found[1]))


def _weeks(found: re.Match[str], today: date, _: WorkCalendar) -> date:
    return today + timedelta(weeks=_number(found[1]))


def _near(found: re.Match[str], today: date, _: WorkCalendar) -> date:
    return today + timedelta(days=_NEAR_DAYS[found[0]])


def _weekday(found: re.Match[str], today: date, _: WorkCalendar) -> date:
    """下周五 is Friday of next week; 周五 and 本周五 the coming one."""
    wanted = "一二三四五六日".find(found[2].replace("天", "日").replace("末", "五"))
    monday = today - timedelta(days=today.weekday())
    ahead = len(found[1]) if found[1] and found[1].startswith("下") else 0
    day = monday + timedelta(days=7 * ahead + wanted)
    return day if day >= today else day + timedelta(days=7)


def _month_end(found: re.Match[str], today: date, _: WorkCalendar) -> date | None:
    """月底 of this month, of the next, or of a named one; None for a month there is not."""
    month = int(found[2]) if found[2] else today.month
    if not 1 <= month <= 12:
        return None
    year = today.year + (month < today.month)
    months = month + (1 if found[1] else 0)
    return date(year + months // 12, months % 12 + 1, 1) - timedelta(days=1)


def _date(found: re.Match[str], today: date, _: WorkCalendar) -> date | None:
    """A day of a month: the coming one; None for a day the month lacks."""
    month, day = int(found[1] or today.month), int(found[2])
    try:
        named = date(today.year, month, day)
        if named >= today:
            return named
        if found[1]:
            return date(today.year + 1, month, day)
        return date(today.year + month // 12, month % 12 + 1, day)
    except ValueError:
        return None


def _year_date(found: re.Match[str], today: date, _: WorkCalendar) -> date | None:
    """A day with its year, 2027年3月31日 or 2027-03-31; 明年6月底 is that month's last day."""
    year = int(found[1] or found[5] or today.year + (found[2] == "明"))
    month, day = int(found[3] or found[6]), found[4] or found[7]
    try:
        first = date(year, month, int(day or 1))
    except ValueError:
        return None
    if day:
        return first
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


_READERS: tuple[
    tuple[re.Pattern[str], Callable[[re.Match[str], date, WorkCalendar], date | None]], ...
] = (
    (_WORKING_DAYS, _working_days),
    (_DAYS, _days),
    (_WEEKS, _weeks),
    (_NEAR, _near),
    (_WEEKDAY, _weekday),
    (_YEAR_DATE, _year_date),
    (_MONTH_END, _month_end),
    (_DATE, _date),
)
