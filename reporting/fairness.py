"""What fairness keeps and looks up: leaves, rungs that were asked, signings, as Protocols."""

from collections.abc import Mapping, Sequence, Set
from datetime import date, datetime
from typing import Protocol

from reporting.escalation import Asked
from reporting.leave import Leave
from reporting.liaison import Rung
from reporting.office import LeadershipGroup
from reporting.signing import Signing


class Leaves(Protocol):
    """When liaisons are away, and who stands in."""

    async def on(self, office_id: int, day: date) -> Sequence[Leave]:
        """The leaves that cover a day."""

    async def ahead(self, office_id: int, day: date) -> Sequence[Leave]:
        """The leaves that end on a day or later, the next first."""

    async def keep(self, office_id: int, leave: Leave, made_by: str) -> int:
        """Keep a leave in place of any that it overlaps; its id."""

    async def end(self, liaison_id: int, day: date) -> int:
        """Call off the leaves of a liaison that end on a day or later; how many."""


class Escalations(Protocol):
    """Which rungs of a unit's ladder were asked in a round, each once."""

    async def claim(self, office_id: int, round_id: int, unit: str, rung: Rung) -> bool:
        """Whether this rung of this unit is ours to ask."""

    async def keep(self, round_id: int, unit: str, rung: Rung, messages: Sequence[str]) -> None:
        """These messages asked the rung."""

    async def asked(self, round_id: int) -> Mapping[str, tuple[Asked, ...]]:
        """What was asked in a round by unit, in order, with when it arrived."""


class Claims(Protocol):
    """Unique rows that make an effect happen once, whatever crashes and however many replicas."""

    async def reminder(self, office_id: int, round_id: int, liaison_id: int, step: str) -> bool:
        """Whether this step for this liaison is ours to send."""

    async def reminded(self, round_id: int) -> Set[tuple[int, str]]:
        """The (liaison, step) pairs of a round that are claimed."""

    async def reminders_since(self, office_id: int, since: datetime) -> Mapping[int, int]:
        """How many reminders came due for each liaison since a moment, held back or not."""

    async def digest(
        self, office_id: int, round_id: int, group: LeadershipGroup, kind: str
    ) -> bool:
        """Whether this digest for this group is ours to post."""


class Signings(Protocol):
    """Who was sent a round's notice, and who has signed for it."""

    async def tell(self, office_id: int, round_id: int, liaison_id: int) -> bool:
        """Whether this copy of the notice is ours to send."""

    async def sign(self, round_id: int, liaison_id: int) -> bool:
        """He signs for his copy; False when he has none or has signed before."""

    async def all(self, round_id: int) -> Sequence[Signing]:
        """Every copy of a round's notice."""


class FairnessWork(Protocol):
    """What fairness keeps, within one transaction."""

    @property
    def leaves(self) -> Leaves:
        """Leaves of this transaction."""

    @property
    def escalations(self) -> Escalations:
        """Escalations of this transaction."""

    @property
    def claims(self) -> Claims:
        """Claims of this transaction."""

    @property
    def signings(self) -> Signings:
        """Signings of this transaction."""
