"""How a task stands: plan against actual (序时进度), with the rule that decided it in words."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from reporting.calendar import WorkCalendar
from reporting.ledger import TaskState
from reporting.report import Facts, Status
from reporting.task import Milestone, Task
from reporting.understanding.values.measure import amounts
from reporting.wording import day_words, number_words

_PERCENT = re.compile(r"(\d+(?:\.\d+)?)\s*[%％]")
_PERIOD = re.compile(r"Q[1-4]|(?:[1-9]|1[0-2])月")
_QUARTERS = {"Q1": "一季度", "Q2": "二季度", "Q3": "三季度", "Q4": "四季度"}


class Standing(StrEnum):
    """The states a task can be in, always shown as words; a suspended one has none of the six."""

    DONE = "已完成"
    AHEAD = "超序时"
    ON_TRACK = "正常"
    BEHIND = "滞后"
    NOT_STARTED = "未启动"
    NOT_REPORTED = "未报"
    HALTED = "已中止"


@dataclass(frozen=True, slots=True, kw_only=True)
class PaceRules:
    """How many percentage points off the pace still count as normal."""

    behind_by: float = 5
    ahead_by: float = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """A task's standing and the rule that decided it; `pace` is where it should be, in percent."""

    standing: Standing
    rule: str
    pace: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """When and by which calendar and tolerance tasks are judged."""

    as_of: datetime
    calendar: WorkCalendar
    rules: PaceRules = field(default_factory=PaceRules)


def judge_task(state: TaskState, assessment: Assessment) -> Judgement:
    """How the task stands; done, unreported or past its date come before any percentage."""
    if state.task.halted:
        return Judgement(standing=Standing.HALTED, rule=f"依据{state.task.halted}")
    if not state.is_expected:
        return Judgement(standing=Standing.DONE, rule="此前已填报完成")
    facts = state.facts
    if not state.reported or facts is None:
        rule = "；".join(filter(None, ("本轮尚未报送", _overdue_rule(state.task, assessment))))
        return Judgement(standing=Standing.NOT_REPORTED, rule=rule)
    return (
        _as_said(facts)
        or _past_its_date(state.task, assessment)
        or _by_milestone(state.task, facts, assessment)
        or _by_pace(state.task, facts, assessment)
    )


def pace_percent(due: date, as_of: date, calendar: WorkCalendar) -> float:
    """The share of working days gone since the year began, to a date in it or after it (跨年)."""
    start = date(min(due.year, as_of.year), 1, 1) - timedelta(days=1)
    whole = calendar.working_days_between(start, due)
    gone = calendar.working_days_between(start, min(as_of, due))
    return 100.0 * gone / whole if whole else 100.0


def _as_said(facts: Facts) -> Judgement | None:
    """Done, or what the unit says against its own interest: its word is taken."""
    percent, status = facts.percent, facts.status
    if percent is not None and percent >= 100:
        return Judgement(standing=Standing.DONE, rule=f"填报进度{number_words(percent)}%")
    if percent is None and status is Status.DONE:
        return Judgement(standing=Standing.DONE, rule="填报已完成")
    if percent == 0 or (percent is None and status is Status.NOT_STARTED):
        return Judgement(standing=Standing.NOT_STARTED, rule="填报尚未启动")
    if status in {Status.BEHIND, Status.NOT_STARTED}:
        return Judgement(standing=Standing.BEHIND, rule="填报进度滞后")
    return None


def _past_its_date(task: Task, assessment: Assessment) -> Judgement | None:
    rule = _overdue_rule(task, assessment)
    return Judgement(standing=Standing.BEHIND, rule=rule, pace=100.0) if rule else None


def _overdue_rule(task: Task, assessment: Assessment) -> str:
    """Since when the task should have been done, in working days; empty while it is not due."""
    today = assessment.as_of.date()
    late = assessment.calendar.working_days_between(task.due, today) if task.due else 0
    if task.due is None or not late:
        return ""
    return f"完成时限{task.due.year}年{day_words(task.due)}已过{late}个工作日"


