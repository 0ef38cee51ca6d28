"""The escalation ladder (升级): who is asked next when a report is still owed after the cutoff.

联络员 → B角 → 科室负责人 → 单位主要负责人 → 分管领导, each after a wait in working days. Any report
stops it. Only who was reached can be late: a wait runs from the moment a message was delivered.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from reporting.calendar import OFFICE_ZONE, WorkCalendar
from reporting.guards import Policy
from reporting.liaison import Rung
from reporting.reminders import may_remind
from reporting.round import Round, RoundRules
from reporting.task import Task
from reporting.wording import moment_words, task_words

# One wait for each rung that has another above it.
ONE_DAY_EACH = (1, 1, 1, 1)
_OWN_PEOPLE = frozenset({Rung.LIAISON, Rung.DEPUTY})


@dataclass(frozen=True, slots=True, kw_only=True)
class EscalationRules:
    """Working days: `grace` after the cutoff before the first rung, then one of `waits` on each.

    `last` is the highest rung this office allows.
    """

    grace: int = 1
    waits: tuple[int, ...] = ONE_DAY_EACH
    last: Rung = Rung.LEADER

    def wait_on(self, rung: Rung) -> int:
        """How many whole working days a rung has for its answer."""
        return self.waits[list(Rung).index(rung)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A rung that was asked; `reached_at` is when the message was delivered, None: it was not.

    `under_way`: the platform has not said yet.
    """

    rung: Rung
    reached_at: datetime | None = None
    asked_at: datetime | None = None
    under_way: bool = False


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


def rules_of(policy: Policy) -> EscalationRules:
    """The ladder as an office has set it."""
    return EscalationRules(
        grace=policy.escalation_grace,
        waits=policy.escalation_waits,
        last=policy.escalates_to,
    )


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
    first = _later(case.round.cutoff_at, rules.grace, hours)
    if not case.asked:
        # Nobody is reported to his head who was never asked himself.
        return first if rung in _OWN_PEOPLE else None
    before = case.asked[-1]
    if before.reached_at is not None:
        return _later(before.reached_at, rules.wait_on(before.rung), hours)
    # A deputy stands in at once; nobody is reported to his head for a message that never came.
    stands_in = before.rung is Rung.LIAISON and rung is Rung.DEPUTY and not before.under_way
    return first if stands_in else None


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


def working_days_late(
    reported_at: datetime, this_round: Round, reached_at: datetime | None, calendar: WorkCalendar
) -> int:
    """How late a report is; 0 for who was never reached, and the clock starts when he was."""
    if reached_at is None:
        return 0
    return calendar.working_days_late(max(this_round.cutoff_at, reached_at), reported_at)


def compose_escalation(
    rung: Rung, owed: Mapping[str, Sequence[Task]], this_round: Round, desk: str
) -> str:
    """One merged message to a person: what his units owe, since when, how to settle it; no threat.

    `owed` is by unit.
    """
    cutoff = moment_words(this_round.cutoff_at)
    lines: list[str] = []
    for unit, tasks in owed.items():
        lines.append(f"{unit}{this_round.label}进展还有{len(tasks)}项未报（{cutoff}截止）：")
        lines += [task_words(task.code, task.title) for task in tasks]
    return "\n".join((*lines, _request(rung, desk)))


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
    # What a database tells is in its own zone: the day is the office's.
    local = moment.astimezone(OFFICE_ZONE)
    day = hours.calendar.add_working_days(local.date(), days + 1)
    return datetime.combine(day, hours.rules.remind_at, OFFICE_ZONE)
