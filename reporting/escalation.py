"""The escalation ladder (升级): who is asked next when a report is still owed after the cutoff.

联络员 → B角 → 科室负责人 → 单位主要负责人 → 分管领导, each after a wait in working days. Any report
stops it. Only who was reached can be late: a wait runs from the moment a message was delivered.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from reporting.calendar import WorkCalendar
from reporting.liaison import Rung
from reporting.reminders import may_remind
from reporting.round import Round, RoundRules
from reporting.task import Task
from reporting.wording import moment_words, task_words


@dataclass(frozen=True, slots=True, kw_only=True)
class EscalationRules:
    """Working days: `grace` after the cutoff before the first rung, then a wait on each rung.

    `last` is the highest rung this office allows.
    """

    grace: int = 1
    wait: int = 1
    last: Rung = Rung.LEADER


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A rung that was asked; `reached_at` is when the message was delivered, None: it was not."""

    rung: Rung
    reached_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What one unit owes in a round; `people` are the rungs it has, without those on leave.

    `asked` is in order. The case is over when nothing is owed any more: then there is none.
    """

    round: Round
    people: frozenset[Rung]
    asked: tuple[Asked, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """By which calendar days are counted and at which hours anybody may be written to."""

    rules: RoundRules
    calendar: WorkCalendar


def next_rung(case: Case, now: datetime, rules: EscalationRules, hours: Hours) -> Rung | None:
    """The one rung to ask now, or None: it is too early, somebody was not reached, or the end.

    It stays due until it is asked: claiming (round, unit, rung) makes it happen once.
    """
    rung = _rung_after(case, rules)
    if rung is None or not may_remind(now, case.round, hours.rules, hours.calendar):
        return None
    moment = due_moment(case, rung, rules, hours)
    return rung if moment is not None and now >= moment else None


def due_moment(case: Case, rung: Rung, rules: EscalationRules, hours: Hours) -> datetime | None:
    """When the next rung falls due; None while the wait before it has not begun."""
    if not case.asked:
        return _later(case.round.cutoff_at, rules.grace, hours)
    before = case.asked[-1]
    if before.reached_at is not None:
        return _later(before.reached_at, rules.wait, hours)
    # A deputy stands in at once; nobody is reported to his head for a message that never came.
    stands_in = before.rung is Rung.LIAISON and rung is Rung.DEPUTY
    return case.round.cutoff_at if stands_in else None


def escalation_ladder(
    case: Case, rules: EscalationRules, hours: Hours
) -> tuple[tuple[Rung, datetime], ...]:
    """The whole ladder of a unit that is always reached and never answers (for the rehearsal)."""
    steps: list[tuple[Rung, datetime]] = []
    while (rung := _rung_after(case, rules)) is not None:
        moment = due_moment(case, rung, rules, hours)
        if moment is None:
            break
        steps.append((rung, moment))
        asked = (*case.asked, Asked(rung=rung, reached_at=moment))
        case = Case(round=case.round, people=case.people, asked=asked)
    return tuple(steps)


def phone_list(cases: Sequence[tuple[str, Case]]) -> tuple[tuple[str, Rung], ...]:
    """Whom to ring in which unit (送达才算数): everybody who was asked and not reached."""
    return tuple(
        (unit, asked.rung) for unit, case in cases for asked in case.asked if not asked.reached_at
    )


def working_days_late(
    reported_at: datetime, this_round: Round, reached_at: datetime | None, calendar: WorkCalendar
) -> int:
    """How late a report is; 0 for who was never reached, and the clock starts when he was."""
    if reached_at is None:
        return 0
    return calendar.working_days_late(max(this_round.cutoff_at, reached_at), reported_at)


def compose_escalation(
    rung: Rung, unit: str, owed: Sequence[Task], this_round: Round, desk: str
) -> str:
    """One merged message to a rung: what is owed, since when, and how to settle it; no threat."""
    cutoff = moment_words(this_round.cutoff_at)
    lines = [task_words(task.code, task.title) for task in owed]
    head = f"{unit}{this_round.label}进展还有{len(owed)}项未报（{cutoff}截止）："
    return "\n".join((head, *lines, _request(rung, desk)))


def _request(rung: Rung, desk: str) -> str:
    contact = f"如有困难请联系{desk}。"
    if rung in {Rung.LIAISON, Rung.DEPUTY}:
        return f"请直接回复一句话补报；{contact}"
    if rung is Rung.LEADER:
        return f"已逐级提醒，尚未收到进展，请知悉。联系人：{desk}。"
    return f"联络员尚未补报，请协助督促；{contact}"


def _rung_after(case: Case, rules: EscalationRules) -> Rung | None:
    """The next person the unit has, up to the last rung allowed."""
    order = list(Rung)
    start = order.index(case.asked[-1].rung) + 1 if case.asked else 0
    allowed = order[start : order.index(rules.last) + 1]
    return next((rung for rung in allowed if rung in case.people), None)


def _later(moment: datetime, days: int, hours: Hours) -> datetime:
    """The morning after so many whole working days, the first day not counted (民法典第201条)."""
    day = hours.calendar.add_working_days(moment.date(), days + 1)
    return datetime.combine(day, hours.rules.remind_at, moment.tzinfo)
