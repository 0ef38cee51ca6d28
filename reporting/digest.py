"""The digest (群内摘要) of a round for the leaders: every figure is counted from the ledger."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from reporting.ledger import TaskState
from reporting.report import Facts, Status
from reporting.round import Round
from reporting.wording import (
    TEXT_WIDTH,
    code_list,
    moment_words,
    number_words,
    shorten,
    task_words,
)

_NO_UNIT = "未明确牵头单位"


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitMissing:
    """A unit that has not reported, with the codes of what it owes."""

    unit: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """One round counted: `expected` = `reported` + `missing`; the tuples are in plan order.

    `total` are all tasks of the audience, `finished` those done in this round or before. Units
    that could not be reached are listed apart from those that did not report.
    """

    office: str
    round: Round
    as_of: datetime
    total: int
    finished: int
    expected: int
    reported: int
    missing: int
    missing_units: tuple[UnitMissing, ...]
    unreached_units: tuple[UnitMissing, ...]
    behind: tuple[TaskState, ...]
    not_started: tuple[TaskState, ...]
    done: tuple[TaskState, ...]


def compose_digest(
    office: str, this_round: Round, states: Sequence[TaskState], as_of: datetime | None = None
) -> Digest:
    """Count a round; `states` holds each task of the audience once, in plan order.

    `as_of` is when the states were read, the cutoff unless given.
    """
    expected = [state for state in states if state.is_expected]
    outstanding = [state for state in expected if state.is_outstanding]
    reported = [state for state in states if state.reported]
    return Digest(
        office=office,
        round=this_round,
        as_of=as_of or this_round.cutoff_at,
        total=len(states),
        finished=sum(state.status is Status.DONE for state in states),
        expected=len(expected),
        reported=len(expected) - len(outstanding),
        missing=len(outstanding),
        missing_units=_by_unit(state for state in outstanding if not state.unreached),
        unreached_units=_by_unit(state for state in outstanding if state.unreached),
        behind=_with_status(reported, Status.BEHIND),
        not_started=_with_status(reported, Status.NOT_STARTED),
        done=_with_status(reported, Status.DONE),
    )


def digest_text(digest: Digest) -> str:
    """The digest as lines, an item each, so that it may be split between any two."""
    lines = [f"【{digest.round.label}重点任务进展】{digest.office}", _summary(digest)]
    lines += _unit_section("未报送", digest.missing_units)
    lines += _unit_section("通知未送达，不计迟报", digest.unreached_units)
    lines += _task_section("进度滞后", digest.behind, _behind_line)
    lines += _task_section("未启动", digest.not_started, _behind_line)
    lines += _task_section("本月完成", digest.done, _done_line)
    return "\n".join(lines)


def _summary(digest: Digest) -> str:
    missing = f"未报{digest.missing}项" if digest.missing else "已全部报齐"
    states = (
        f"滞后{len(digest.behind)}项",
        f"未启动{len(digest.not_started)}项" if digest.not_started else "",
        f"本月完成{len(digest.done)}项" if digest.done else "",
    )
    return (
        f"截至{moment_words(digest.as_of)}，应报{digest.expected}项，"
        f"已报{digest.reported}项，{missing}。\n"
        f"已报事项中{'、'.join(filter(None, states))}；"
        f"全部{digest.total}项任务累计完成{digest.finished}项。"
    )


def _by_unit(outstanding: Iterable[TaskState]) -> tuple[UnitMissing, ...]:
    codes: dict[str, list[str]] = {}
    for state in outstanding:
        codes.setdefault(state.accountable or _NO_UNIT, []).append(state.task.code)
    return tuple(UnitMissing(unit=unit, codes=tuple(owed)) for unit, owed in codes.items())


def _with_status(states: Iterable[TaskState], status: Status) -> tuple[TaskState, ...]:
    return tuple(state for state in states if state.status is status)


def _unit_section(name: str, units: Sequence[UnitMissing]) -> list[str]:
    count = sum(len(missing.codes) for missing in units)
    lines = [f"{missing.unit}：{code_list(missing.codes)}" for missing in units]
    return _section(f"{name}（{len(units)}个单位、{count}项）", lines)


def _task_section(
    name: str, states: Sequence[TaskState], line: Callable[[TaskState], str]
) -> list[str]:
    return _section(f"{name}（{len(states)}项）", [line(state) for state in states])


def _section(heading: str, lines: list[str]) -> list[str]:
    return ["", f"■ {heading}", *lines] if lines else []


def _behind_line(state: TaskState) -> str:
    facts = state.facts or Facts()
    problem = shorten(facts.problem or "未说明原因", TEXT_WIDTH)
    measure = f"；下步：{shorten(facts.next_step, TEXT_WIDTH)}" if facts.next_step else ""
    return f"{_done_line(state)}：{problem}{measure}"


def _done_line(state: TaskState) -> str:
    unit = state.accountable or state.unit or _NO_UNIT
    percent = state.facts.percent if state.facts is not None else None
    reached = f"，{number_words(percent)}%" if percent is not None else ""
    return f"{task_words(state.task.code, state.task.title)}（{unit}{reached}）"
