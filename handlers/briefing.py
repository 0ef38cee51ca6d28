"""The office is told before a round opens whom to ring, and what the month will cost."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from handlers.contact import find_contacts
from handlers.conversation import task_states
from handlers.notice import tell_staff
from handlers.on_duty import open_roster
from reporting.briefing import Briefing, briefing_moment, compose_briefing, steps_each
from reporting.calendar import OFFICE_ZONE
from reporting.contact import Contact, compose_budget, compose_contacts
from reporting.leave import compose_leaves
from reporting.ledger import TaskState
from reporting.office import LeadershipGroup, OpenPlan
from reporting.overseer import Post
from reporting.repositories import UnitOfWork
from reporting.round import Round, round_after
from reporting.signing import notice_moment

BRIEFING = "briefing"


async def brief_when_due(work: UnitOfWork, plan: OpenPlan, month: Round) -> int:
    """Tell the office's staff of a round about to open; how many messages were written."""
    rules, calendar = plan.office.rules, plan.office.calendar
    for this in (month, round_after(month, rules, calendar)):
        begins = briefing_moment(this, rules, calendar)
        # Missed while the service was down, it is still of use on the first working morning.
        ends = datetime.combine(
            notice_moment(this, rules, calendar).date(), rules.quiet_from, OFFICE_ZONE
        )
        if begins <= work.now < ends:
            return await _brief(work, plan, this)
    return 0


async def people_words(
    work: UnitOfWork, plan: OpenPlan, month: Round, states: Sequence[TaskState]
) -> str:
    """How everybody stands in a round, and what it has cost, for the office's own view."""
    contacts = await find_contacts(work, plan.office.id, month, states)
    budget = compose_budget(contacts, plan.office.policy.reminder_budget)
    return f"{compose_contacts(month, contacts)}\n{budget}"


async def _brief(work: UnitOfWork, plan: OpenPlan, this: Round) -> int:
    office_id = plan.office.id
    if not any(one.post is Post.STAFF for one in await work.overseers.all(office_id)):
        return 0
    opened = await work.rounds.ensure(office_id, plan.id, this)
    everybody = LeadershipGroup(channel=BRIEFING, name="")
    if not await work.claims.digest(office_id, opened.id, everybody, BRIEFING):
        return 0
    states = await task_states(work, opened.id, this, list(plan.tasks.values()))
    text = compose_briefing(await _briefing(work, plan, this, states))
    subject = f"round:{opened.id}"
    await work.audit.note(office_id, "clock", "office_briefed", subject, {"round": this.key})
    return await tell_staff(work, office_id, f"{BRIEFING}:{opened.id}", text)


async def _briefing(
    work: UnitOfWork, plan: OpenPlan, this: Round, states: Mapping[str, TaskState]
) -> Briefing:
    office = plan.office
    expected = [state for state in states.values() if state.is_outstanding]
    leads = dict.fromkeys(state.accountable for state in expected if state.accountable)
    roster = await open_roster(work, office.id)
    names = {one.liaison_id: one.liaison.name for one in roster.people}
    leaves = await work.leaves.ahead(office.id, this.opens_at.astimezone(OFFICE_ZONE).date())
    contacts = await find_contacts(work, office.id, this, list(states.values()))
    answering = set(roster.units())
    budget = office.policy.reminder_budget
    return Briefing(
        round=this,
        tasks=len(expected),
        owing=tuple(one for one in contacts if _owes(one, leads)),
        vacant=tuple(unit for unit in leads if unit not in answering),
        away=tuple(compose_leaves(leaves, names).splitlines()[1:]),
        steps=steps_each(this, office.rules, office.calendar, budget),
        budget=budget,
    )


def _owes(contact: Contact, leads: Mapping[str, object]) -> bool:
    return any(unit in leads for unit in contact.units)
