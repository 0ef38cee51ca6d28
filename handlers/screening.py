"""Every message is screened before anything reads it: marks and card numbers are not kept."""

from dataclasses import replace

from handlers.conversation import desk_of
from reporting.messages import (
    Address,
    AddressKind,
    IncomingKind,
    OutgoingKind,
    OutgoingMessage,
)
from reporting.office import Office
from reporting.records import Waiting
from reporting.repositories import UnitOfWork
from reporting.secrecy import (
    NumberRule,
    Screened,
    compose_marked,
    compose_number_masked,
    compose_number_quarantined,
    screen_text,
)


async def screen_message(work: UnitOfWork, waiting: Waiting) -> Waiting | None:
    """The message as it may be read on; None when nothing of it may be kept."""
    message = waiting.message
    if message.kind is IncomingKind.EVENT:
        return waiting  # the platform's own words: an account's long number is no identity card
    own, quoted = screen_text(message.text), screen_text(message.quoted_text)
    if not any(one.marked or one.masked for one in (own, quoted)):
        return waiting
    office = await work.plans.office(waiting.office_id)
    told = _verdict(office, own, quoted)
    kept = told is None
    text, quotation = (own.text, quoted.text) if kept else ("", "")
    await work.inbox.redact(waiting.id, text, quotation)
    await _tell(work, waiting, told or compose_number_masked())
    action = "message_masked" if kept else "message_quarantined"
    sender = f"account:{message.sender_id}"
    await work.audit.note(office.id, sender, action, f"message:{waiting.id}", {})
    if not kept:
        detail = f"{message.sender_id} 发来的内容带有密级、内部标志或证件号码，已清除，请跟进。"
        await work.alarms.sound(office.id, waiting.channel, f"secrecy:{waiting.id}", detail)
        return None
    return replace(
        waiting, screened=True, message=replace(message, text=text, quoted_text=quotation)
    )


def _verdict(office: Office, own: Screened, quoted: Screened) -> str | None:
    """What the sender of a message is told that is not kept; None when it is kept masked."""
    desk = desk_of(office).words
    if own.marked or quoted.marked:
        return compose_marked(desk)
    return compose_number_quarantined(desk) if office.numbers is NumberRule.QUARANTINE else None


async def _tell(work: UnitOfWork, waiting: Waiting, text: str) -> None:
    """Tell the sender alone, whatever group he wrote in."""
    address = Address(
        channel=waiting.channel, kind=AddressKind.PERSON, target=waiting.message.sender_id
    )
    notice = OutgoingMessage(
        key=f"secrecy:{waiting.id}", kind=OutgoingKind.NOTICE, address=address, text=text
    )
    await work.outbox.write(waiting.office_id, notice, about=())
