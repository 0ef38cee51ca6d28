"""Talk that reports nothing: questions to the ledger, how to report ahead, greetings."""

from handlers.conversation import Conversation
from handlers.explanation import explain_record
from handlers.inquiry import ask_ledger
from reporting.ahead import asks_ahead, compose_ahead_help
from reporting.answers import compose_small_talk
from reporting.status import Assessment
from reporting.unit_view import asks_unit_view, compose_unit_view


def asks_plainly(text: str) -> bool:
    """Whether these are the words of a question that is answered here, whatever else they seem."""
    return asks_ahead(text) or asks_unit_view(text)


async def answer_talk(conversation: Conversation) -> str:
    """A question to the ledger is answered from his own tasks; other talk by silence or a line."""
    states = list(conversation.states.values())
    if asks_ahead(conversation.waiting.message.text):
        return await explain_ahead(conversation)
    if asks_unit_view(conversation.waiting.message.text):
        await conversation.reply(_unit_view(conversation))
        return "inquiry"
    work, plan, waiting = conversation.work, conversation.plan, conversation.waiting
    asked = await explain_record(
        work, plan, conversation.round_id, conversation.states, waiting
    ) or await ask_ledger(work, plan, waiting, states)
    if asked:
        await conversation.reply(asked)
        return "inquiry"
    await _small_talk(conversation)
    return "none"


async def explain_ahead(conversation: Conversation) -> str:
    """How to report ahead; the words alone report nothing."""
    code = next(iter(conversation.owed or conversation.states), "12")
    await conversation.reply(compose_ahead_help(conversation.month, code))
    return "ahead_help"


def _unit_view(conversation: Conversation) -> str:
    calendar = conversation.office.calendar
    assessment = Assessment(as_of=conversation.work.now, calendar=calendar)
    return compose_unit_view(
        conversation.units, conversation.states, conversation.month, assessment
    )


async def _small_talk(conversation: Conversation) -> None:
    message = conversation.waiting.message
    text = compose_small_talk(message.text, in_group=message.group_id is not None)
    if text is not None:
        await conversation.reply(text)
