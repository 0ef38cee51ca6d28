"""What supporting units reply reaches the lead's liaison once, merged; “确认” makes it a report."""

from collections.abc import Sequence

from handlers.allowance import open_allowance
from handlers.conversation import Conversation
from handlers.on_duty import open_roster
from handlers.record import record
from reporting.ledger import TaskState
from reporting.merged_draft import (
    SharedTask,
    TaskDraft,
    compose_draft,
    draft_moment,
    merge,
    read_confirmation,
    tasks_to_draft,
)
from reporting.messages import Address, AddressKind, OutgoingKind, OutgoingMessage
from reporting.office import Account, Correspondent, OpenPlan
from reporting.records import WrittenReport
from reporting.reminders import may_remind
from reporting.repositories import UnitOfWork
from reporting.round import Round
from reporting.understanding.outcome import Item
from reporting.wording import cutoff_words

STEP = "draft"


async def send_due_drafts(work: UnitOfWork, plan: OpenPlan, month: Round, round_id: int) -> int:
    """Put before each lead what his supporting units said, once in a round; how many got it."""
    office = plan.office
    if work.now >= month.cutoff_at or not may_remind(
        work.now, month, office.rules, office.calendar
    ):
        return 0
    shared = await _shared_tasks(work, plan, round_id)
    if not any(one.news for one in shared):
        return 0
    last_call = work.now >= draft_moment(month, office.rules, office.calendar)
    allowance = await open_allowance(work, plan, month, round_id)
    roster = await open_roster(work, office.id)
    sent = 0
    for person, units in roster.asked():
        own = [one for one in shared if one.task.leads[0] in units]
        due = tasks_to_draft(own, last_call=last_call)
        if due and await allowance.take(person, STEP):
            account = roster.accounts[person.liaison_id]
            await _send(work, plan, (month, round_id), (person, account, due))
            sent += 1
    return sent


async def _shared_tasks(work: UnitOfWork, plan: OpenPlan, round_id: int) -> list[SharedTask]:
    shared = [one for one in plan.tasks.values() if one.task.leads and one.task.supports]
    said: dict[int, list[WrittenReport]] = {}
    for report in await work.reports.by_units(round_id, [one.id for one in shared]):
        said.setdefault(report.task_id, []).append(report)
    return [
        SharedTask(task_id=one.id, task=one.task, said=tuple(said.get(one.id, ())))
        for one in shared
    ]


async def _send(
    work: UnitOfWork,
    plan: OpenPlan,
    this: tuple[Round, int],
    to: tuple[Correspondent, Account, Sequence[SharedTask]],
) -> None:
    """Write one liaison his draft, and keep it as he is shown it."""
    (month, round_id), (person, account, due), office = this, to, plan.office
    drafts = [merge(one, work.now) for one in due]
    await work.merged_drafts.keep(office.id, round_id, person.liaison_id, drafts)
    until = cutoff_words(month, work.now, office.calendar)
    pairs = list(zip(due, drafts, strict=True))
    codes = [one.task.code for one in due]
    message = OutgoingMessage(
        key=f"draft:{round_id}:{person.liaison_id}",
        kind=OutgoingKind.REMINDER,
        address=Address(channel=account.channel, kind=AddressKind.PERSON, target=account.user_id),
        text=compose_draft(person.liaison.name, month.label, pairs, until),
    )
    await work.outbox.write(office.id, message, about=codes)
    details = {"tasks": codes, "round": month.key}
    subject = f"liaison:{person.liaison_id}"
    await work.audit.note(office.id, "clock", "draft_sent", subject, details)


async def confirm_draft(conversation: Conversation) -> bool:
    """Record what the liaison confirms of his draft, as he was shown it; False for other words."""
    work = conversation.work
    liaison_id = conversation.correspondent.liaison_id
    drafts = await work.merged_drafts.find(conversation.round_id, liaison_id)
    codes = {conversation.plan.tasks[code].id: code for code in conversation.states}
    open_drafts = {
        code: one
        for one in drafts
        if (code := codes.get(one.task_id, "")) in conversation.states
        and _still_open(conversation.states[code], one)
    }
    confirmed = read_confirmation(conversation.waiting.message.text, list(open_drafts))
    if not confirmed:
        return False
    items = [
        Item(
            task=code,
            facts=open_drafts[code].facts,
            words=open_drafts[code].words,
            evidence=("confirmed draft",),
        )
        for code in confirmed
    ]
    await record(conversation, items)
    return True


def _still_open(state: TaskState, draft: TaskDraft) -> bool:
    """Whether he has not reported since: “确认” must not undo a later word of his."""
    return not state.reported or state.reported_at is None or state.reported_at < draft.made_at
