"""The reminder ladder (催报): which step is due, and its one merged message."""

from dataclasses import dataclass
from datetime import datetime

from reporting.calendar import WorkCalendar
from reporting.round import Round, RoundRules
from reporting.task import Task
from reporting.wording import cutoff_words, example_reply, task_words


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class ReminderStep:
    """One step of the ladder, so many working days before the cutoff."""

    days_before: int

    @property
    def name(self) -> str:
        """The step as people call it: T-5."""
        return f"T-{self.days_before}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """What one liaison still owes in a round; `contact` is where to ask a person."""

    liaison: str
    owed: tuple[Task, ...]
    round: Round
    step: ReminderStep
    contact: str = ""


RUSH_MINUTES = 3


def is_rush(now: datetime) -> bool:
    """Whether it has just struck the hour or half hour.

    Everybody's messages go out then: the platforms ask not to send at those times [D 90312].
    """
    return now.minute % 30 < RUSH_MINUTES


def step_moment(
    step: ReminderStep, this_round: Round, rules: RoundRules, calendar: WorkCalendar
) -> datetime:
    """When a step falls due: on its working day before the cutoff, at the hour for reminding."""
    last = calendar.working_day_on_or_before(this_round.cutoff_at.date())
    day = calendar.add_working_days(last, -step.days_before)
    return datetime.combine(day, rules.remind_at, this_round.cutoff_at.tzinfo)


def ladder(
    this_round: Round, rules: RoundRules, calendar: WorkCalendar
) -> tuple[tuple[ReminderStep, datetime], ...]:
    """Every step of a round with its moment, in order; none before the opening or after the end."""
    steps = sorted({ReminderStep(days_before=days) for days in rules.reminder_days}, reverse=True)
    moments = ((step, step_moment(step, this_round, rules, calendar)) for step in steps)
    return tuple(
        (step, moment)
        for step, moment in moments
        if this_round.opens_at <= moment < this_round.cutoff_at
    )


def due_step(
    now: datetime, this_round: Round, rules: RoundRules, calendar: WorkCalendar
) -> ReminderStep | None:
    """The one step due now; of several missed while the service was down only the latest.

    It stays due until the next one: claiming (round, liaison, step) makes it happen once.
    """
    if now >= this_round.cutoff_at or not may_remind(now, this_round, rules, calendar):
        return None
    due = [step for step, moment in ladder(this_round, rules, calendar) if moment <= now]
    return due[-1] if due else None


def may_remind(now: datetime, this_round: Round, rules: RoundRules, calendar: WorkCalendar) -> bool:
    """Whether a reminder may go out at this hour of this day."""
    local = now.astimezone(this_round.cutoff_at.tzinfo)
    works = rules.remind_on_days_off or calendar.is_working_day(local.date())
    # Before the day's own hour a step missed earlier could run just ahead of today's.
    return works and local.time() >= rules.remind_at and not rules.is_quiet(local.time())


def compose_reminder(reminder: Reminder, now: datetime, calendar: WorkCalendar) -> str:
    """One merged message: just what is still owed, until when, and how to answer."""
    example = example_reply(reminder.owed[0])
    person = f"，或联系{reminder.contact}" if reminder.contact else ""
    return "\n".join(
        (
            f"{reminder.liaison}您好，{reminder.round.label}进展还有{len(reminder.owed)}项未报：",
            *(task_words(task.code, task.title) for task in reminder.owed),
            f"截止时间：{cutoff_words(reminder.round, now, calendar)}。",
            f"直接回复一句话即可，如“{example}”，几项可以一起写。",
            f"有疑问请回复“帮助”{person}。",
        )
    )
