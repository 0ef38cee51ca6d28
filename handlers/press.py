"""A press on a card of ours: the answer to the question that very card asked, and to no other."""

from handlers.conversation import Conversation
from handlers.question import answer_question
from reporting.card import STALE, STALE_LABEL, is_card_of, pressed_label
from reporting.messages import Address, AddressKind, Card, OutgoingKind, OutgoingMessage


async def answer_press(conversation: Conversation) -> str:
    """Answer as the number written would, then put the choice in place of the card's buttons.

    A card stays in the chat for ever; pressed later it must not answer a newer question.
    """
    message = conversation.waiting.message
    question = await conversation.work.questions.open_for(conversation.correspondent.liaison_id)
    outcome = None
    if question is not None and is_card_of(message.quoted_key, question.message_id):
        outcome = await answer_question(conversation, question)
    if outcome is None:
        await conversation.reply(STALE)
    await _renew_card(conversation, STALE_LABEL if outcome is None else pressed_label(message.text))
    return outcome or "stale_card"


async def _renew_card(conversation: Conversation, words: str) -> None:
    waiting = conversation.waiting
    message = waiting.message
    if not message.quoted_key:
        return
    address = Address(
        channel=waiting.channel,
        kind=AddressKind.CARD,
        target=message.sender_id,
        session_url=message.card_code,
    )
    renewal = OutgoingMessage(
        key=f"card:{waiting.id}",
        kind=OutgoingKind.RECEIPT,
        address=address,
        text=words,
        card=Card(key=message.quoted_key),
    )
    await conversation.work.outbox.write(waiting.office_id, renewal, about=())
