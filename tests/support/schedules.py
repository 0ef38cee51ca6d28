"""Random rounds lived through by a service with outages: what it would have sent, and when."""

import random
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from reporting.calendar import WorkCalendar
from reporting.errors import UserMistake
from reporting.escalation import Asked, Case, EscalationRules, Hours, next_rung
from reporting.liaison import Rung
from reporting.reminders import ReminderStep, due_step, ladder
from reporting.round import Round, RoundRules, open_round

CALENDAR = WorkCalendar()
YEARS = (2024, 2025, 2026)
TICKS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """One round under rules at random, and the moments at which the service was up."""

    round: Round
    rules: RoundRules
    escalation: EscalationRules
    people: frozenset[Rung]
    ticks: tuple[datetime, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lived:
    """What was sent of a schedule, each with its moment."""

    steps: tuple[tuple[ReminderStep, datetime], ...]
    rungs: tuple[tuple[Rung, datetime], ...]


def random_schedule(chance: random.Random) -> Schedule:
    """A round of the three years; the service is down over its cutoff for a day or longer."""
    while True:
        try:
            rules = _rules(chance)
            this = open_round(chance.choice(YEARS), chance.randint(1, 12), rules, CALENDAR)
        except UserMistake:
            continue
        return Schedule(
            round=this,
            rules=rules,
            escalation=EscalationRules(
                grace=chance.randint(0, 3), waits=tuple(chance.randint(0, 3) for _ in range(4))
            ),
            people=frozenset(rung for rung in Rung if chance.random() < 0.8),
            ticks=_ticks(chance, this),
        )


def live(schedule: Schedule) -> Lived:
    """What a service does that strikes at these moments, every message reached, none answered."""
    hours = Hours(rules=schedule.rules, calendar=CALENDAR)
    claimed: dict[ReminderStep, datetime] = {}
    rungs: list[tuple[Rung, datetime]] = []
    case = Case(round=schedule.round, people=schedule.people)
    # Two replicas strike at every moment: the second finds everything claimed.
    for now in (moment for tick in schedule.ticks for moment in (tick, tick)):
        step = due_step(now, schedule.round, schedule.rules, CALENDAR)
        if step is not None:
            claimed.setdefault(step, now)
        rung = next_rung(case, now, schedule.escalation, hours)
        if rung is not None and now > schedule.round.cutoff_at:
            rungs.append((rung, now))
            case = replace(case, asked=(*case.asked, Asked(rung=rung, reached_at=now)))
    return Lived(steps=tuple(claimed.items()), rungs=tuple(rungs))


def faults(schedule: Schedule, lived: Lived) -> list[str]:
    """Whatever was sent twice, late, early, at night, on a day off or out of order."""
    return _step_faults(schedule, lived) + _rung_faults(schedule, lived)


def _step_faults(schedule: Schedule, lived: Lived) -> list[str]:
    planned = dict(ladder(schedule.round, schedule.rules, CALENDAR))
    found = [
        f"{step.name} at {moment}"
        for step, moment in lived.steps
        if not _is_civil(moment, schedule.rules)
        or moment >= schedule.round.cutoff_at
        or moment < planned[step]
    ]
    order = [step.days_before for step, _ in lived.steps]
    if order != sorted(order, reverse=True):
        found.append(f"steps out of order: {order}")
    moments = sorted(planned.values())
    for step, begins in planned.items():
        ends = next((m for m in moments if m > begins), schedule.round.cutoff_at)
        seen = any(begins <= t < ends and _is_civil(t, schedule.rules) for t in schedule.ticks)
        if seen != (step in dict(lived.steps)):
            found.append(f"{step.name} sent: {not seen}, service up: {seen}")
    return found


def _rung_faults(schedule: Schedule, lived: Lived) -> list[str]:
    rungs = [rung for rung, _ in lived.rungs]
    order = [rung for rung in Rung if rung in schedule.people]
    found = [] if rungs == order[: len(rungs)] else [f"rungs out of order: {rungs}"]
    before, wait = schedule.round.cutoff_at, schedule.escalation.grace
    for rung, moment in lived.rungs:
        passed = CALENDAR.working_days_between(before.date(), moment.date())
        if passed <= wait or not _is_civil(moment, schedule.rules):
            found.append(f"{rung.value} at {moment}: {passed} working days after {before}")
        before, wait = moment, schedule.escalation.wait_on(rung) if rung is not order[-1] else 0
    return found


def _is_civil(moment: datetime, rules: RoundRules) -> bool:
    works = rules.remind_on_days_off or CALENDAR.is_working_day(moment.date())
    return works and moment.time() >= rules.remind_at and not rules.is_quiet(moment.time())


def _rules(chance: random.Random) -> RoundRules:
    return RoundRules(
        cutoff_day=chance.randint(2, 31),
        cutoff_time=time(chance.randint(9, 20), chance.choice((0, 30))),
        move_to_working_day=chance.random() < 0.8,
        reminder_days=tuple(chance.sample(range(11), chance.randint(0, 5))),
        remind_at=time(chance.randint(8, 10), 30),
        quiet_from=time(chance.randint(18, 22)),
        quiet_until=time(chance.randint(6, 8), 30),
        remind_on_days_off=chance.random() < 0.1,
    )


def _ticks(chance: random.Random, this: Round) -> tuple[datetime, ...]:
    """Moments at random around a round, none within half a day of its cutoff."""
    down = timedelta(hours=chance.randint(12, 96))
    span = (this.cutoff_at - this.opens_at) + timedelta(days=40)
    drawn = (
        this.opens_at + timedelta(minutes=chance.randrange(int(span.total_seconds() // 60)))
        for _ in range(TICKS)
    )
    return tuple(sorted(t for t in drawn if abs(t - this.cutoff_at) > down / 2))
