"""What an office registers, as a Protocol: itself, its directory, its plan in versions."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from reporting.office import PlannedTask
from reporting.plan import Directory, NewVersion
from reporting.round import RoundRules
from reporting.task import Task


class Registry(Protocol):
    """What an office registers: itself, its directory, its plan in versions."""

    async def find(self, name: str) -> int | None:
        """The id of the office of this name."""

    async def save_office(self, name: str, rules: RoundRules, phone: str) -> int:
        """Add an office or change its rules; its id."""

    async def directory(self, office_id: int) -> Directory:
        """The units, liaisons and leaders the office knows."""

    async def save_directory(self, office_id: int, directory: Directory) -> None:
        """Add or change units, leaders and liaisons; nobody is removed."""

    async def open_tasks(self, office_id: int, year: int) -> Sequence[PlannedTask]:
        """The tasks in force of the year's own plan; none where there is no plan yet."""

    async def version(self, office_id: int, year: int) -> int:
        """The version of the year's plan in force; 0 where there is none."""

    async def save_plan(self, office_id: int, new: NewVersion, kept: Mapping[str, int]) -> int:
        """Write the plan's next version; `kept` maps new codes to the rows that go on."""

    async def stated(self, office_id: int, year: int) -> Mapping[str, Task]:
        """The tasks as the last imported table stated them, by code."""

    async def touch(self, office_id: int) -> None:
        """Raise the edition, so that every process prepares the plan anew."""
