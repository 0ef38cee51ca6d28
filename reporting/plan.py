"""The plan: a decomposition (分解方案) with its directory of units, liaisons and leaders."""

from dataclasses import dataclass
from datetime import date

from reporting.liaison import Leader, Liaison
from reporting.task import Task
from reporting.unit import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Directory:
    """Who an office works with: units with their short names, liaisons and leaders."""

    units: tuple[Unit, ...] = ()
    liaisons: tuple[Liaison, ...] = ()
    leaders: tuple[Leader, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """One decomposition as a document states it; `cutoff_day` is the day of the month it names."""

    title: str
    year: int
    tasks: tuple[Task, ...]
    office: str = ""
    document_number: str = ""
    issued_on: date | None = None
    cutoff_day: int | None = None
    directory: Directory = Directory()


@dataclass(frozen=True, slots=True, kw_only=True)
class NewVersion:
    """A version to be kept: the plan in force, and what the table itself says (`stated`).

    `change` says in words what is new, `source` names the file.
    """

    plan: Plan
    stated: tuple[Task, ...]
    change: tuple[str, ...]
    source: str
