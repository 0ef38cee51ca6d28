"""Escalation: after the cutoff the next person of a unit that still owes is asked, each once."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime

from handlers.allowance import open_allowance
from handlers.conversation import desk_of, task_states
from handlers.on_duty import open_roster
from reporting.escalation import Asked, Case, Hours, compose_escalation, next_rung, rules_of
from reporting.liaison import Rung
from reporting.messages import Address, AddressKind, OutgoingKind, OutgoingMessage
from reporting.office import Correspondent, Office, OpenPlan
from reporting.on_duty import DutyRoster
from reporting.overseer import Overseer, Post
from reporting.records import OpenedRound
from reporting.reminders import may_remind
from reporting.repositories import UnitOfWork
from reporting.round import Round, round_before
from reporting.task import Task
from reporting.understanding.context import Quoted


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """Whom a message goes to; `person` is None for a leader, who has no budget of reminders."""

    key: str
    name: str
    address: Address
    person: Correspondent | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ladder:
    """One round after its cutoff: what each unit still owes, who was asked, who can be.

    `answering` are liaisons who have replied and have yet to say which task they meant.
    """

    office: Office
    now: datetime
    round: Round
    round_id: int
    owed: Mapping[str, tuple[Task, ...]]
    asked: Mapping[str, tuple[Asked, ...]]
    roster: DutyRoster
    leaders: Mapping[str, Overseer]
    answering: frozenset[int]

    def recipients(self, unit: str, rung: Rung) -> tuple[Recipient, ...]:
        """Who on a rung of a unit can be written to."""
        if rung is not Rung.LEADER:
            return tuple(map(self._of_unit, self.roster.within_reach(unit, rung)))
        names = dict.fromkeys(task.leader or "" for task in self.owed[unit])
        return tuple(_leader(self.leaders[name]) for name in names if name in self.leaders)

    def case(self, unit: str) -> Case:
        """How far a unit's ladder has been climbed."""
        people = {rung for rung in Rung if self.recipients(unit, rung)}
        asked = self.asked.get(unit, ())
        if Rung.LIAISON not in people and self.roster.on_rung(unit, Rung.LIAISON):
            # He is there and has no account: not reached, as if a message had been lost.
            people.add(Rung.LIAISON)
            asked = asked or (Asked(rung=Rung.LIAISON),)
        return Case(round=self.round, people=frozenset(people), asked=asked)

    def is_answering(self, unit: str) -> bool:
        """Whether somebody of the unit has replied and owes but a number to a question."""
        own = (*self.roster.on_rung(unit, Rung.LIAISON), *self.roster.on_rung(unit, Rung.DEPUTY))
        return any(person.liaison_id in self.answering for person in own)

    def _of_unit(self, person: Correspondent) -> Recipient:
        account = self.roster.accounts[person.liaison_id]
        address = Address(channel=account.channel, kind=AddressKind.PERSON, target=account.user_id)
        return Recipient(
            key=f"liaison:{person.liaison_id}",
            name=person.liaison.name,
            address=address,
            person=person,
        )


Due = dict[tuple[Rung, str], tuple[Recipient, list[str]]]


async def escalate(work: UnitOfWork, plan: OpenPlan, month: Round, opened: OpenedRound) -> int:
    """Ask whoever is due now; how many messages were written."""
    this = await _after_its_cutoff(work, plan, (month, opened))
    if this is None or not may_remind(work.now, this[0], plan.office.rules, plan.office.calendar):
        return 0
    ladder = await _open_ladder(work, plan, this, (month, opened))
    due: Due = {}
    for unit in ladder.owed:
        rung = _due_rung(ladder, unit)
        if rung is None or not await work.escalations.claim(
            plan.office.id, ladder.round_id, unit, rung
        ):
            continue
        for recipient in ladder.recipients(unit, rung):
            due.setdefault((rung, recipient.key), (recipient, []))[1].append(unit)
    return await _send(work, plan, month, (ladder, due)) if due else 0


