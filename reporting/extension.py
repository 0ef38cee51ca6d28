"""Asking for more time (延期申请): only before the due date, with a later date and a reason.

Asking changes nothing: the due date stays until a named person of the office agrees.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from reporting.calendar import OFFICE_ZONE, WorkCalendar
from reporting.due_words import read_due_day
from reporting.errors import AnswerRefused
from reporting.task import Task
from reporting.wording import code_in_command, code_words, full_day_words, task_words

_REASON = re.compile(r"(?:因为|由于|原因[是:：]?|理由[是:：]?|因)\s*([^，,。；;]{2,})")


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtensionRequest:
    """A request to move a task's due date, waiting for the office."""

    task: str
    from_day: date
    to_day: date
    reason: str
    asked_at: datetime


def request_extension(
    task: Task, words: str, now: datetime, calendar: WorkCalendar
) -> ExtensionRequest:
    """The request a liaison's words make; AnswerRefused says what is missing or too late."""
    due = _open_due_day(task, now, calendar)
    reason = _REASON.search(words)
    # A date inside the reason (“因6月汛期”) is not the date asked for.
    asked_for = words.replace(reason[0], "") if reason is not None else words
    to_day = read_due_day(asked_for, now, calendar)
    later = due + timedelta(days=60)
    example = f"如“延期 {code_in_command(task.code)} 到{later.month}月{later.day}日，因……”"
    if to_day is None:
        raise AnswerRefused(f"请写明申请延期到哪一天，{example}。")
    if to_day <= due:
        raise AnswerRefused(f"申请的日期不晚于现有时限{full_day_words(due)}，无需延期。")
    if reason is None:
        raise AnswerRefused(f"请写明延期原因，{example}。")
    return ExtensionRequest(
        task=task.code, from_day=due, to_day=to_day, reason=reason[1].strip(), asked_at=now
    )


def compose_extension_received(request: ExtensionRequest, task: Task, desk: str) -> str:
    """The request was kept; what holds until it is decided."""
    return (
        f"已收到延期申请：{task_words(task.code, task.title)}，"
        f"由{full_day_words(request.from_day)}延至{full_day_words(request.to_day)}，"
        f"原因：{request.reason}。\n"
        f"{desk}批复前仍按原时限掌握，本月进展照常报送。"
    )


def _open_due_day(task: Task, now: datetime, calendar: WorkCalendar) -> date:
    """The due date while it may still be moved."""
    if task.due is None:
        raise AnswerRefused(f"{code_words(task.code)}没有明确的完成时限，无需申请延期。")
    today = now.astimezone(OFFICE_ZONE).date()
    if today > task.due:
        late = calendar.working_days_between(task.due, today)
        raise AnswerRefused(
            f"{code_words(task.code)}完成时限{full_day_words(task.due)}已过（{late}个工作日），"
            "延期须在时限前申请；请如实报送进展和原因。"
        )
    return task.due
