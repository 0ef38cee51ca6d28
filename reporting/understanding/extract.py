"""From the words about one task to what they say: 进展, 问题, 下步打算, 建议 (四报)."""

import re

from reporting.report import Facts, Figure
from reporting.task import TaskKind
from reporting.understanding.figures import read_figures
from reporting.understanding.figures_names import with_names
from reporting.understanding.percent import read_shares
from reporting.understanding.percent_unsigned import read_bare, read_unsigned
from reporting.understanding.spans import clauses, fold
from reporting.understanding.spans_roles import Role, assign_roles
from reporting.understanding.spans_runs import span_of
from reporting.understanding.status import read_status

_FORM_TAB = re.compile(r"(?m)^([ \u4e00-\u9fff]{2,8})\t(?=[^\t\n]+$)")
LONGEST = 2_000  # characters read; a chat message holds 2,048 bytes (WeCom)


def extract_facts(
    words: str, *, title: str = "", kind: TaskKind | None = None, month: str = ""
) -> Facts:
    """What `words` say in a month ("2026-06") about the task called `title`; empty if nothing."""
    text, goal = _FORM_TAB.sub(r"\1:", fold(words[:LONGEST])), fold(title)
    told = assign_roles(clauses(text), goal, month_number(month))
    facts = [one.clause for one in told if one.role in {Role.PROGRESS, Role.PROBLEM}]
    troubles = [one.clause for one in told if one.role == Role.PROBLEM]
    stands = facts
    if kind == TaskKind.PROPOSAL:  # 代表建议已办结 suggests nothing
        stands = [one.clause for one in told if one.role != Role.NEXT]
    percent, shares = read_shares(facts, goal)
    shares += read_bare(facts, goal)
    counts = read_figures(facts, goal, troubles)
    if percent is None and not shares and not counts:
        alone = read_unsigned(text, goal)
        shares, percent = ([(0, alone)], None) if isinstance(alone, Figure) else ([], alone)
    figures = with_names(counts + shares)
    spans = {role: span_of(told, role) for role in Role}
    return Facts(
        percent=percent,
        status=read_status(stands, goal, percent, kind),
        problem=_literal(words, spans[Role.PROBLEM]),
        next_step=_literal(words, spans[Role.NEXT]),
        suggestion=_literal(words, spans[Role.SUGGESTION]),
        figures=figures,
    )


def month_number(month: str) -> int | None:
    """The number of a month written "2026-06"; None where none is given."""
    number = month[-2:]
    return int(number) if number.isdecimal() else None


def _literal(words: str, span: tuple[int, int] | None) -> str | None:
    return words[span[0] : span[1]].strip() or None if span else None
