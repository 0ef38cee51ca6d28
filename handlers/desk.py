"""What the office asks in chat about the round: signatures, reach, messages, leaves."""

from handlers.contact import find_contacts
from handlers.oversight_scene import Oversight
from handlers.signing import announce
from reporting.calendar import OFFICE_ZONE
from reporting.contact import compose_budget, compose_contacts
from reporting.desk_question import DeskTopic, read_desk_question
from reporting.leave import compose_leaves
from reporting.signing import compose_announced, compose_unsigned


async def answer_desk(oversight: Oversight) -> str:
    """The answer to what a member of the office asks about the round; empty if he asks nothing."""
    topic = read_desk_question(oversight.waiting.message.text)
    match topic:
        case None:
            return ""
        case DeskTopic.UNSIGNED:
            return await _unsigned(oversight)
        case DeskTopic.LEAVES:
            return await _leaves(oversight)
        case DeskTopic.ANNOUNCE:
            this = (oversight.month, oversight.round_id)
            told = await announce(oversight.work, oversight.plan, this)
            subject, office = f"round:{oversight.round_id}", oversight.plan.office.id
            details = {"told": told}
            await oversight.work.audit.note(
                office, oversight.actor, "round_announced", subject, details
            )
            return compose_announced(oversight.month, told)
        case DeskTopic.CONTACTS | DeskTopic.BUDGET:
            return await _contacts(oversight, topic)


async def _contacts(oversight: Oversight, topic: DeskTopic) -> str:
    office, month = oversight.plan.office, oversight.month
    contacts = await find_contacts(
        oversight.work, office.id, month, list(oversight.states.values())
    )
    if topic is DeskTopic.BUDGET:
        return compose_budget(contacts, office.policy.reminder_budget)
    return compose_contacts(month, contacts)


async def _unsigned(oversight: Oversight) -> str:
    people = {
        one.liaison_id: one.liaison
        for one in await oversight.work.people.liaisons(oversight.plan.office.id)
    }
    held = await oversight.work.signings.all(oversight.round_id)
    waiting = [people[one.liaison_id] for one in held if one.is_open and one.liaison_id in people]
    named = [f"{one.name}（{'、'.join(one.units)}）" for one in waiting]
    return compose_unsigned(oversight.month, len(held), named)


async def _leaves(oversight: Oversight) -> str:
    work, office_id = oversight.work, oversight.plan.office.id
    names = {one.liaison_id: one.liaison.name for one in await work.people.liaisons(office_id)}
    leaves = await work.leaves.ahead(office_id, work.now.astimezone(OFFICE_ZONE).date())
    return compose_leaves(leaves, names)
