"""What the handlers and the platforms need from outside, as small Protocols."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from reporting.messages import Address, Delivery


class Clock(Protocol):
    """Tells the time; the only way anything learns what time it is."""

    def now(self) -> datetime:
        """The present moment, aware, in Asia/Shanghai."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """An access token and how many seconds it is good for."""

    value: str
    seconds: float


class TokenCache(Protocol):
    """Access tokens shared by all replicas, fetched by one caller at a time (single flight)."""

    async def get(self, name: str, fetch: Callable[[], Awaitable[Token]]) -> str:
        """The cached token of this name, or a new one; `name` must hold no secret."""

    async def forget(self, name: str, value: str) -> None:
        """Drop the token if it is still this one: one refresh serves all who saw it fail."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """At most `count` in any `seconds`."""

    count: int
    seconds: int


class Budget(Protocol):
    """Send budgets shared by all replicas (token buckets)."""

    async def take(self, name: str, limits: tuple[Limit, ...]) -> float:
        """Take one from every limit of this name: 0.0 if taken, else seconds to wait."""


class Sender(Protocol):
    """Sends to one channel; a text too long for the platform goes out in several parts."""

    def parts(self, address: Address, text: str) -> tuple[str, ...]:
        """The text cut into sendable parts, always the same for the same text."""

    async def send(self, address: Address, part: str, *, again: bool, key: str = "") -> Delivery:
        """Send one part; `again` says an earlier try ended without a known outcome.

        `key` tells apart two messages of the same words, where the platform drops repeats. Never
        raises for what a platform does: DELIVERED, PARTLY, RETRY, REFUSED or UNKNOWN.
        """

    def repeatable(self, address: Address) -> bool:
        """Whether the platform drops a byte-identical repeat there: an unknown try is safe."""
