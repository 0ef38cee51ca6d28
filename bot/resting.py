"""Channels at rest: a quota used up or an address blocked stops all sending there for a while."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from reporting.messages import Delivery

GIVE_UP_AFTER = timedelta(hours=24)  # a message older than that would only confuse


@dataclass(frozen=True, slots=True, kw_only=True)
class Rest:
    """Why a channel rests, and until when."""

    until: datetime
    code: str
    detail: str


class Rests:
    """The channels at rest, by name; each process asks the platform once for each rest."""

    def __init__(self) -> None:
        self._rests: dict[str, Rest] = {}

    def begin(self, channel: str, delivery: Delivery, now: datetime) -> None:
        """The platform takes nothing from this channel for a while."""
        until = now + timedelta(seconds=delivery.retry_after or 0.0)
        self._rests[channel] = Rest(until=until, code=delivery.code, detail=delivery.detail)

    def find(self, channel: str, now: datetime) -> Rest | None:
        """The rest a channel is at, None when it may send or try again."""
        rest = self._rests.get(channel)
        return rest if rest is not None and now < rest.until else None

    def end(self, channel: str) -> Rest | None:
        """Something was delivered again: the rest that is over, if there was one."""
        return self._rests.pop(channel, None)
