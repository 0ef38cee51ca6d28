"""A complaint is kept for a reader of its own, whoever makes it and whatever else is open."""

from handlers.conversation import answer, desk_of
from reporting.answers import compose_complaint_received
from reporting.records import Waiting
from reporting.repositories import UnitOfWork


async def take_complaint(work: UnitOfWork, waiting: Waiting) -> str:
    """Keep the complaint and say so; nothing else comes of it."""
    message = waiting.message
    office = await work.plans.office(waiting.office_id)
    liaison = await work.people.correspondent(waiting.channel, message.sender_id)
    overseer = await work.overseers.find(waiting.channel, message.sender_id)
    named = overseer.name if overseer else message.sender_name or message.sender_id
    await work.complaints.add(office.id, liaison.liaison_id if liaison else None, named, waiting)
    await answer(work, waiting, compose_complaint_received(desk_of(office)))
    return "command:complain"