def _by_milestone(task: Task, facts: Facts, assessment: Assessment) -> Judgement | None:
    """Against the last milestone whose period has ended (目标到季、计划到月)."""
    today = assessment.as_of.date()
    # Of a task that ends next year the milestones are this year's all the same.
    year = min(task.due.year, today.year) if task.due is not None else today.year
    dated = [m for m in task.milestones if _PERIOD.fullmatch(m.period)]
    dated.sort(key=lambda milestone: _period_end(milestone, year))
    if not dated:
        return None
    passed = [milestone for milestone in dated if _period_end(milestone, year) < today]
    coming = dated[len(passed) :]
    if passed and _reaches(facts, passed[-1]) is False:
        return Judgement(standing=Standing.BEHIND, rule=_milestone_rule(passed[-1], "未达到"))
    if coming and _reaches(facts, coming[0]):
        return Judgement(standing=Standing.AHEAD, rule=_milestone_rule(coming[0], "已提前达到"))
    if passed and _reaches(facts, passed[-1]):
        return Judgement(standing=Standing.ON_TRACK, rule=_milestone_rule(passed[-1], "已达到"))
    # A plan made of words (“主体封顶”) has no even pace to hold a percentage against.
    nearest = passed[-1] if passed else coming[0]
    rule = _milestone_rule(nearest, "需人工核对，暂按正常")
    return Judgement(standing=Standing.ON_TRACK, rule=rule)


def _milestone_rule(milestone: Milestone, verdict: str) -> str:
    period = _QUARTERS.get(milestone.period, milestone.period)
    return f"{period}目标“{milestone.text}”{verdict}"


def _period_end(milestone: Milestone, year: int) -> date:
    """The last day of "Q2" or "5月"."""
    period = milestone.period
    month = 3 * int(period[1:]) if period.startswith("Q") else int(period.removesuffix("月"))
    following = date(year + month // 12, month % 12 + 1, 1)
    return following - timedelta(days=1)


def _reaches(facts: Facts, milestone: Milestone) -> bool | None:
    """Whether the milestone's number is reached; None where there is nothing to compare."""
    percent = _PERCENT.search(milestone.text)
    if percent is not None and facts.percent is not None:
        return facts.percent >= float(percent[1])
    verdicts = []
    for amount in amounts(milestone.text):
        values = [f.value for f in facts.figures if _unit(f.unit) == amount.target.unit]
        if len(values) == 1:
            verdicts.append(values[0] >= amount.target.value)
    return all(verdicts) if verdicts else None


def _unit(unit: str) -> str:
    """A unit as `amounts` names it, so that 位, 名 and 人 are one."""
    return next((amount.target.unit for amount in amounts(f"1{unit}")), unit)


def _by_pace(task: Task, facts: Facts, assessment: Assessment) -> Judgement:
    """Against an even pace over the working days of the year up to the due date."""
    if facts.percent is None:
        said = "填报正常推进" if facts.status is Status.ON_TRACK else "未填进度数，暂按正常"
        return Judgement(standing=Standing.ON_TRACK, rule=said)
    today = assessment.as_of.date()
    due = task.due or date(today.year, 12, 31)
    pace = round(pace_percent(due, today, assessment.calendar), 1)
    gap = round(facts.percent - pace, 1)
    standing = Standing.ON_TRACK
    if gap < -assessment.rules.behind_by:
        standing = Standing.BEHIND
    elif gap > assessment.rules.ahead_by:
        standing = Standing.AHEAD
    return Judgement(standing=standing, rule=_pace_rule(facts.percent, pace, gap), pace=pace)


def _pace_rule(percent: float, pace: float, gap: float) -> str:
    side = "高于" if gap > 0 else "低于"
    apart = f"{side}序时{number_words(abs(gap))}个百分点" if gap else "与序时持平"
    return f"进度{number_words(percent)}%，按工作日均衡推进应为{number_words(pace)}%，{apart}"
