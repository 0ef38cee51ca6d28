"""Notices to one liaison, to those of one unit, and to the office's own staff."""

from dataclasses import dataclass

from handlers.on_duty import open_roster
from reporting.messages import Address, AddressKind, OutgoingKind, OutgoingMessage
from reporting.office import Correspondent
from reporting.overseer import Overseer, Post
from reporting.repositories import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One message to a unit's liaisons; `key` makes it happen once, `about` is its task."""

    key: str
    unit: str | None
    text: str
    about: str


async def tell_unit(work: UnitOfWork, office_id: int, notice: Notice) -> tuple[str, ...]:
    """Write to whoever is asked for the unit today; their names."""
    if notice.unit is None:
        return ()
    roster = await open_roster(work, office_id)
    told = []
    for person in roster.asked_for(notice.unit):
        account = roster.accounts[person.liaison_id]
        message = OutgoingMessage(
            key=f"{notice.key}:{person.liaison_id}",
            kind=OutgoingKind.NOTICE,
            address=Address(
                channel=account.channel, kind=AddressKind.PERSON, target=account.user_id
            ),
            text=notice.text,
        )
        await work.outbox.write(office_id, message, about=[notice.about])
        told.append(person.liaison.name)
    return tuple(told)


async def tell_liaison(work: UnitOfWork, person: Correspondent, occasion: str, text: str) -> None:
    """Write to a liaison himself, whoever is asked for his unit today, where he has an account."""
    account = (await open_roster(work, person.office_id)).accounts.get(person.liaison_id)
    if account is None:
        return
    message = OutgoingMessage(
        key=f"{occasion}:{person.liaison_id}:{work.now.isoformat()}",
        kind=OutgoingKind.NOTICE,
        address=Address(channel=account.channel, kind=AddressKind.PERSON, target=account.user_id),
        text=text,
    )
    await work.outbox.write(person.office_id, message, about=())


async def tell_staff(work: UnitOfWork, office_id: int, key: str, text: str) -> int:
    """Write to everybody of the office's staff, one account each; how many."""
    staff: dict[str, Overseer] = {}
    for one in await work.overseers.all(office_id):
        if one.post is Post.STAFF:
            staff.setdefault(one.name, one)
    for person in staff.values():
        address = Address(channel=person.channel, kind=AddressKind.PERSON, target=person.user_id)
        message = OutgoingMessage(
            key=f"{key}:{person.name}", kind=OutgoingKind.NOTICE, address=address, text=text
        )
        await work.outbox.write(office_id, message, about=())
    return len(staff)
