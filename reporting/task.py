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


class TaskSource(StrEnum):
    """Where a task comes from: the five sources of the yearly targets, and two that come later."""

    ABOVE = "中央和省下达"
    COMMITTEE = "党委提出"
    REPORT = "政府工作报告"
    DEPARTMENT = "省直厅局下达"
    PROPOSAL = "建议提案"
    MEETING = "会议议定"
    INSTRUCTION = "领导批示"


class Horizon(StrEnum):
    """Whether a task ends by a day (阶段性) or stands all the year (长期性)."""

    STAGED = "阶段性"
    STANDING = "长期性"


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone:
    """What a task should have reached by one period, "Q1".."Q4" or "1月".."12月"."""

    period: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One task as the plan states it; units by full name, the first lead accountable (牵头单位).

    `halted` is the basis on which the office suspended it (中止); empty while it is in force.
    `programmes` are tags (十项重点工程); `department`, `handler` the lead's 责任科室 and 经办人.
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
    source: TaskSource | None = None
    programmes: tuple[str, ...] = ()
    horizon: Horizon | None = None
    department: str = ""
    handler: str = ""

    @property
    def units(self) -> tuple[str, ...]:
        """Every unit that may report on the task, leads first."""
        return self.leads + self.supports
