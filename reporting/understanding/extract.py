"""From the words about one task to what they say: 进展, 问题, 下步打算, 建议 (四报)."""

import re

from reporting.report import Facts, Figure, Status
from reporting.task import TaskKind
from reporting.understanding.figures import read_figures
from reporting.understanding.figures_names import with_names
from reporting.understanding.figures_whole import Goals, falls_short, goals_of
from reporting.understanding.percent import read_shares
from reporting.understanding.percent_unsigned import ALL, read_bare, read_unsigned
from reporting.understanding.spans import clauses, fold
from reporting.understanding.spans_roles import assign_roles
from reporting.understanding.spans_runs import span_of
from reporting.understanding.spans_told import Role, Told
from reporting.understanding.status import read_status

# A name before a tab or in 【】 at the head of a line leads in, as one before a colon does.
_FORM_PART = re.compile(
    r"(?m)^([ \u4e00-\u9fff]{2,8}(?=\t[^\t\n]+$)|【[\u4e00-\u9fff]{2,8}(?=】[^:\n]))[\t】]"
)
_TICKED = re.compile(r"[\s✅✔☑√\ufe0f]*[✅✔☑√][\s\ufe0f]*")  # a tick and no word
_TAIL = re.compile(r"(?:(?<![酒网茶])吧|[呀嘞啊哦~～\s])+$")  # what only softens the last word
_ALL_DONE = re.compile(r"全部(?:完成|完工|建成)")
LONGEST = 2_000  # characters read; a chat message holds 2,048 bytes (WeCom)

Values = tuple[float | None, tuple[Figure, ...]]  # the overall completion and the figures


def extract_facts(
    words: str, *, title: str = "", kind: TaskKind | None = None, month: str = ""
) -> Facts:
    """What `words` say in a month ("2026-06") about the task called `title`; empty if nothing."""
    text, goals = fold(words[:LONGEST]), goals_of(title)
    if "\t" in text or "】" in text:
        text = _FORM_PART.sub(r"\1:", text)
    told = assign_roles(clauses(text), goals.title, month_number(month))
    percent, figures = _values(text, told, goals)
    status = Status.DONE if _TICKED.fullmatch(words) else None
    spans = {role: span_of(told, role) for role in Role}
    return Facts(
        percent=percent,
        status=status or _status(told, goals, kind, (percent, figures)),
        problem=_literal(words, spans[Role.PROBLEM]),
        next_step=_literal(words, spans[Role.NEXT]),
        suggestion=_literal(words, spans[Role.SUGGESTION]),
        figures=figures,
    )


def _values(text: str, told: list[Told], goals: Goals) -> Values:
    """The overall completion and the figures of what is told of progress and problems."""
    facts = [one.clause for one in told if one.role in {Role.PROGRESS, Role.PROBLEM}]
    troubles = [one.clause for one in told if one.role == Role.PROBLEM]
    percent, shares = read_shares(facts, goals)
    shares += read_bare(facts, goals.title)
    counts = read_figures(facts, goals, troubles)
    alone = None if percent is not None or shares or counts else read_unsigned(text, goals)
    if isinstance(alone, Figure):
        return None, (alone,)
    return percent if alone is None else alone, with_names(counts + shares)


def _status(told: list[Told], goals: Goals, kind: TaskKind | None, values: Values) -> Status | None:
    """Where the task stands; no task is done of which the figures fall short."""
    roles = {Role.PROGRESS, Role.PROBLEM}
    if kind == TaskKind.PROPOSAL:  # 代表建议已办结 suggests nothing
        roles |= {Role.SUGGESTION}
    percent, figures = values
    clauses = [one.clause for one in told if one.role in roles]
    if percent is None:  # 全部完成 stands even then, and is asked about
        short = falls_short(figures, goals) and not any(_ALL_DONE.search(c.words) for c in clauses)
    else:
        short = percent < ALL
    begun = bool(percent)
    return read_status(clauses, goals.title, kind, begun=begun, short=short)


def month_number(month: str) -> int | None:
    """The number of a month written "2026-06"; None where none is given."""
    number = month[-2:]
    return int(number) if number.isdecimal() else None


def _literal(words: str, span: tuple[int, int] | None) -> str | None:
    return _TAIL.sub("", words[span[0] : span[1]]).strip() or None if span else None
