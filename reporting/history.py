"""What was reported about a task over the rounds, and what was changed about it (历次)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from reporting.amendment import NAMES
from reporting.dossier import FiledReport
from reporting.task import Task
from reporting.wording import TEXT_WIDTH, day_words, shorten, task_words

_ASKS = re.compile(r"历次|历史|往期|变化情况|之前(?:都)?报|以前(?:都)?报|前几[次个]月?")


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptChange:
    """One change to a task in force as it was kept."""

    day: date
    field: str
    old: str
    new: str
    basis: str


def asks_for_history(text: str) -> bool:
    """Whether a message asks what was reported before."""
    return bool(_ASKS.search(text))


def compose_history(task: Task, filed: Sequence[FiledReport], changes: Sequence[KeptChange]) -> str:
    """Every version in its order, marked late, withdrawn or returned; then the changes."""
    lines = [task_words(task.code, task.title)]
    lines += [_line(one) for one in filed] or ["还没有填报记录。"]
    lines += [
        f"{day_words(one.day)}变更{NAMES.get(one.field, one.field)}："
        f"{one.old} → {one.new}（依据：{one.basis}）"
        for one in changes
    ]
    return "\n".join(lines)


def _line(one: FiledReport) -> str:
    marks = [
        mark
        for mark, holds in (
            ("迟报", one.late),
            ("已撤回", one.withdrawn_at is not None),
            ("已退回", one.returned_at is not None),
        )
        if holds
    ]
    marked = f"（{'、'.join(marks)}）" if marks else ""
    said = one.said or shorten(one.words, TEXT_WIDTH)
    return f"{one.month} 第{one.version}版 {one.unit}：{said}{marked}"
