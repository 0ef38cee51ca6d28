"""A round counted by where its tasks come from (《政府工作报告》、会议决定、批示 …)."""

from collections.abc import Iterable
from dataclasses import dataclass

from reporting.ledger import TaskState
from reporting.report import Status
from reporting.task import TaskSource

_UNSAID = "未注明来源"


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceCount:
    """The tasks of one source: all, asked for this round, reported of these, done by now."""

    source: str
    total: int
    expected: int
    reported: int
    finished: int


def count_by_source(states: Iterable[TaskState]) -> tuple[SourceCount, ...]:
    """Each source that occurs, in the order of the sources, what names none last."""
    held: dict[TaskSource | None, list[TaskState]] = {}
    for state in states:
        held.setdefault(state.task.source, []).append(state)
    return tuple(
        SourceCount(
            source=source.value if source else _UNSAID,
            total=len(held[source]),
            expected=sum(state.is_expected for state in held[source]),
            reported=sum(state.is_expected and state.reported for state in held[source]),
            finished=sum(state.status is Status.DONE for state in held[source]),
        )
        for source in (*TaskSource, None)
        if source in held
    )


def source_section(states: Iterable[TaskState]) -> list[str]:
    """The lines of a digest by source; none where all tasks come from the same."""
    counts = count_by_source(states)
    if len(counts) < 2:
        return []
    lines = [
        f"{one.source}：{one.total}项，本月应报{one.expected}项、已报{one.reported}项，"
        f"累计完成{one.finished}项"
        for one in counts
    ]
    return ["", f"■ 按来源（{len(counts)}类）", *lines]
