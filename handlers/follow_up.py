"""The one question that may follow a report: asked after recording, never instead of it."""

from collections.abc import Sequence

from handlers.conversation import Conversation
from reporting.sanity import Statement, follow_up
from reporting.understanding.outcome import Item


async def follow_up_on(conversation: Conversation, items: Sequence[Item]) -> str:
    """The gravest doubt about what a message reports, once in a round; empty if it is sound."""
    tasks = conversation.plan.tasks
    codes = {tasks[item.task].id: item.task for item in items}
    asked = await conversation.work.follow_ups.asked(conversation.round_id, list(codes))
    found = follow_up(
        [_statement(conversation, item) for item in items],
        {(codes[task_id], reason) for task_id, reason in asked},
    )
    if found is None:
        return ""
    await conversation.work.follow_ups.keep(
        conversation.office.id,
        conversation.round_id,
        [tasks[code].id for code in found.tasks],
        found.reason,
    )
    return found.question


def _statement(conversation: Conversation, item: Item) -> Statement:
    state = conversation.states[item.task]
    return Statement(
        task=state.task,
        facts=item.facts,
        words=item.words,
        earlier=state.earlier,
        said=state.facts,
    )
