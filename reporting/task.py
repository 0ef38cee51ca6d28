"""A task: one line of the decomposition of the yearly government work report (目标任务分解表)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class TaskKind(StrEnum):
    """The four kinds of target; each drives what a reply must contain."""

    INDICATOR = "数据指标类"
    MATTER = "任务事项类"
    PROPOSAL = "建议提案类"
    LIVELIHOOD = "民生实事类"


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone:
    """What a task should have reached by one period, "Q1".."Q4" or "1月".."12月"."""

    period: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One task as the plan states it; units by full name, the first lead accountable (牵头单位).

    `halted` is the basis on which the office suspended it (中止); empty while it is in force.
    """

    code: str
    title: str
    section: str = ""
    kind: TaskKind | None = None
    leads: tuple[str, ...] = ()
    supports: tuple[str, ...] = ()
    leader: str | None = None
    due: date | None = None
    due_text: str = ""
    milestones: tuple[Milestone, ...] = ()
    halted: str = ""

    @property
    def units(self) -> tuple[str, ...]:
        """Every unit that may report on the task, leads first."""
        return self.leads + self.supports
