"""Reports ahead (提前报): what is said for the next round once this one is over or done."""

from collections.abc import Sequence
from dataclasses import replace

from handlers.conversation import Conversation, task_states
from reporting.ahead import new_plan_words, not_yet_words, read_ahead, with_ahead
from reporting.ledger import outstanding_tasks
from reporting.records import WrittenReport
from reporting.round import Round, round_after
from reporting.understanding.outcome import Doubt, Item


def marked_ahead(conversation: Conversation) -> Conversation:
    """The conversation without the words that say it is for the next round, if it has any."""
    message = conversation.waiting.message
    rest = read_ahead(message.text, conversation.month)
    if rest is None:
        return conversation
    waiting = replace(conversation.waiting, message=replace(message, text=rest))
    return replace(conversation, waiting=waiting, ahead=True)


def marked_doubts(conversation: Conversation, doubts: Sequence[Doubt]) -> tuple[Doubt, ...]:
    """Doubts that still say for which round they are when they are answered days later."""
    if not conversation.ahead:
        return tuple(doubts)
    month = _following(conversation).month
    return tuple(replace(doubt, words=with_ahead(doubt.words, month)) for doubt in doubts)


async def round_meant(
    conversation: Conversation, items: Sequence[Item]
) -> tuple[Conversation, tuple[str, ...]]:
    """The conversation in the round these items are for, with lines for the receipt.

    What was reported ahead takes further words on it to that round as well.
    """
    if conversation.is_ahead:
        return conversation, ()
    codes = [item.task for item in items]
    done = not _owed_of(conversation, codes)
    over = conversation.work.now > conversation.month.cutoff_at
    if not (conversation.ahead or done):
        return conversation, ()
    if conversation.ahead and not (done or over):
        return conversation, (not_yet_words(conversation.month),)
    following = await _in_next_round(conversation, opened=conversation.ahead)
    if following is None:
        told = (new_plan_words(conversation.month),) if conversation.ahead else ()
        return conversation, told
    reported = all(following.states[code].reported_at is not None for code in codes)
    return (following, ()) if conversation.ahead or reported else (conversation, ())


async def round_of_last(
    conversation: Conversation, codes: Sequence[str] = ()
) -> tuple[Conversation, Sequence[WrittenReport]]:
    """The conversation in the round of his last report (of these tasks), with his reports there."""
    work, liaison_id = conversation.work, conversation.correspondent.liaison_id
    here = await work.reports.by_liaison(conversation.round_id, liaison_id)
    following = await _in_next_round(conversation, opened=False)
    if following is None:
        return conversation, here
    there = await work.reports.by_liaison(following.round_id, liaison_id)
    ids = {conversation.plan.tasks[code].id for code in codes}
    last = max(
        (one for one in (*here, *there) if not ids or one.task_id in ids),
        key=lambda one: one.reported_at,
        default=None,
    )
    return (following, there) if last in there else (conversation, here)


async def _in_next_round(conversation: Conversation, *, opened: bool) -> Conversation | None:
    """The same conversation in the next round; None where that has not begun to be kept yet and
    is not to be `opened`, or where another plan is in force by then.
    """
    work, office, month = conversation.work, conversation.office, _following(conversation)
    plan = conversation.plan
    if (await work.plans.plan(office.id, month.year))[0] != plan.id:
        return None
    found = (
        await work.rounds.ensure(office.id, plan.id, month)
        if opened
        else await work.rounds.find(plan.id, month)
    )
    if found is None:
        return None
    states = await task_states(work, found.id, month, plan.open_to(conversation.units))
    return replace(conversation, month=month, round_id=found.id, states=states)


def _following(conversation: Conversation) -> Round:
    return round_after(conversation.month, conversation.office.rules, conversation.office.calendar)


def _owed_of(conversation: Conversation, codes: Sequence[str]) -> set[str]:
    """Which of these codes his units still owe in this round."""
    owed = outstanding_tasks([conversation.states[code] for code in codes], conversation.units)
    return {task.code for task in owed}
