"""Reminders: one merged message to each liaison who still owes, once for each step."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from handlers.conversation import desk_of, task_states
from reporting.guards import is_within_budget
from reporting.ledger import TaskState, outstanding_tasks
from reporting.messages import Address, AddressKind, OutgoingKind, OutgoingMessage
from reporting.office import Account, Correspondent, OpenPlan
from reporting.reminders import Reminder, ReminderStep, compose_reminder
from reporting.repositories import UnitOfWork
from reporting.round import Round
from reporting.understanding.context import Quoted


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminding:
    """One step of one round for one office, with how every task stands.

    `sent` is how many reminders each liaison was due this month.
    """

    work: UnitOfWork
    plan: OpenPlan
    month: Round
    round_id: int
    step: ReminderStep
    states: Mapping[str, TaskState]
    sent: Mapping[int, int]


async def remind(
    work: UnitOfWork, plan: OpenPlan, this: tuple[Round, int], step: ReminderStep
) -> tuple[int, int]:
    """Write the step's messages; how many liaisons got one now, how many have no account."""
    month, round_id = this
    states = await task_states(work, round_id, month, list(plan.tasks.values()))
    reminding = Reminding(
        work=work,
        plan=plan,
        month=month,
        round_id=round_id,
        step=step,
        states=states,
        sent=await work.claims.reminders_since(plan.office.id, month.opens_at),
    )
    accounts = first_accounts(await work.people.accounts(plan.office.id))
    reminded = unreachable = 0
    for person in await work.people.liaisons(plan.office.id):
        if not outstanding_tasks(states.values(), person.liaison.units):
            continue
        account = accounts.get(person.liaison_id)
        if account is None:
            unreachable += 1
        else:
            reminded += await _remind_one(reminding, person, account)
    return reminded, unreachable


async def _remind_one(reminding: Reminding, person: Correspondent, account: Account) -> bool:
    work, office = reminding.work, reminding.plan.office
    if not await work.claims.reminder(
        office.id, reminding.round_id, person.liaison_id, reminding.step.name
    ):
        return False
    if not is_within_budget(reminding.sent.get(person.liaison_id, 0), office.policy):
        await _hold_back(reminding, person)
        return False
    reminder = Reminder(
        liaison=person.liaison.name,
        owed=outstanding_tasks(reminding.states.values(), person.liaison.units),
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


async def _hold_back(reminding: Reminding, person: Correspondent) -> None:
    """Over the month's budget nothing is sent; that it was not is on record."""
    await reminding.work.audit.note(
        reminding.plan.office.id,
        "clock",
        "reminder_held_back",
        f"liaison:{person.liaison_id}",
        {
            "round": reminding.month.key,
            "step": reminding.step.name,
            "budget": reminding.plan.office.policy.reminder_budget,
        },
    )


def first_accounts(accounts: Sequence[Account]) -> dict[int, Account]:
    """One account for each liaison: who is on both platforms is asked once."""
    chosen: dict[int, Account] = {}
    for account in accounts:
        chosen.setdefault(account.liaison_id, account)
    return chosen
