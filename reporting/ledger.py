"""The ledger (台账) of one round as the digest, the receipts and the reminders see it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from operator import itemgetter

from reporting.report import Facts, Status
from reporting.task import Task


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """The supervision office (督查室) as it signs what it sends, with its telephone."""

    name: str
    phone: str = ""

    @property
    def words(self) -> str:
        """The office and where to ring it."""
        return f"{self.name}（电话{self.phone}）" if self.phone else self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskState:
    """One task in one round: the latest report, by which unit, and what earlier rounds said.

    `facts` is the latest version of this round, `earlier` the last report of the rounds before.
    `reported` says that a lead unit has reported: what only a supporting unit (配合单位) wrote is
    kept in `facts`, but the report is still owed. `unreached`: no message got to the unit's
    people in this round, so nobody there can be late (送达才算数). `returned` is why the office
    sent the last report back: it is owed again.
    """

    task: Task
    reported: bool = False
    facts: Facts | None = None
    unit: str | None = None
    reported_at: datetime | None = None
    earlier: Facts | None = None
    unreached: bool = False
    returned: str = ""

    @property
    def accountable(self) -> str | None:
        """The unit that owes the report: the first lead (牵头单位负总责)."""
        return self.task.leads[0] if self.task.leads else None

    @property
    def is_expected(self) -> bool:
        """Whether this round asks for it: not for a suspended task, nor for one once done."""
        if self.task.halted:
            return False
        unsettled = self.earlier is None or not _settles(self.earlier)
        return self.reported or bool(self.returned) or unsettled

    @property
    def is_outstanding(self) -> bool:
        """Whether a report is still owed."""
        return self.is_expected and not self.reported

    @property
    def status(self) -> Status | None:
        """How the task stands by its own latest word, of this round or before."""
        latest = self.facts if self.reported else self.earlier
        return latest.status if latest is not None else None


def _settles(facts: Facts) -> bool:
    """Said to be done, unless its own number says otherwise: then the task is asked for again."""
    return facts.status is Status.DONE and (facts.percent is None or facts.percent >= 100)


def outstanding_tasks(states: Iterable[TaskState], units: Iterable[str]) -> tuple[Task, ...]:
    """What these units still owe this round, in plan order."""
    own = frozenset(units)
    return tuple(s.task for s in states if s.is_outstanding and s.accountable in own)


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """What is outstanding by unit, each task with its place in the plan."""

    by_unit: Mapping[str, tuple[tuple[int, Task], ...]]

    def of(self, units: Iterable[str]) -> tuple[Task, ...]:
        """What these units still owe, in plan order."""
        found = [one for unit in dict.fromkeys(units) for one in self.by_unit.get(unit, ())]
        return tuple(task for _, task in sorted(found, key=itemgetter(0)))


def owed_by_unit(states: Iterable[TaskState]) -> Owed:
    """What every unit still owes this round."""
    by_unit: dict[str, list[tuple[int, Task]]] = {}
    for place, state in enumerate(states):
        if state.is_outstanding and state.accountable is not None:
            by_unit.setdefault(state.accountable, []).append((place, state.task))
    return Owed(by_unit={unit: tuple(tasks) for unit, tasks in by_unit.items()})
