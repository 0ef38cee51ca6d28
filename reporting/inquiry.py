"""Asking the ledger in chat (“发改局还有几项没报”, “第12项什么情况”), answered by rules.

Whoever asks hands in only the states he may see, so no answer can tell more than that.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from reporting.ledger import TaskState
from reporting.status import Standing
from reporting.unit import Unit

# “6月30日前”, “30号前” and “3个” name no tasks.
_TASK = re.compile(
    r"第?\s*([^\W\d_]{0,2}?)([0-9]+(?:-[0-9]+)?)"
    r"(?![0-9.%％年月日天万亿个家户])\s*[项号]?+(?!\s*[之以]?前)"
)
_ASKS_TASK = re.compile(
    r"什么情况|啥情况|情况如何|怎么样|怎样|到哪(?:一步|了)|进展如何|咋样"
    r"|(?:进展|进度|情况|近况)(?:呢|吗|了)?[?？。]?$"
)
_BARE_TASK = re.compile(r"\W*第?\s*[0-9]+(?:-[0-9]+)?\s*[项号]\W*")
_NO_SUBJECT = re.compile(r"请问|帮我|查询?一?下|看一?下|(?:本|这个?)月|目前|现在|的?$|[\s，,。]")
_SHORTEST_SUBJECT = 2
_ASKS_MISSING = re.compile(r"(?:没|未|还没|尚未)(?:有)?(?:报|交|反馈)|欠")
_ASKS_STANDING = (
    (re.compile(r"滞后|落后|偏慢"), Standing.BEHIND),
    (re.compile(r"(?:没|未|尚未|还没)(?:启动|开工|动工)"), Standing.NOT_STARTED),
    (re.compile(r"超序时|超前|提前"), Standing.AHEAD),
    (re.compile(r"完成(?:了)?(?:的|哪|多少|几)|已完成"), Standing.DONE),
)
_QUESTION = re.compile(
    r"[?？吗呢]|哪|几[项个件家](?![:：])|多少|谁|什么|啥|怎|咋|如何|列一下|名单"
    r"|(?:进展|进度|情况|近况)[?？。]?$"
)


class Topic(StrEnum):
    """What can be asked."""

    TASK = "task"
    TITLE = "title"
    UNIT = "unit"
    MISSING = "missing"
    STANDING = "standing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Inquiry:
    """One question to the ledger: about a task, a unit, what is not reported, or a standing.

    `unit` narrows it to what one unit accounts for, `programme` to the tasks of one tag;
    `title` are words that stand in several titles.
    """

    topic: Topic
    unit: str | None = None
    programme: str | None = None
    task: str | None = None
    title: str | None = None
    standing: Standing | None = None


def read_inquiry(text: str, states: Sequence[TaskState], units: Sequence[Unit]) -> Inquiry | None:
    """The question a text asks of the ledger; None if it asks none that rules can answer."""
    task = task_named(text, states)
    if task is not None and _BARE_TASK.fullmatch(text):
        return Inquiry(topic=Topic.TASK, task=task)
    if not _QUESTION.search(text):
        return None
    unit = unit_named(text, units)
    programme = _programme_named(text, states)
    if task is not None and _ASKS_TASK.search(text):
        return Inquiry(topic=Topic.TASK, task=task)
    if _ASKS_MISSING.search(text):
        return Inquiry(topic=Topic.MISSING, unit=unit, programme=programme)
    for pattern, standing in _ASKS_STANDING:
        if pattern.search(text):
            return Inquiry(topic=Topic.STANDING, unit=unit, programme=programme, standing=standing)
    return _by_name(text, states, units) if _ASKS_TASK.search(text) else None


def _by_name(text: str, states: Sequence[TaskState], units: Sequence[Unit]) -> Inquiry | None:
    """A question that gives no code: it names a unit, or tasks by words of their titles."""
    subject = _NO_SUBJECT.sub("", _ASKS_TASK.split(text, maxsplit=1)[0])
    owner = next((unit.name for unit in units if subject in (unit.name, *unit.aliases)), None)
    found = [state.task.code for state in states if subject in state.task.title]
    if owner is None and found and len(subject) >= _SHORTEST_SUBJECT:
        if len(found) == 1:
            return Inquiry(topic=Topic.TASK, task=found[0])
        return Inquiry(topic=Topic.TITLE, title=subject)
    unit = owner or unit_named(text, units)
    return None if unit is None else Inquiry(topic=Topic.UNIT, unit=unit)


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
    kinds = {code.rstrip("-0123456789") for code in known}
    named = [_code_of(found, kinds) for found in _TASK.finditer(text)]
    return next((code for code in named if code in known), named[0] if named else None)


def _code_of(found: re.Match[str], kinds: Collection[str]) -> str:
    """民5 with its letter; but “说明69项” is 69, for 说明 is no letter of any code."""
    letters, digits = found[1], found[2]
    kind = next((letters[n:] for n in range(len(letters)) if letters[n:] in kinds), "")
    stands_alone = len(letters) == 1 and not found.string[: found.start()][-1:].isalnum()
    return (letters if stands_alone else kind) + digits
