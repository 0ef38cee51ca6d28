"""A one-time code sent in chat binds its sender to a unit."""

from handlers.conversation import answer, desk_of
from reporting.binding import (
    ATTEMPTS_AT_MOST,
    Bound,
    compose_bound,
    compose_code_in_group,
    compose_code_refused,
)
from reporting.records import Waiting
from reporting.repositories import UnitOfWork


async def redeem_code(work: UnitOfWork, waiting: Waiting, code: str) -> str:
    """Bind the sender if his code is good, and answer him; the outcome's name."""
    message = waiting.message
    if message.group_id is not None:
        await answer(work, waiting, compose_code_in_group())
        return "code_in_group"
    failures = await work.accounts.count_failures(waiting.channel, message.sender_id)
    # Past the limit even a right code is not looked at, or guessing would go on.
    bound = None if failures >= ATTEMPTS_AT_MOST else await _bind(work, waiting, code)
    if bound is not None:
        await answer(work, waiting, compose_bound(bound.name, bound.units))
        return "bound"
    if failures < ATTEMPTS_AT_MOST:
        await work.accounts.note_failure(waiting.office_id, waiting.channel, message.sender_id)
        failures += 1
    office = await work.plans.office(waiting.office_id)
    await answer(work, waiting, compose_code_refused(failures, desk_of(office)))
    return "code_refused"


async def _bind(work: UnitOfWork, waiting: Waiting, code: str) -> Bound | None:
    grant = await work.accounts.redeem(waiting.office_id, code)
    if grant is None:
        return None
    bound = await work.accounts.bind(grant, waiting.office_id, waiting.channel, waiting.message)
    if bound is None:
        return None
    await work.registry.touch(waiting.office_id)
    sender = waiting.message.sender_id
    details = {"unit": grant.unit, "code": grant.id, "channel": waiting.channel, "account": sender}
    subject = f"liaison:{bound.liaison_id}"
    await work.audit.note(waiting.office_id, f"account:{sender}", "account_bound", subject, details)
    return bound
