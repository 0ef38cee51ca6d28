"""The office (督查室), its open plan, and the people it hears from, as the ledger knows them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from reporting.calendar import WorkCalendar
from reporting.guards import Policy
from reporting.liaison import Liaison
from reporting.round import RoundRules
from reporting.secrecy import NumberRule
from reporting.task import Task
from reporting.understanding.index import PlanIndex


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """One tenant; `edition` rises whenever its plan, units or people change."""

    id: int
    name: str
    rules: RoundRules
    edition: int
    phone: str = ""
    calendar: WorkCalendar = field(default_factory=WorkCalendar)
    policy: Policy = field(default_factory=Policy)
    numbers: NumberRule = NumberRule.MASK


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedTask:
    """A task of the open plan with its row."""

    id: int
    task: Task


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenPlan:
    """The plan in force, prepared once for each edition: tasks by code in plan order."""

    id: int
    office: Office
    year: int
    title: str
    tasks: Mapping[str, PlannedTask]
    index: PlanIndex

    def led_by(self, units: tuple[str, ...]) -> tuple[PlannedTask, ...]:
        """The tasks that one of these units leads."""
        return tuple(t for t in self.tasks.values() if set(units) & set(t.task.leads))

    def open_to(self, units: tuple[str, ...]) -> tuple[PlannedTask, ...]:
        """The tasks that one of these units leads or supports."""
        return tuple(t for t in self.tasks.values() if set(units) & set(t.task.units))


@dataclass(frozen=True, slots=True, kw_only=True)
class Correspondent:
    """Who a message came from: a liaison known by his account on the channel.

    `stale`: the platform had lost that account.
    """

    office_id: int
    liaison_id: int
    liaison: Liaison
    stale: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A liaison's id on one channel."""

    channel: str
    user_id: str
    liaison_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadershipGroup:
    """A group of leaders that gets the digest."""

    channel: str
    name: str
