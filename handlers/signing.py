"""A round's notice goes out once, is signed for in chat, and who has not is reminded once."""

from dataclasses import dataclass

from handlers.allowance import Allowance, open_allowance
from handlers.conversation import Conversation, task_states
from handlers.on_duty import open_roster
from reporting.calendar import OFFICE_ZONE
from reporting.ledger import owed_by_unit
from reporting.messages import Address, AddressKind, OutgoingKind, OutgoingMessage
from reporting.office import Correspondent, OpenPlan
from reporting.on_duty import DutyRoster
from reporting.reminders import may_remind
from reporting.repositories import UnitOfWork
from reporting.round import Round
from reporting.signing import (
    NOTHING_TO_SIGN,
    NOTICE_STEP,
    SIGN_STEP,
    compose_round_notice,
    compose_sign_reminder,
    compose_signed,
    is_signature,
    names_signing,
    notice_moment,
    sign_reminder_day,
)
from reporting.understanding.context import Quoted


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcing:
    """One round of one office, to be announced to its people."""

    work: UnitOfWork
    plan: OpenPlan
    month: Round
    round_id: int
    roster: DutyRoster
    allowance: Allowance

    async def write(self, person: Correspondent, key: str, text: str) -> None:
        """Write a message to a person; a reply that quotes it speaks of what he owes."""
        account = self.roster.accounts[person.liaison_id]
        message = OutgoingMessage(
            key=f"{key}:{self.round_id}:{person.liaison_id}",
            kind=OutgoingKind.REMINDER,
            address=Address(
                channel=account.channel, kind=AddressKind.PERSON, target=account.user_id
            ),
            text=text,
        )
        await self.work.outbox.write(self.plan.office.id, message, about=[Quoted.REMINDER])


async def announce_when_due(work: UnitOfWork, plan: OpenPlan, this: tuple[Round, int]) -> int:
    """The notice at the round's opening, where the office wants one, and the one reminder."""
    month, office = this[0], plan.office
    if work.now >= month.cutoff_at or not may_remind(
        work.now, month, office.rules, office.calendar
    ):
        return 0
    told = 0
    due = work.now >= notice_moment(month, office.rules, office.calendar)
    if office.policy.notice_at_opening and due:
        told = await announce(work, plan, this)
    return told + await _remind_unsigned(work, plan, this)


async def announce(work: UnitOfWork, plan: OpenPlan, this: tuple[Round, int]) -> int:
    """Send the round's notice to everybody who is asked and has not had it; how many."""
    announcing = await _open(work, plan, this)
    month, round_id = this
    states = await task_states(work, round_id, month, list(plan.tasks.values()))
    outstanding, told = owed_by_unit(states.values()), 0
    for person, units in announcing.roster.asked():
        owed = outstanding.of(units)
        if not owed or not await announcing.allowance.take(person, NOTICE_STEP):
            continue
        if await work.signings.tell(plan.office.id, round_id, person.liaison_id):
            when = (work.now, plan.office.calendar)
            text = compose_round_notice(person.liaison.name, owed, month, when)
            await announcing.write(person, "round-notice", text)
            told += 1
    return told


async def sign_for(conversation: Conversation) -> bool:
    """A message that says no more than “收到” signs for the notice, and is never a report."""
    work, message = conversation.work, conversation.waiting.message
    liaison_id = conversation.correspondent.liaison_id
    if not is_signature(message.text):
        return False
    if not await work.signings.sign(conversation.round_id, liaison_id):
        # “收到” without a notice is a courtesy, and silence its answer.
        if names_signing(message.text):
            await conversation.reply(NOTHING_TO_SIGN)
        return True
    subject = f"round:{conversation.round_id}"
    actor = f"liaison:{liaison_id}"
    await work.audit.note(conversation.office.id, actor, "notice_signed", subject, {})
    await conversation.reply(compose_signed(conversation.month, work.now, len(conversation.owed)))
    return True


async def _remind_unsigned(work: UnitOfWork, plan: OpenPlan, this: tuple[Round, int]) -> int:
    month, round_id = this
    days, calendar = plan.office.policy.signing_days, plan.office.calendar
    today = work.now.astimezone(OFFICE_ZONE).date()
    waiting = {
        one.liaison_id: one
        for one in await work.signings.all(round_id)
        if one.is_open and today >= sign_reminder_day(one.told_at, days, calendar)
    }
    if not waiting:
        return 0
    announcing = await _open(work, plan, this)
    reminded = 0
    for person, _ in announcing.roster.asked():
        held = waiting.get(person.liaison_id)
        if held is not None and await announcing.allowance.take(person, SIGN_STEP):
            text = compose_sign_reminder(person.liaison.name, month, held.told_at)
            await announcing.write(person, "sign", text)
            reminded += 1
    return reminded


async def _open(work: UnitOfWork, plan: OpenPlan, this: tuple[Round, int]) -> Announcing:
    month, round_id = this
    return Announcing(
        work=work,
        plan=plan,
        month=month,
        round_id=round_id,
        roster=await open_roster(work, plan.office.id),
        allowance=await open_allowance(work, plan, month, round_id),
    )
