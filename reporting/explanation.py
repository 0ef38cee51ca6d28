"""Why a report was kept under its task, in words (每条记录可说明依据)."""

import re
from collections.abc import Callable, Iterable, Sequence

from reporting.ahead import AHEAD
from reporting.calendar import OFFICE_ZONE
from reporting.inquiry import task_named
from reporting.ledger import TaskState
from reporting.records import WrittenReport
from reporting.supplement import SUPPLEMENT
from reporting.task import Task
from reporting.wording import (
    TEXT_WIDTH,
    code_list,
    code_words,
    facts_words,
    moment_words,
    number_words,
    shorten,
    task_words,
)

_WHY = re.compile(
    r"(?:为什么|为啥|凭什么|凭啥|怎么会?)\S{0,8}?(?:记|归|算|填|对应|匹配|认)"
    r"|(?:记|归|算|填)\S{0,12}(?:为什么|为啥|凭什么|依据(?:是什么|是啥)?[?？]?$)"
    r"|^\s*(?:查看?|看看?)?依据[\s:：]|依据(?:是什么|是啥|呢)?[?？]?\s*$"
)
_ASKING = re.compile(
    r"为什么|为啥|凭什么|凭啥|怎么会?|[记归算填][成到在为作]?|对应|匹配|认成?|查?看?看?依据(?:是什么|是啥|呢)?"
)
_WORDS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (re.compile(r"code (.+)"), lambda m: f"写明了{_codes(m[1])}"),
    (re.compile(r"alias (.+)"), lambda m: f"用了这一项的别名“{m[1]}”"),
    (re.compile(r"quoted"), lambda _: "引用了关于这一项的消息"),
    (re.compile(r"the only task owed"), lambda _: "当时只欠这一项"),
    (re.compile(r"still owed"), lambda _: "相近的几项里当时只欠这一项"),
    (re.compile(r"all that is owed"), lambda _: "一句话概括了所欠各项"),
    (re.compile(r"answered (\d+)"), lambda m: f"联络员回答提问选了{m[1]}"),
    (re.compile(r"moved from (\S+) by (.+)"), lambda m: f"{m[2]}由{code_words(m[1])}改记"),
    (re.compile(r"moved from (\S+)"), lambda m: f"联络员由{code_words(m[1])}更正过来"),
    (re.compile(SUPPLEMENT), lambda _: "补充，没说到的沿用本月此前填报"),
    (re.compile(AHEAD), lambda _: "写明是提前报的"),
    (re.compile(r"second opinion"), lambda _: "规则说不准，由外部模型在候选中选定"),
    (re.compile(r"confirmed draft"), lambda _: "联络员确认了汇总稿"),
    (re.compile(r"(.+) with title"), lambda m: f"原话与任务名称都有“{_listed(m[1])}”"),
    (re.compile(r"talk of (.+)"), lambda m: f"说的是“{_listed(m[1])}”一类的事"),
)


def read_why(text: str, states: Sequence[TaskState]) -> str | None:
    """The task whose record a text asks the reason of; None where it asks no such thing."""
    # “记成12” would be taken for a code with letters before its number.
    return task_named(_ASKING.sub(" ", text), states) if _WHY.search(text) else None


def evidence_words(evidence: Iterable[str]) -> str:
    """The evidence of a record in words."""
    return "；".join(dict.fromkeys(map(_worded, evidence)))


def compose_explanation(task: Task, report: WrittenReport | None) -> str:
    """Whose words were recorded, as what, and why under this task."""
    name = task_words(task.code, task.title)
    if report is None:
        return f"{name}：本月没有填报记录。"
    at = moment_words(report.reported_at.astimezone(OFFICE_ZONE))
    sure = number_words(report.probability * 100)
    return "\n".join(
        (
            f"{name}（{report.unit}，{at}，第{report.version}版）",
            f"原话：“{shorten(report.words, TEXT_WIDTH)}”",
            f"记为：{facts_words(report.facts) or '只记原文'}",
            f"依据：{evidence_words(report.evidence) or '无'}（把握{sure}%）",
        )
    )


def compose_unseen(code: str) -> str:
    """A task outside what the asker may see."""
    return f"{code_words(code)}不在您可查看的范围内。"


def _worded(one: str) -> str:
    for pattern, words in _WORDS:
        found = pattern.fullmatch(one)
        if found is not None:
            return words(found)
    return one


def _codes(label: str) -> str:
    return code_list(label.split("、"))


def _listed(parts: str) -> str:
    return parts.replace("/", "、")
