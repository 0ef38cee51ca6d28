"""Where a task comes from, how long it runs, and what of its duty is still unsaid (五要素).

Each duty names its object, work, day, unit and person (年初报督查室备案); a task of stages needs a
day, a standing one its yearly nodes (阶段性任务、长期性任务).
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from reporting.task import Horizon, Task, TaskSource
from reporting.wording import code_list, task_words

_SOURCES: tuple[tuple[re.Pattern[str], TaskSource], ...] = tuple(
    (re.compile(words), source)
    for words, source in (
        (r"批示|指示|交办", TaskSource.INSTRUCTION),
        (r"建议|提案|代表|委员(?!会)", TaskSource.PROPOSAL),
        (r"会议|纪要|议定", TaskSource.MEETING),
        (r"政府工作报告|《?报告》?", TaskSource.REPORT),
        (r"省直|厅局|上级部门|省[一-龥]{1,6}[厅局]", TaskSource.DEPARTMENT),
        (r"中央|国家|国务院|省委|省政府|省里|省下达|省定", TaskSource.ABOVE),
        (r"[市县区]委", TaskSource.COMMITTEE),
    )
)
_LONG = re.compile(r"长期|常态|持续|经常")
_STAGED = re.compile(r"阶段|限时|年度|一次")


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A task with what is missing of its duty, in words."""

    task: Task
    missing: tuple[str, ...]

    @property
    def words(self) -> str:
        """The gap on one line."""
        named = task_words(self.task.code, self.task.title)
        return f"{named}：缺{'、'.join(self.missing)}"


def source_of(text: str) -> TaskSource | None:
    """The source a cell or an order names; None where it names none."""
    return next((source for words, source in _SOURCES if words.search(text)), None)


def horizon_of(text: str) -> Horizon | None:
    """The horizon a cell or an order names."""
    if _LONG.search(text):
        return Horizon.STANDING
    return Horizon.STAGED if _STAGED.search(text) else None


def find_gaps(tasks: Sequence[Task], attended: Collection[str]) -> tuple[Gap, ...]:
    """The tasks whose duty is not fully said; `attended` are units with a liaison."""
    found = (Gap(task=task, missing=_missing(task, attended)) for task in tasks)
    return tuple(gap for gap in found if gap.missing)


def compose_gaps(gaps: Sequence[Gap], total: int) -> str:
    """The gap list for the office; the many that lack only a section are told in one line."""
    if not gaps:
        return f"全部{total}项任务五要素齐全。"
    minor = [gap for gap in gaps if set(gap.missing) <= _MINOR]
    grave = [gap for gap in gaps if gap not in minor]
    lines = [f"五要素不全的有{len(gaps)}项（共{total}项）：", *(gap.words for gap in grave)]
    if minor:
        lines.append(f"只缺责任科室或经办人：{code_list(gap.task.code for gap in minor)}。")
    return "\n".join(lines)


def duty_words(task: Task) -> str:
    """Kind, source, programmes, horizon and people of a task on one line; empty if none is said."""
    parts = (
        task.kind.value if task.kind else "",
        f"来源：{task.source.value}" if task.source else "",
        f"专项：{'、'.join(task.programmes)}" if task.programmes else "",
        task.horizon.value if task.horizon else "",
        f"科室：{task.department}" if task.department else "",
        f"经办：{task.handler}" if task.handler else "",
    )
    return "；".join(part for part in parts if part)


_MINOR = frozenset({"责任科室", "经办人"})


def _missing(task: Task, attended: Collection[str]) -> tuple[str, ...]:
    standing = task.horizon is Horizon.STANDING
    lead = task.leads[0] if task.leads else ""
    checks = (
        ("牵头单位", not lead),
        ("联络员", bool(lead) and lead not in attended),
        ("完成时限", not standing and task.due is None),
        ("年度节点", standing and not task.milestones),
        ("责任科室", not task.department),
        ("经办人", not task.handler),
    )
    return tuple(name for name, lacks in checks if lacks)
