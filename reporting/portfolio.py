"""A leader's own digest: his portfolio only, three figures, at most five items to decide.

Every sentence about a task carries its code, every figure is counted from the ledger.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from reporting.concern import OpenConcern
from reporting.ledger import TaskState
from reporting.round import Round
from reporting.status import Assessment, Judgement, Standing, judge_task
from reporting.wording import (
    TEXT_WIDTH,
    code_in_command,
    code_list,
    moment_words,
    shorten,
    task_words,
)

MOST_DECISIONS = 5
_PRESSING = (Standing.BEHIND, Standing.NOT_STARTED, Standing.NOT_REPORTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A task that needs the leader: how it stands and what its unit asks for."""

    state: TaskState
    judgement: Judgement


@dataclass(frozen=True, slots=True, kw_only=True)
class Portfolio:
    """What one leader sees; `pressing` is how many need him, `decisions` the first of
    them and `others` the rest.
    """

    leader: str
    round: Round
    as_of: datetime
    total: int
    missing: int
    pressing: int
    decisions: tuple[Decision, ...]
    others: tuple[Decision, ...]


def compose_portfolio(
    leader: str, this_round: Round, states: Sequence[TaskState], assessment: Assessment
) -> Portfolio:
    """Count the tasks in this leader's charge and pick those that need him, gravest first."""
    own = [state for state in states if state.task.leader == leader]
    judged = [Decision(state=state, judgement=judge_task(state, assessment)) for state in own]
    pressing = [one for one in judged if _needs_leader(one)]
    # Sorting keeps plan order among equals, so the same ledger always gives the same digest.
    pressing.sort(key=_gravity)
    return Portfolio(
        leader=leader,
        round=this_round,
        as_of=assessment.as_of,
        total=len(own),
        missing=sum(state.is_outstanding for state in own),
        pressing=len(pressing),
        decisions=tuple(pressing[:MOST_DECISIONS]),
        others=tuple(pressing[MOST_DECISIONS:]),
    )


def portfolio_text(portfolio: Portfolio, concerns: Sequence[OpenConcern] = ()) -> str:
    """The digest as lines, an item each, with what is open about the leader's own tasks."""
    lines = [
        f"【{portfolio.round.label}分管任务】{portfolio.leader}",
        f"截至{moment_words(portfolio.as_of)}，分管{portfolio.total}项，"
        f"本月未报{portfolio.missing}项，需关注{portfolio.pressing}项。",
    ]
    lines += [_line(number, one) for number, one in enumerate(portfolio.decisions, 1)]
    if portfolio.others:
        codes = code_list(one.state.task.code for one in portfolio.others)
        lines.append(f"另有{len(portfolio.others)}项需关注：{codes}。")
    if concerns:
        codes = code_list(dict.fromkeys(code for one in concerns for code in one.tasks))
        lines.append(f"未办结问题建议{len(concerns)}项：{codes}。")
    if portfolio.decisions:
        first = portfolio.decisions[0].state
        unit = first.accountable or "牵头单位"
        lines.append(f"可直接回复，如“{code_in_command(first.task.code)} 请{unit}周五前说明”。")
    return "\n".join(lines)


def _needs_leader(one: Decision) -> bool:
    """Off its plan, or asking for help: a unit's suggestion waits for somebody above it."""
    facts = one.state.facts
    asks = one.state.reported and facts is not None and bool(facts.suggestion)
    # Who was never reached has not failed to report; the office rings him first.
    absent = one.judgement.standing is Standing.NOT_REPORTED and one.state.unreached
    return asks or (one.judgement.standing in _PRESSING and not absent)


def _gravity(one: Decision) -> int:
    standing = one.judgement.standing
    return _PRESSING.index(standing) if standing in _PRESSING else len(_PRESSING)


def _line(number: int, one: Decision) -> str:
    task, facts = one.state.task, one.state.facts if one.state.reported else None
    parts = [one.judgement.rule]
    if facts is not None and facts.problem:
        parts.append(f"问题：{shorten(facts.problem, TEXT_WIDTH)}")
    if facts is not None and facts.suggestion:
        parts.append(f"建议：{shorten(facts.suggestion, TEXT_WIDTH)}")
    unit = one.state.accountable or "未明确牵头单位"
    standing = one.judgement.standing.value
    return f"{number}. {task_words(task.code, task.title)}（{unit}）{standing}：{'；'.join(parts)}"
