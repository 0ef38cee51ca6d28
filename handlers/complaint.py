"""A complaint is kept for a reader of its own, whoever makes it and whatever else is open."""

from handlers.conversation import answer, desk_of
from reporting.answers import compose_complaint_received
from reporting.complaint import complains_of_nothing
from reporting.records import Waiting
from reporting.repositories import UnitOfWork


async def take_complaint(work: UnitOfWork, waiting: Waiting) -> str:
    """Keep the complaint and say so; nothing else comes of it."""
    message = waiting.message
    office = await work.plans.office(waiting.office_id)
    if complains_of_nothing(message.text):
        await answer(work, waiting, "请把意见写在“投诉”后面一起发来，如“投诉 同一数据多头索要”。")
        return "command:complain"
    liaison = await work.people.correspondent(waiting.channel, message.sender_id)
    overseer = await work.overseers.find(waiting.channel, message.sender_id)
    named = overseer.name if overseer else message.sender_name or message.sender_id
    await work.complaints.add(office.id, liaison.liaison_id if liaison else None, named, waiting)
    await answer(work, waiting, compose_complaint_received(desk_of(office)))
    return "command:complain"
