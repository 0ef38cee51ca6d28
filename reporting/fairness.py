"""What fairness keeps and looks up: leaves, rungs that were asked, signings, as Protocols."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Protocol

from reporting.escalation import Asked
from reporting.leave import Leave
from reporting.liaison import Rung


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


class FairnessWork(Protocol):
    """What fairness keeps, within one transaction."""

    @property
    def leaves(self) -> Leaves:
        """Leaves of this transaction."""

    @property
    def escalations(self) -> Escalations:
        """Escalations of this transaction."""
