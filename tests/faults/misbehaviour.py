"""Every way a platform misbehaves, and how each must end for the two people who write meanwhile."""

from dataclasses import dataclass

from simulator.fault import Endpoint, Fault, FaultKind
from tests.support.town import speakers

PEOPLE = tuple(one.user_id for one in speakers())
HEARING = (Endpoint.WECOM_CALLBACK, Endpoint.DINGTALK_CALLBACK)
# DingTalk answers by the session's address first and one-to-one where that fails.
SENDING = (Endpoint.WECOM_MESSAGE, Endpoint.DINGTALK_SESSION, Endpoint.DINGTALK_PERSON)
SENT, UNSURE = frozenset({"delivered"}), frozenset({"delivered", "unknown"})
REFUSED, NOTHING = frozenset({"refused"}), frozenset[str]()


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """Faults, and what they must come to for each report: recorded, told, and what was kept of it.

    `stream`: DingTalk is reached over the long connection.
    """

    name: str
    faults: tuple[Fault, ...]
    recorded: int = 1
    told: int = 1
    states: frozenset[str] = SENT
    stream: bool = False


def on(
    endpoints: tuple[Endpoint, ...],
    kind: FaultKind,
    *,
    times: int | None = 1,
    seconds: float = 0.0,
    code: str = "",
) -> tuple[Fault, ...]:
    """The same fault at each of these endpoints."""
    return tuple(
        Fault(kind=kind, endpoint=one, times=times, seconds=seconds, code=code) for one in endpoints
    )


# Success is told, and everybody is named as not reached.
PARTIAL = (
    *on((Endpoint.DINGTALK_SESSION,), FaultKind.EXPIRED_TOKEN),
    *(
        Fault(kind=FaultKind.PARTIAL, endpoint=one, people=PEOPLE, code="invalid", times=None)
        for one in (Endpoint.WECOM_MESSAGE, Endpoint.DINGTALK_PERSON)
    ),
)
SCRIPTS = (
    Script(name="duplicate", faults=on(HEARING, FaultKind.DUPLICATE)),
    Script(name="reorder", faults=on(HEARING, FaultKind.REORDER, seconds=0.3)),
    Script(name="delay", faults=on(HEARING, FaultKind.DELAY, seconds=0.3)),
    Script(name="drop", faults=on(HEARING, FaultKind.DROP_ACK)),
    Script(
        name="wrong signature",
        faults=on(HEARING, FaultKind.BAD_SIGNATURE),
        recorded=0,
        told=0,
        states=NOTHING,
    ),
    Script(
        name="clock skew",
        faults=on(HEARING, FaultKind.CLOCK_SKEW, seconds=-7200),
        recorded=0,
        told=0,
        states=NOTHING,
    ),
    Script(name="5xx", faults=on(SENDING, FaultKind.SERVER_ERROR, times=2)),
    Script(name="HTML with 200", faults=on(SENDING, FaultKind.HTML)),
    Script(name="slow", faults=on(SENDING, FaultKind.SLOW, seconds=0.5)),
    Script(name="flow control", faults=on(SENDING, FaultKind.RATE_LIMIT)),
    Script(name="expired token", faults=on(SENDING, FaultKind.EXPIRED_TOKEN)),
    Script(
        name="token that is always expired",
        faults=on(SENDING, FaultKind.EXPIRED_TOKEN, times=None),
        told=0,
        states=REFUSED,
    ),
    Script(name="partial failure", faults=PARTIAL, told=0, states=REFUSED),
    Script(
        name="time-out after accepting",
        faults=on((Endpoint.WECOM_MESSAGE, Endpoint.DINGTALK_SESSION), FaultKind.HANG),
        states=UNSURE,
    ),
    *(
        Script(
            name=f"stream {kind.value}",
            faults=on((Endpoint.DINGTALK_CALLBACK,), kind),
            stream=True,
        )
        for kind in (FaultKind.DISCONNECT, FaultKind.CUT, FaultKind.MALFORMED)
    ),
)
