"""What a platform's answer means for one outgoing message, the same for both platforms.

HTTP says 200 nearly always: an answer is judged by its error code, never by its message, and an
answer that is no answer of the platform's (a proxy's page, a gateway's error) by what it proves.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from reporting.errors import DeliveryFailed, DeliveryRefused, DeliveryUnknown
from reporting.messages import CardGrant, Delivery, DeliveryState


class Action(StrEnum):
    """What to do about an answer."""

    DONE = "done"
    REFRESH = "refresh"  # the access token is no longer good: fetch one and try once more
    BACK_OFF = "back_off"  # nothing was sent; later
    REST = "rest"  # nothing was sent, nor will anything of this channel be for a while
    OPERATOR = "operator"  # settings or permissions must be mended first
    RECIPIENT = "recipient"  # this person or group cannot be reached
    PAYLOAD = "payload"  # the platform does not take such a message
    UNSURE = "unsure"  # it may or may not have been sent


@dataclass(frozen=True, slots=True, kw_only=True)
class Remedy:
    """One row of a platform's error table: what to do, and what the operator is told."""

    action: Action
    text: str
    wait: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One answer, judged; `missed` are those named by the platform as not reached."""

    action: Action
    code: str = ""
    detail: str = ""
    wait: float | None = None
    reference: str = field(default="", repr=False)
    missed: tuple[str, ...] = ()
    grant: CardGrant | None = None


STATES = {
    Action.DONE: DeliveryState.DELIVERED,
    Action.REFRESH: DeliveryState.REFUSED,  # refused even with a new token: no loop
    Action.BACK_OFF: DeliveryState.RETRY,
    Action.REST: DeliveryState.RETRY,
    Action.OPERATOR: DeliveryState.REFUSED,
    Action.RECIPIENT: DeliveryState.REFUSED,
    Action.PAYLOAD: DeliveryState.REFUSED,
    Action.UNSURE: DeliveryState.UNKNOWN,
}


def reading_of(code: str, remedy: Remedy) -> Reading:
    """The reading of an error code found in a table."""
    return Reading(action=remedy.action, code=code, detail=remedy.text, wait=remedy.wait)


def settle(reading: Reading, target: str) -> Delivery:
    """The delivery of a message to one person or group."""
    state, missed = STATES[reading.action], reading.missed
    if reading.action is Action.RECIPIENT:
        missed = (target,)
    elif reading.action is Action.DONE and missed:
        # Platforms give ids back in lower case; the caller knows the person by his own spelling.
        ours = target.lower() in {person.lower() for person in missed}
        state = DeliveryState.REFUSED if ours else DeliveryState.PARTLY
        missed = (target,) if ours else missed
    return Delivery(
        state=state,
        reference=reading.reference,
        missed=missed,
        code=reading.code,
        detail=reading.detail,
        retry_after=reading.wait,
        rests_channel=reading.action is Action.REST,
        grant=reading.grant,
    )


def settle_trouble(trouble: DeliveryFailed | DeliveryRefused | DeliveryUnknown) -> Delivery:
    """The delivery of a message that got no answer at all, or no access token."""
    if isinstance(trouble, DeliveryFailed):
        return Delivery(
            state=DeliveryState.RETRY,
            code=trouble.code,
            detail=str(trouble),
            retry_after=trouble.retry_after,
        )
    if isinstance(trouble, DeliveryRefused):
        return Delivery(state=DeliveryState.REFUSED, code=trouble.code, detail=str(trouble))
    return Delivery(state=DeliveryState.UNKNOWN, code="no_answer", detail=str(trouble))


def require_done(reading: Reading) -> None:
    """Raise what stands for a reading that is not a success, where no message was at stake."""
    if reading.action is Action.DONE:
        return
    if reading.action in {Action.BACK_OFF, Action.REST, Action.UNSURE}:
        raise DeliveryFailed(reading.detail, code=reading.code, retry_after=reading.wait)
    raise DeliveryRefused(reading.detail, code=reading.code)
