"""Understanding a reply with all that is known about it, and a second opinion where in doubt."""

from handlers.conversation import Conversation
from handlers.learning import known_aliases
from handlers.quotation import quoted_by
from handlers.second_opinion import take_advice
from reporting.steps import step
from reporting.understanding.context import Context
from reporting.understanding.outcome import Ask, Outcome, Record
from reporting.understanding.understand import understand


async def read_reply(conversation: Conversation) -> Outcome:
    """What the message says on its own."""
    text, context = conversation.waiting.message.text, await _context(conversation)
    with step("understand"):
        outcome = understand(text, conversation.plan.index, context)
    if isinstance(outcome, Record | Ask):
        return await take_advice(conversation, outcome)
    return outcome


async def _context(conversation: Conversation) -> Context:
    return Context(
        units=frozenset(conversation.units),
        quoted=await quoted_by(conversation),
        # Nothing owed any more is no reason to read nothing: then any task of his may be meant.
        owed=conversation.owed or None,
        month=conversation.month.key,
        aliases=await known_aliases(conversation),
    )
