"""The whole ledger counted by standing: the office's full view, and a quarter for the leaders.

Standings are words with the rule that decided them, never a colour alone; every figure is counted.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from reporting.ledger import TaskState
from reporting.portfolio import Decision
from reporting.round import Round
from reporting.status import Assessment, Standing, judge_task
from reporting.wording import TEXT_WIDTH, code_list, moment_words, shorten, task_words

RULE = "状态按节点目标、其次按工作日均衡推进与填报进度比对；各项依据可回复“12号什么情况”查看。"
_NO_UNIT = "未明确牵头单位"
_PRESSING = (Standing.BEHIND, Standing.NOT_STARTED)
_NUMERALS = "一二三四"


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitCount:
    """One unit's tasks: all, owed this round, behind or not started."""

    unit: str
    total: int
    missing: int
    pressing: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthCount:
    """How many reports a month asked for and got, late ones included."""

    month: int
    expected: int
    reported: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """All tasks judged at one moment, in plan order; `counts` of each standing that occurs."""

    as_of: datetime
    judged: tuple[Decision, ...]

    @property
    def counts(self) -> tuple[tuple[Standing, int], ...]:
        """How many tasks stand how."""
        counted = Counter(one.judgement.standing for one in self.judged)
        return tuple((standing, counted[standing]) for standing in Standing if counted[standing])

    @property
    def pressing(self) -> tuple[Decision, ...]:
        """The tasks behind or not started."""
        return tuple(one for one in self.judged if one.judgement.standing in _PRESSING)

    @property
    def units(self) -> tuple[UnitCount, ...]:
        """Every unit with what it leads."""
        held: dict[str, list[Decision]] = {}
        for one in self.judged:
            held.setdefault(one.state.accountable or _NO_UNIT, []).append(one)
        return tuple(
            UnitCount(
                unit=unit,
                total=len(own),
                missing=sum(one.state.is_outstanding for one in own),
                pressing=sum(one.judgement.standing in _PRESSING for one in own),
            )
            for unit, own in held.items()
        )


def take_overview(states: Sequence[TaskState], assessment: Assessment) -> Overview:
    """Judge every task once."""
    judged = (Decision(state=one, judgement=judge_task(one, assessment)) for one in states)
    return Overview(as_of=assessment.as_of, judged=tuple(judged))


def office_text(office: str, month: Round, overview: Overview) -> str:
    """The office's full view of a round: counts, units, and each task that is off its plan."""
    lines = [f"【{month.label}全部事项】{office}", _counts(overview), RULE]
    units = [
        _listed(f"{one.unit}：牵头{one.total}项", one.missing, one.pressing)
        for one in overview.units
    ]
    lines += ["", f"■ 各单位（{len(units)}个）", *units]
    lines += _pressing(overview)
    missing = [one.state.task.code for one in overview.judged if one.state.is_outstanding]
    if missing:
        lines += ["", f"■ 本月未报（{len(missing)}项）", f"{code_list(missing)}。"]
    return "\n".join(lines)


def _listed(head: str, missing: int, pressing: int) -> str:
    """A unit on one line; what it has none of is left out."""
    told = f"，未报{missing}项" if missing else "，已报齐"
    return f"{head}{told}" + (f"，滞后或未启动{pressing}项" if pressing else "")


def quarter_text(
    office: str, month: Round, overview: Overview, months: Sequence[MonthCount], closed: int
) -> str:
    """A quarter for the leaders: progress, problems, measures (季度通报进展、问题、对策)."""
    told = "；".join(f"{m.month}月应报{m.expected}项、已报{m.reported}项" for m in months)
    return "\n".join(
        (
            f"【{quarter_label(month)}重点任务进展】{office}",
            _counts(overview),
            f"各月报送：{told}。",
            f"本季度办结问题建议{closed}项。",
            RULE,
            *_pressing(overview),
        )
    )


def quarter_label(month: Round) -> str:
    """The quarter a month closes: 2026年第二季度."""
    return f"{month.year}年第{_NUMERALS[(month.month - 1) // 3]}季度"


def closes_quarter(month: Round) -> bool:
    """Whether the month is a quarter's last."""
    return month.month % 3 == 0


def _counts(overview: Overview) -> str:
    counted = "、".join(f"{standing.value}{count}项" for standing, count in overview.counts)
    return f"截至{moment_words(overview.as_of)}，全部{len(overview.judged)}项：{counted}。"


def _pressing(overview: Overview) -> list[str]:
    found = overview.pressing
    lines = [_line(one) for one in found]
    return ["", f"■ 滞后和未启动（{len(found)}项）", *lines] if lines else []


def _line(one: Decision) -> str:
    task, facts = one.state.task, one.state.facts if one.state.reported else None
    parts = [one.judgement.rule]
    if facts is not None and facts.problem:
        parts.append(f"问题：{shorten(facts.problem, TEXT_WIDTH)}")
    if facts is not None and facts.next_step:
        parts.append(f"对策：{shorten(facts.next_step, TEXT_WIDTH)}")
    unit = one.state.accountable or _NO_UNIT
    standing = one.judgement.standing.value
    return f"{task_words(task.code, task.title)}（{unit}）{standing}：{'；'.join(parts)}"
