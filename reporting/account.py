"""Accounts and alarms as the handlers keep them: who is bound, who is lost, what needs a hand."""

from collections.abc import Collection
from typing import Protocol

from reporting.binding import Bound, Grant
from reporting.messages import IncomingMessage


class Accounts(Protocol):
    """Accounts on the channels; ids are compared without regard to case."""

    async def redeem(self, office_id: int, code: str) -> Grant | None:
        """Use a code up: what it gives, or None when it is wrong, used or expired."""

    async def count_failures(self, channel: str, user_id: str) -> int:
        """How many codes of this account failed lately."""

    async def note_failure(self, office_id: int, channel: str, user_id: str) -> None:
        """Remember that a code of this account failed."""

    async def bind(
        self, grant: Grant, office_id: int, channel: str, message: IncomingMessage
    ) -> Bound | None:
        """Bind the sender's account; None when the liaison the code was issued for is gone.

        Whoever is bound already gets the unit added to his own.
        """

    async def mark_stale(self, channel: str, user_id: str, reason: str) -> bool:
        """The account cannot be reached any more; False when it is unknown or known as such."""

    async def revive(self, channel: str, user_id: str) -> bool:
        """The account can be reached again; False when it was not stale."""

    async def rename(self, channel: str, old: str, new: str) -> bool:
        """The platform gave the account another id; False when nobody is bound to it."""


class Alarms(Protocol):
    """What an operator must see to; one row for each open trouble."""

    async def sound(self, office_id: int, channel: str, kind: str, detail: str) -> bool:
        """Raise an alarm; False when the same is open already."""

    async def settle(self, office_id: int, channel: str, kinds: Collection[str]) -> None:
        """These troubles are over."""
