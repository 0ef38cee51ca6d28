"""How late a report is: working days from the cutoff, or from when its unit was reached."""

from collections.abc import Mapping, Sequence

from handlers.conversation import Conversation
from reporting.escalation import working_days_late


async def days_late(conversation: Conversation, task_ids: Sequence[int]) -> Mapping[int, int]:
    """Whole working days by task id, of those that are late; in time is what he sent in time.

    Whoever was not reached is not late (送达才算数), nor is what puts an earlier report right.
    """
    work, month = conversation.work, conversation.month
    # What waited for us after the cutoff was not late when it was sent.
    sent_at = min(work.now, conversation.waiting.message.sent_at)
    if sent_at <= month.cutoff_at:
        return {}
    sender = conversation.correspondent
    reached_at = await work.reach.first_arrival(sender, month.opens_at)
    days = working_days_late(sent_at, month, reached_at, conversation.office.calendar)
    if reached_at is None or (reached_at > month.cutoff_at and not days):
        return {}
    spared = await work.reviews.spared(conversation.round_id, task_ids)
    return {task_id: days for task_id in task_ids if task_id not in spared}


def late_words(days: Mapping[int, int]) -> tuple[str, ...]:
    """A line for the receipt; a delay within the first working day is no day at all."""
    if not days:
        return ()
    count = max(days.values())
    told = f"迟报{count}个工作日" if count else "不足1个工作日"
    return (f"按工作日计，{told}。",)
