"""Access tokens: the same one within its 7,200 seconds, then a new one."""

import secrets
from datetime import datetime, timedelta
from enum import Enum, auto

from reporting.ports import Clock, Token


class TokenState(Enum):
    """What a token turns out to be."""

    VALID = auto()
    EXPIRED = auto()
    UNKNOWN = auto()
    MISSING = auto()


class TokenDesk:
    """Issues the access tokens of one app and knows them again."""

    def __init__(self, clock: Clock, *, life: timedelta = timedelta(seconds=7200)) -> None:
        self._clock = clock
        self._life = life
        self._until: dict[str, datetime] = {}
        self._current = ""

    def issue(self) -> Token:
        """The current token, or a new one if that has ended."""
        now = self._clock.now()
        if self._until.get(self._current, now) <= now:
            self._current = secrets.token_urlsafe(48)
            self._until[self._current] = now + self._life
        left = self._until[self._current] - now
        return Token(value=self._current, seconds=left.total_seconds())

    def check(self, value: str) -> TokenState:
        """Whether the token may be used now."""
        if not value:
            return TokenState.MISSING
        until = self._until.get(value)
        if until is None:
            return TokenState.UNKNOWN
        return TokenState.VALID if self._clock.now() < until else TokenState.EXPIRED

    def expire(self) -> None:
        """End the current token early, as both platforms reserve the right to."""
        if self._current:
            self._until[self._current] = self._clock.now()
