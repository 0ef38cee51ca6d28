"""What a quoted message was about: by the platform's own id, else by the codes in its text."""

import re

from handlers.conversation import Conversation
from reporting.receipt import told_about
from reporting.understanding.context import Quoted

_CODE = re.compile(r"第\s*([^\s第项]{1,12})\s*项|([^\s，。：；、“”]{1,12})号")


async def quoted_by(conversation: Conversation) -> str | None:
    """The task code of the quoted message, `Quoted.REMINDER` for several tasks, None for none."""
    message = conversation.waiting.message
    about: tuple[str, ...] = ()
    if message.quoted_key:
        waiting = conversation.waiting
        about = tuple(await conversation.work.outbox.about(waiting.channel, message.quoted_key))
    if not about and message.quoted_text:
        about = _codes_in(told_about(message.quoted_text), conversation)
    own = tuple(code for code in about if code in conversation.states)
    if Quoted.REMINDER in about or len(own) > 1:
        return Quoted.REMINDER
    return own[0] if own else None


def _codes_in(text: str, conversation: Conversation) -> tuple[str, ...]:
    found = (first or second for first, second in _CODE.findall(text))
    return tuple(dict.fromkeys(code for code in found if code in conversation.plan.tasks))