async def _after_its_cutoff(
    work: UnitOfWork, plan: OpenPlan, this: tuple[Round, OpenedRound]
) -> tuple[Round, OpenedRound] | None:
    """This round, or until its cutoff the one before; None for one first seen as history.

    Not one of the plan before: a reply would be taken for the new plan's task of that code.
    """
    month, opened = this
    if work.now < month.cutoff_at:
        month = round_before(month, plan.office.rules, plan.office.calendar)
        found = await work.rounds.find(plan.id, month)
        if found is None:
            return None
        opened = found
    return None if opened.noticed_at > month.cutoff_at else (month, opened)


async def _open_ladder(
    work: UnitOfWork,
    plan: OpenPlan,
    this: tuple[Round, OpenedRound],
    current: tuple[Round, OpenedRound],
) -> Ladder:
    leaders: dict[str, Overseer] = {}
    for overseer in await work.overseers.all(plan.office.id):
        if overseer.post is Post.LEADER:
            leaders.setdefault(overseer.name, overseer)
    month, opened = this
    return Ladder(
        office=plan.office,
        now=work.now,
        round=month,
        round_id=opened.id,
        owed=await _owed(work, plan, {this, current}),
        asked=await work.escalations.asked(opened.id),
        roster=await open_roster(work, plan.office.id),
        leaders=leaders,
        answering=frozenset(await work.questions.waiting(plan.office.id)),
    )


async def _owed(
    work: UnitOfWork, plan: OpenPlan, rounds: Set[tuple[Round, OpenedRound]]
) -> Mapping[str, tuple[Task, ...]]:
    """What each unit owes in all of these rounds: who reports in the next month has answered."""
    planned = list(plan.tasks.values())
    for month, opened in rounds:
        states = await task_states(work, opened.id, month, planned)
        planned = [one for one in planned if states[one.task.code].is_outstanding]
    owed: dict[str, tuple[Task, ...]] = {}
    for one in planned:
        for unit in one.task.leads[:1]:
            owed[unit] = (*owed.get(unit, ()), one.task)
    return owed


def _due_rung(ladder: Ladder, unit: str) -> Rung | None:
    if ladder.is_answering(unit):
        return None
    hours = Hours(rules=ladder.office.rules, calendar=ladder.office.calendar)
    return next_rung(ladder.case(unit), ladder.now, rules_of(ladder.office.policy), hours)


async def _send(work: UnitOfWork, plan: OpenPlan, month: Round, steps: tuple[Ladder, Due]) -> int:
    """One message to each person for all his units that are due on this rung."""
    ladder, due = steps
    allowance = await open_allowance(work, plan, month, ladder.round_id)
    keys: dict[tuple[Rung, str], list[str]] = {}
    for (rung, _), (recipient, units) in due.items():
        person = recipient.person
        if person is not None and not await allowance.take(person, f"{rung.value}：{units[0]}"):
            continue
        message = _message(ladder, rung, recipient, units)
        await work.outbox.write(plan.office.id, message, about=[Quoted.REMINDER])
        details = {"rung": rung.value, "units": units, "to": recipient.name}
        subject = f"round:{ladder.round_id}"
        await work.audit.note(plan.office.id, "clock", "escalated", subject, details)
        for unit in units:
            keys.setdefault((rung, unit), []).append(message.key)
    for (rung, unit), written in keys.items():
        await work.escalations.keep(ladder.round_id, unit, rung, written)
    return len({key for written in keys.values() for key in written})


def _message(
    ladder: Ladder, rung: Rung, recipient: Recipient, units: Sequence[str]
) -> OutgoingMessage:
    own = {unit: ladder.owed[unit] for unit in units}
    if rung is Rung.LEADER:
        charge = recipient.name
        own = {unit: tuple(t for t in tasks if t.leader == charge) for unit, tasks in own.items()}
    return OutgoingMessage(
        # A unit's rung is claimed once, so the first unit makes the key one of its own.
        key=f"escalation:{ladder.round_id}:{rung.value}:{recipient.key}:{units[0]}",
        kind=OutgoingKind.REMINDER,
        address=recipient.address,
        text=compose_escalation(rung, own, ladder.round, desk_of(ladder.office).words),
    )


def _leader(overseer: Overseer) -> Recipient:
    address = Address(channel=overseer.channel, kind=AddressKind.PERSON, target=overseer.user_id)
    return Recipient(key=f"leader:{overseer.name}", name=overseer.name, address=address)
