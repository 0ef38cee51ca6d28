"""The digest: posted to every leadership group when a round's cutoff has passed."""

from handlers.concern import propose_meetings
from handlers.conversation import task_states
from handlers.portfolio import send_portfolios
from handlers.reach import with_reach
from reporting.calendar import OFFICE_ZONE
from reporting.concern import concern_section
from reporting.digest import compose_digest, digest_text
from reporting.messages import Address, AddressKind, OutgoingKind, OutgoingMessage
from reporting.office import LeadershipGroup, OpenPlan
from reporting.records import OpenedRound
from reporting.repositories import UnitOfWork
from reporting.round import Round, round_before

CUTOFF = "cutoff"


async def post_due_digests(
    work: UnitOfWork, plan: OpenPlan, month: Round, opened: OpenedRound
) -> int:
    """Post this round's digest after its cutoff, and the last round's if it was missed."""
    posted = await _post(work, plan, month, opened)
    before = round_before(month, plan.office.rules, plan.office.calendar)
    missed = await work.rounds.find(plan.id, before)
    if missed is not None:
        posted += await _post(work, plan, before, missed)
    return posted


async def _post(work: UnitOfWork, plan: OpenPlan, month: Round, opened: OpenedRound) -> int:
    if work.now < month.cutoff_at or opened.noticed_at > month.cutoff_at:
        return 0
    sent = await send_portfolios(work, plan, month, opened)
    return sent + await _post_to_groups(work, plan, month, opened)


async def _post_to_groups(
    work: UnitOfWork, plan: OpenPlan, month: Round, opened: OpenedRound
) -> int:
    office = plan.office
    groups = [
        group
        for group in await work.people.leadership_groups(office.id)
        if await work.claims.digest(office.id, opened.id, group, CUTOFF)
    ]
    if not groups:
        return 0
    states = await task_states(work, opened.id, month, list(plan.tasks.values()))
    states = await with_reach(work, office.id, month, states)
    digest = compose_digest(office.name, month, list(states.values()), as_of=work.now)
    await propose_meetings(work, office, list(states.values()))
    concerns = await work.concerns.all_open(office.id)
    today = work.now.astimezone(OFFICE_ZONE).date()
    text = "\n".join((digest_text(digest), *concern_section(concerns, today, office.calendar)))
    for group in groups:
        await work.outbox.write(office.id, _message(group, opened.id, text), about=())
    await work.audit.note(
        office.id, "clock", "digest_posted", f"round:{opened.id}", {"groups": len(groups)}
    )
    return len(groups)


def _message(group: LeadershipGroup, round_id: int, text: str) -> OutgoingMessage:
    return OutgoingMessage(
        key=f"digest:{round_id}:{CUTOFF}:{group.channel}:{group.name}",
        kind=OutgoingKind.DIGEST,
        address=Address(channel=group.channel, kind=AddressKind.GROUP, target=group.name),
        text=text,
    )
