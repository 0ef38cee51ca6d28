"""Logging a person in by his platform, for pages: a code comes back and becomes his user id."""

import hmac
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Protocol

STATE_LIVES = timedelta(minutes=10)


class Login(Protocol):
    """The login of one channel's platform (OAuth 2, code flow)."""

    @property
    def code_name(self) -> str:
        """The field of the query in which the code comes back."""

    def address(self, back: str, state: str) -> str:
        """Where the person's browser is sent; it comes back to `back` with a code and the state."""

    async def user_of(self, code: str) -> str:
        """The user id behind a code, good for one use.

        DeliveryRefused for a code that is used or expired, or of somebody outside the
        organisation; DeliveryFailed when the platform cannot be asked now.
        """


def issue_state(nonce: str, now: datetime, sign: Callable[[str], str]) -> str:
    """A state only we can have issued; the browser keeps it until the person comes back."""
    stamped = f"{nonce}.{int((now + STATE_LIVES).timestamp())}"
    return f"{stamped}.{sign(stamped)}"


def is_own_state(given: str, kept: str, now: datetime, sign: Callable[[str], str]) -> bool:
    """Whether it is the state this very browser was sent away with, still in its ten minutes."""
    if not given or not hmac.compare_digest(given.encode(), kept.encode()):
        return False
    stamped, _, signature = given.rpartition(".")
    if not hmac.compare_digest(sign(stamped).encode(), signature.encode()):
        return False
    return int(stamped.rpartition(".")[2]) > now.timestamp()
