"""How platforms misbehave while a campaign goes on."""

from collections.abc import Iterator

from simulator.fault import Endpoint, Fault, FaultKind

CALLBACKS = (Endpoint.WECOM_CALLBACK, Endpoint.DINGTALK_CALLBACK)
SENDING = (
    Endpoint.WECOM_MESSAGE,
    Endpoint.DINGTALK_PERSON,
    Endpoint.WECOM_WEBHOOK,
    Endpoint.DINGTALK_GROUP,
)
TOKENS = (Endpoint.WECOM_TOKEN, Endpoint.DINGTALK_TOKEN)
ROUNDS = 200
LATE_SECONDS = 0.5
DUPLICATES = tuple(
    Fault(kind=FaultKind.DUPLICATE, endpoint=endpoint, times=None, every=10)
    for endpoint in CALLBACKS
)


def bad_days() -> Iterator[Fault]:
    """A tenth of the callbacks comes twice, a tenth out of order; a tenth of the calls fails.

    The kinds take turns: a fault must be used up before the next of its endpoint has its turn.
    """
    for _ in range(ROUNDS):
        for endpoint in CALLBACKS:
            yield Fault(kind=FaultKind.DUPLICATE, endpoint=endpoint, every=5)
            yield Fault(kind=FaultKind.REORDER, endpoint=endpoint, every=5, seconds=LATE_SECONDS)
        for endpoint in SENDING:
            yield Fault(kind=FaultKind.SERVER_ERROR, endpoint=endpoint, every=10)
            yield Fault(kind=FaultKind.SLOW, endpoint=endpoint, every=10, seconds=LATE_SECONDS)
            yield Fault(kind=FaultKind.HTML, endpoint=endpoint, every=10)
            yield Fault(kind=FaultKind.EXPIRED_TOKEN, endpoint=endpoint, every=10)
            yield Fault(kind=FaultKind.HANG, endpoint=endpoint, every=50)
        for endpoint in TOKENS:
            yield Fault(kind=FaultKind.SERVER_ERROR, endpoint=endpoint, every=3)
