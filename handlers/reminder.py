"""Reminders: one merged message to each person who is asked and owes, once for each step."""

from collections.abc import Mapping
from dataclasses import dataclass

from handlers.allowance import open_allowance
from handlers.conversation import desk_of, task_states
from handlers.on_duty import open_roster
from reporting.ledger import TaskState, owed_by_unit
from reporting.messages import Address, AddressKind, OutgoingKind, OutgoingMessage
from reporting.office import Account, Correspondent, OpenPlan
from reporting.reminders import Reminder, ReminderStep, compose_reminder
from reporting.repositories import UnitOfWork
from reporting.round import Round
from reporting.task import Task
from reporting.understanding.context import Quoted


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminding:
    """One step of one round for one office, with how every task stands."""

    work: UnitOfWork
    plan: OpenPlan
    month: Round
    round_id: int
    step: ReminderStep
    states: Mapping[str, TaskState]


async def remind(
    work: UnitOfWork, plan: OpenPlan, this: tuple[Round, int], step: ReminderStep
) -> tuple[int, int]:
    """Write the step's messages; how many people got one now, how many units nobody answers for."""
    month, round_id = this
    states = await task_states(work, round_id, month, list(plan.tasks.values()))
    reminding = Reminding(
        work=work, plan=plan, month=month, round_id=round_id, step=step, states=states
    )
    allowance = await open_allowance(work, plan, month, round_id)
    roster = await open_roster(work, plan.office.id)
    outstanding, reminded = owed_by_unit(states.values()), 0
    for person, units in roster.asked():
        owed = outstanding.of(units)
        if owed and await allowance.take(person, step.name):
            account = roster.accounts[person.liaison_id]
            reminded += await _remind_one(reminding, person, account, owed)
    return reminded, sum(1 for unit in roster.unattended() if outstanding.of([unit]))


async def _remind_one(
    reminding: Reminding, person: Correspondent, account: Account, owed: tuple[Task, ...]
) -> bool:
    work, office = reminding.work, reminding.plan.office
    reminder = Reminder(
        liaison=person.liaison.name,
        owed=owed,
        round=reminding.month,
        step=reminding.step,
        contact=desk_of(office).words,
    )
    message = OutgoingMessage(
        key=f"reminder:{reminding.round_id}:{person.liaison_id}:{reminding.step.name}",
        kind=OutgoingKind.REMINDER,
        address=Address(channel=account.channel, kind=AddressKind.PERSON, target=account.user_id),
        text=compose_reminder(reminder, work.now, office.calendar),
    )
    return await work.outbox.write(office.id, message, about=[Quoted.REMINDER])
