"""Asking the ledger in chat (“发改局还有几项没报”, “第12项什么情况”), answered by rules.

Whoever asks hands in only the states he may see, so no answer can tell more than that.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from reporting.duty import duty_words
from reporting.ledger import TaskState
from reporting.status import Assessment, Standing, judge_task
from reporting.unit import Unit
from reporting.wording import code_list, code_words, facts_words, task_words

_TASK = re.compile(r"第?\s*([0-9]+(?:-[0-9]+)?|[^\W\d_]{1,2}[0-9]+)\s*[项号]?")
_ASKS_TASK = re.compile(
    r"什么情况|啥情况|情况如何|怎么样|怎样|到哪(?:一步|了)|进展如何|咋样|情况[?？]?$"
)
_ASKS_MISSING = re.compile(r"(?:没|未|还没|尚未)(?:有)?(?:报|交|反馈)|欠")
_ASKS_STANDING = (
    (re.compile(r"滞后|落后|偏慢"), Standing.BEHIND),
    (re.compile(r"(?:没|未|尚未|还没)(?:启动|开工|动工)"), Standing.NOT_STARTED),
    (re.compile(r"超序时|超前|提前"), Standing.AHEAD),
    (re.compile(r"完成(?:了)?(?:的|哪|多少|几)|已完成"), Standing.DONE),
)
_QUESTION = re.compile(
    r"[?？吗呢]|哪|几[项个件家](?![:：])|多少|谁|什么|啥|怎|咋|如何|情况[?？]?$|列一下|名单"
)


class Topic(StrEnum):
    """What can be asked."""

    TASK = "task"
    MISSING = "missing"
    STANDING = "standing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Inquiry:
    """One question to the ledger: about a task, what is not reported, or a standing.

    `unit` narrows it to what one unit accounts for, `programme` to the tasks of one tag.
    """

    topic: Topic
    unit: str | None = None
    programme: str | None = None
    task: str | None = None
    standing: Standing | None = None


def read_inquiry(text: str, states: Sequence[TaskState], units: Sequence[Unit]) -> Inquiry | None:
    """The question a text asks of the ledger; None if it asks none that rules can answer."""
    if not _QUESTION.search(text):
        return None
    unit = unit_named(text, units)
    programme = _programme_named(text, states)
    task = task_named(text, states)
    if task is not None and _ASKS_TASK.search(text):
        return Inquiry(topic=Topic.TASK, task=task)
    if _ASKS_MISSING.search(text):
        return Inquiry(topic=Topic.MISSING, unit=unit, programme=programme)
    for pattern, standing in _ASKS_STANDING:
        if pattern.search(text):
            return Inquiry(topic=Topic.STANDING, unit=unit, programme=programme, standing=standing)
    return None


def answer_inquiry(inquiry: Inquiry, states: Sequence[TaskState], assessment: Assessment) -> str:
    """The answer: a count and the codes, or one task with the rule behind its standing."""
    if inquiry.topic is Topic.TASK:
        return _task_answer(inquiry, states, assessment)
    scoped = _scoped(inquiry, states)
    if inquiry.unit is not None and not scoped:
        return f"您可查看的范围内没有{inquiry.unit}牵头的任务。"
    if inquiry.topic is Topic.MISSING:
        return _count_answer(inquiry, "本月未报", [s for s in scoped if s.is_outstanding])
    found = [s for s in scoped if judge_task(s, assessment).standing is inquiry.standing]
    return _count_answer(inquiry, str(inquiry.standing), found)


def _task_answer(inquiry: Inquiry, states: Sequence[TaskState], assessment: Assessment) -> str:
    found = next((state for state in states if state.task.code == inquiry.task), None)
    if found is None:
        return f"{code_words(inquiry.task or '')}不在您可查看的范围内。"
    judgement = judge_task(found, assessment)
    unit = found.accountable or "未明确牵头单位"
    duty = duty_words(found.task)
    lines = [
        f"{task_words(found.task.code, found.task.title)}（{unit}）",
        f"{judgement.standing.value}：{judgement.rule}。",
        *([f"{duty}。"] if duty else []),
    ]
    said = facts_words(found.facts) if found.facts is not None else ""
    return "\n".join([*lines, f"最近填报：{said}。"] if said else lines)


def _count_answer(inquiry: Inquiry, what: str, found: Sequence[TaskState]) -> str:
    whose = f"{inquiry.programme or ''}{inquiry.unit or ''}"
    if not found:
        return f"{whose}{what}：0项。"
    if inquiry.unit is not None:
        lines = [task_words(state.task.code, state.task.title) for state in found]
    else:
        lines = _by_unit(found)
    return "\n".join((f"{whose}{what}：{len(found)}项。", *lines))


def _by_unit(states: Sequence[TaskState]) -> list[str]:
    codes: dict[str, list[str]] = {}
    for state in states:
        codes.setdefault(state.accountable or "未明确牵头单位", []).append(state.task.code)
    return [f"{unit}：{code_list(owed)}" for unit, owed in codes.items()]


def _scoped(inquiry: Inquiry, states: Sequence[TaskState]) -> list[TaskState]:
    return [
        state
        for state in states
        if (inquiry.unit is None or state.accountable == inquiry.unit)
        and (inquiry.programme is None or inquiry.programme in state.task.programmes)
    ]


def _programme_named(text: str, states: Sequence[TaskState]) -> str | None:
    """The longest tag of these tasks that stands in the text."""
    tags = {tag for state in states for tag in state.task.programmes if tag in text}
    return max(tags, key=len) if tags else None


def unit_named(text: str, units: Sequence[Unit]) -> str | None:
    """The unit whose longest name stands in the text: 县教育体育局 before 教育局."""
    named = [
        (len(name), unit.name)
        for unit in units
        for name in (unit.name, *unit.aliases)
        if name in text
    ]
    return max(named)[1] if named else None


def task_named(text: str, states: Sequence[TaskState]) -> str | None:
    """The code the text names; a code nobody has is still one, to be answered as unseen."""
    known = {state.task.code for state in states}
    named = [found[1] for found in _TASK.finditer(text)]
    return next((code for code in named if code in known), named[0] if named else None)
