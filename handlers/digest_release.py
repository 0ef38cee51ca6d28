"""A digest goes out: to the leadership groups, and to each leader what is his."""

from handlers.digest_text import text_of
from handlers.portfolio import send_portfolios
from reporting.messages import Address, AddressKind, OutgoingKind, OutgoingMessage
from reporting.office import LeadershipGroup, OpenPlan
from reporting.preview import DigestKind
from reporting.repositories import UnitOfWork
from reporting.round import Round


async def release(
    work: UnitOfWork,
    plan: OpenPlan,
    this: tuple[Round, int],
    kind: DigestKind,
    approved: tuple[str, str] | None = None,
) -> int:
    """Send a round's digest, each address once; `approved` is the text shown and who agreed.

    Without it the text is counted now, and only when somebody is still to get it.
    """
    month, round_id = this
    sent = await send_portfolios(work, plan, month, round_id) if kind is DigestKind.CUTOFF else 0
    groups = [
        group
        for group in await work.people.leadership_groups(plan.office.id)
        if await work.claims.digest(plan.office.id, round_id, group, kind.value)
    ]
    if not groups:
        return sent
    text, by = approved or (await text_of(kind, work, plan, month, round_id), "clock")
    for group in groups:
        await work.outbox.write(
            plan.office.id, _message(group, f"{round_id}:{kind.value}", text), about=()
        )
    details = {"groups": len(groups), "kind": kind.value}
    subject = f"round:{round_id}"
    await work.audit.note(plan.office.id, by, "digest_posted", subject, details)
    return sent + len(groups)


def _message(group: LeadershipGroup, key: str, text: str) -> OutgoingMessage:
    return OutgoingMessage(
        key=f"digest:{key}:{group.channel}:{group.name}",
        kind=OutgoingKind.DIGEST,
        address=Address(channel=group.channel, kind=AddressKind.GROUP, target=group.name),
        text=text,
    )
