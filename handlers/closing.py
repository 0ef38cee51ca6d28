"""Closing a question: where it was put on a card, the card's buttons go with it."""

from handlers.conversation import answer_key
from reporting.card import STALE_LABEL
from reporting.messages import OutgoingKind, OutgoingMessage
from reporting.records import OpenQuestion
from reporting.repositories import UnitOfWork

SUPERSEDED, HANDED_OVER = "superseded", "handed_over"


async def close_question(
    work: UnitOfWork, office_id: int, question: OpenQuestion, ending: str, words: str = STALE_LABEL
) -> None:
    """Close a question that no press has answered; `words` take the place of its buttons.

    Where a platform does not let us (no card, too late) a later press is told that it is old.
    """
    await work.questions.close(question.id, ending)
    shown = await work.cards.take(office_id, answer_key(question.message_id))
    if shown is None:
        return
    address, card = shown
    renewal = OutgoingMessage(
        key=f"card-closed:{question.id}",
        kind=OutgoingKind.RECEIPT,
        address=address,
        text=words,
        card=card,
    )
    await work.outbox.write(office_id, renewal, about=())
