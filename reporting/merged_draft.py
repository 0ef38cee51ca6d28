"""What supporting units reported, merged for the lead's liaison to confirm (配合—牵头汇总).

Every part keeps the name of its unit. A supporting unit's “done” is its own part's: it never
makes the task done, and percentages that differ are left for the lead to state.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from reporting.calendar import WorkCalendar
from reporting.errors import AnswerRefused
from reporting.order_words import leading_codes
from reporting.records import WrittenReport
from reporting.reminders import ReminderStep, step_moment
from reporting.report import Facts, Status
from reporting.round import Round, RoundRules
from reporting.task import Task
from reporting.wording import TEXT_WIDTH, code_in_command, facts_words, shorten, task_words

# Early enough before the last reminders that a confirmed draft spares them.
LAST_CALL = ReminderStep(days_before=2)
_CONFIRMS = re.compile(
    r"^\s*(?:确认|属实|无误|同意)(?:上报|报送|填报|汇总)?[，,：:\s]*(.*?)[。！!]?\s*$", re.S
)
_GRAVEST = (Status.BEHIND, Status.NOT_STARTED, Status.ON_TRACK)


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskDraft:
    """One task's report as it would be written if the lead confirmed it."""

    task_id: int
    facts: Facts
    words: str
    made_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedTask:
    """A task of the lead's with what its units said this round, the lead's own word first."""

    task_id: int
    task: Task
    said: tuple[WrittenReport, ...]

    @property
    def own(self) -> WrittenReport | None:
        """The lead's own report."""
        return next((one for one in self.said if one.by_lead), None)

    @property
    def news(self) -> tuple[WrittenReport, ...]:
        """What supporting units said since the lead last reported."""
        own = self.own
        return tuple(
            one
            for one in self.said
            if not one.by_lead and (own is None or one.reported_at > own.reported_at)
        )

    @property
    def is_complete(self) -> bool:
        """Whether every supporting unit has spoken."""
        return set(self.task.supports) <= {one.unit for one in self.said}


def draft_moment(this: Round, rules: RoundRules, calendar: WorkCalendar) -> datetime:
    """When a draft goes out though not every supporting unit has spoken."""
    return step_moment(LAST_CALL, this, rules, calendar)


def tasks_to_draft(shared: Sequence[SharedTask], *, last_call: bool) -> tuple[SharedTask, ...]:
    """The tasks to put before a lead now, all at once; none while some may still come in."""
    with_news = tuple(one for one in shared if one.news)
    waiting = [one for one in shared if one.own is None and not one.is_complete]
    return with_news if last_call or not waiting else ()


def merge(shared: SharedTask, now: datetime) -> TaskDraft:
    """The draft of one task: the lead's own facts hold, the others' are added with their names."""
    own = shared.own.facts if shared.own is not None else Facts()
    news = shared.news
    facts = replace(
        own,
        percent=own.percent if own.percent is not None else _percent(news),
        status=own.status or _status(news),
        problem=_attributed(own.problem, [(n.unit, n.facts.problem) for n in news]),
        next_step=_attributed(own.next_step, [(n.unit, n.facts.next_step) for n in news]),
        suggestion=_attributed(own.suggestion, [(n.unit, n.facts.suggestion) for n in news]),
        figures=tuple(dict.fromkeys((*own.figures, *(f for n in news for f in n.facts.figures)))),
    )
    parts = ([shared.own.words] if shared.own is not None else []) + [
        f"{one.unit}（配合）：{one.words}" for one in news
    ]
    words = "\n".join(parts)
    return TaskDraft(task_id=shared.task_id, facts=facts, words=words, made_at=now)


def compose_draft(
    name: str, label: str, drafted: Sequence[tuple[SharedTask, TaskDraft]], until: str
) -> str:
    """The one message to the lead's liaison: who said what, and what would be recorded."""
    lines = [f"{name}您好，配合单位已反馈{label}进展，请您汇总确认（{len(drafted)}项）："]
    for shared, draft in drafted:
        lines.append(task_words(shared.task.code, shared.task.title))
        lines += [f"　{one.unit}：{shorten(one.words, TEXT_WIDTH)}" for one in shared.news]
        lines.append(f"　拟填：{facts_words(draft.facts) or '以上原文'}")
    first = code_in_command(drafted[0][0].task.code)
    lines.append(f"回复“确认”即作为本单位填报；只确认一项写“确认 {first}”；")
    lines.append(f"要修改请直接回复，如“{first} 完成60%，……”。截止时间：{until}。")
    return "\n".join(lines)


def read_confirmation(text: str, codes: Collection[str]) -> tuple[str, ...]:
    """The codes a text confirms of those drafted; none if it confirms nothing."""
    found = _CONFIRMS.match(text)
    if found is None:
        return ()
    try:
        named, rest = leading_codes(found[1], codes)
    except AnswerRefused:
        return ()
    if rest:
        return ()
    return named or tuple(codes)


def _percent(news: Iterable[WrittenReport]) -> float | None:
    """The one percentage they agree on, below completion; else the lead must say."""
    given = {one.facts.percent for one in news if one.facts.percent is not None}
    percent = given.pop() if len(given) == 1 else None
    return percent if percent is not None and percent < 100 else None


def _status(news: Iterable[WrittenReport]) -> Status | None:
    said = {one.facts.status for one in news}
    return next((status for status in _GRAVEST if status in said), None)


def _attributed(own: str | None, others: Iterable[tuple[str, str | None]]) -> str | None:
    parts = ([own] if own else []) + [f"{unit}：{text}" for unit, text in others if text]
    return "；".join(parts) or None
