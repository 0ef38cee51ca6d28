"""What one process remembers by itself while the shared cache is away."""

import asyncio
import time
from collections import defaultdict

from reporting.ports import Limit, Token


def lifetime(token: Token) -> float:
    """How long a token is used: it is renewed a tenth, at most five minutes, before its end."""
    return token.seconds - min(300.0, token.seconds / 10)


class LocalTokens:
    """Tokens this process fetched, and one lock for each name."""

    def __init__(self) -> None:
        self._tokens: dict[str, tuple[str, float]] = {}
        self._locks: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    def alone(self, name: str) -> asyncio.Lock:
        """The lock that lets one task of this process at a time look for this token."""
        return self._locks[name]

    def find(self, name: str) -> str | None:
        """The token, while it is good."""
        value, until = self._tokens.get(name, ("", 0.0))
        return value if time.monotonic() < until else None

    def keep(self, name: str, token: Token) -> None:
        """Remember the token for its lifetime."""
        self._tokens[name] = (token.value, time.monotonic() + lifetime(token))

    def forget(self, name: str, value: str) -> None:
        """Drop the token if it is still this one."""
        if self._tokens.get(name, ("", 0.0))[0] == value:
            del self._tokens[name]


class LocalBudget:
    """A sliding window over this process's own sends."""

    def __init__(self) -> None:
        self._taken: dict[str, list[float]] = {}

    def take(self, name: str, limits: tuple[Limit, ...]) -> float:
        """Take one from every limit of this name: 0.0 if taken, else seconds to wait."""
        now = time.monotonic()
        longest = max((limit.seconds for limit in limits), default=0)
        taken = [moment for moment in self._taken.get(name, []) if moment > now - longest]
        wait = max((_wait(taken, limit, now) for limit in limits), default=0.0)
        self._taken[name] = taken if wait > 0 else [*taken, now]
        return wait


def _wait(taken: list[float], limit: Limit, now: float) -> float:
    """Seconds until the oldest of the last `count` sends leaves the window."""
    if len(taken) < limit.count:
        return 0.0
    return max(0.0, taken[-limit.count] + limit.seconds - now)
