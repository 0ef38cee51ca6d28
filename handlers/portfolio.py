"""Each leader's own digest, to his account, when a round's cutoff has passed."""

from handlers.conversation import task_states
from handlers.reach import with_reach
from reporting.concern import concerns_of
from reporting.messages import Address, AddressKind, OutgoingKind, OutgoingMessage
from reporting.office import LeadershipGroup, OpenPlan
from reporting.overseer import Overseer, Post
from reporting.portfolio import compose_portfolio, portfolio_text
from reporting.repositories import UnitOfWork
from reporting.round import Round
from reporting.status import Assessment

PORTFOLIO = "portfolio"


async def send_portfolios(work: UnitOfWork, plan: OpenPlan, month: Round, round_id: int) -> int:
    """Send each leader his portfolio, once for (round, leader) however many accounts he has."""
    office = plan.office
    leaders: dict[str, Overseer] = {}
    for overseer in await work.overseers.all(office.id):
        if overseer.post is Post.LEADER:
            leaders.setdefault(overseer.name, overseer)
    concerns = await work.concerns.all_open(office.id)
    sent = 0
    for leader in leaders.values():
        own = [one for one in plan.tasks.values() if leader.may_see(one.task)]
        claimed = LeadershipGroup(channel=PORTFOLIO, name=leader.name)
        if not own or not await work.claims.digest(office.id, round_id, claimed, PORTFOLIO):
            continue
        states = await task_states(work, round_id, month, own)
        states = await with_reach(work, office.id, month, states)
        assessment = Assessment(as_of=work.now, calendar=office.calendar)
        portfolio = compose_portfolio(leader.name, month, list(states.values()), assessment)
        message = OutgoingMessage(
            key=f"portfolio:{round_id}:{leader.name}",
            kind=OutgoingKind.DIGEST,
            address=Address(channel=leader.channel, kind=AddressKind.PERSON, target=leader.user_id),
            text=portfolio_text(portfolio, concerns_of(states, concerns)),
        )
        await work.outbox.write(office.id, message, about=())
        await work.audit.note(
            office.id, "clock", "portfolio_sent", f"leader:{leader.name}", {"round": month.key}
        )
        sent += 1
    return sent
