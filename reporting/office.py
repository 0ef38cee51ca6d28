"""The office (督查室), its open plan, and the people it hears from, as the ledger knows them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from reporting.attachment import PhotoRule
from reporting.calendar import WorkCalendar
from reporting.guards import Policy
from reporting.liaison import Liaison
from reporting.round import RoundRules
from reporting.secrecy import NumberRule
from reporting.task import Task
from reporting.understanding.naming.index import PlanIndex


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
    photos: PhotoRule = PhotoRule.STRIP


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedTask:
    """A task of the open plan with its row."""

    id: int
    task: Task


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenPlan:
    """The plan in force, prepared once for each edition: tasks and titles by code in plan order.

    `_own` are the tasks of each unit with their places: a message looks at its sender's only.
    """

    id: int
    office: Office
    year: int
    title: str
    tasks: Mapping[str, PlannedTask]
    index: PlanIndex
    titles: Mapping[str, str] = field(init=False)
    _own: Mapping[str, Mapping[int, PlannedTask]] = field(init=False)

    def __post_init__(self) -> None:
        """Prepare what every message asks for."""
        own: dict[str, dict[int, PlannedTask]] = {}
        for place, planned in enumerate(self.tasks.values()):
            for unit in planned.task.units:
                own.setdefault(unit, {})[place] = planned
        titles = {code: planned.task.title for code, planned in self.tasks.items()}
        object.__setattr__(self, "_own", own)
        object.__setattr__(self, "titles", titles)

    def led_by(self, units: tuple[str, ...]) -> tuple[PlannedTask, ...]:
        """The tasks that one of these units leads."""
        return tuple(t for t in self.open_to(units) if set(units) & set(t.task.leads))

    def open_to(self, units: tuple[str, ...]) -> tuple[PlannedTask, ...]:
        """The tasks that one of these units leads or supports."""
        found: dict[int, PlannedTask] = {}
        for unit in units:
            found |= self._own.get(unit, {})
        return tuple(found[place] for place in sorted(found))


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
