"""From the words about one task to what they say: 进展, 问题, 下步打算, 建议 (四报)."""

import re

from reporting.report import Facts
from reporting.task import TaskKind
from reporting.understanding.figures import read_figures
from reporting.understanding.percent import read_shares
from reporting.understanding.spans import clauses, fold
from reporting.understanding.spans_roles import assign_roles, told
from reporting.understanding.status import read_status

LONGEST = 20_000


def extract_facts(words: str, *, title: str = "", kind: TaskKind | None = None) -> Facts:
    """What `words` say about the task called `title`; empty facts where they are silent."""
    text, goal = fold(words[:LONGEST]), fold(title)
    parts = list(clauses(text))
    roles = assign_roles(parts)
    facts = [clause for clause, role, _ in roles if role not in {"next", "suggestion"}]
    percent, shares = read_shares(facts, goal)
    if bare := re.fullmatch(r"\s*(\d{1,3}(?:\.\d+)?)\s*", text):
        percent = float(bare[1])
    figures = sorted(read_figures(facts, goal) + shares, key=lambda pair: pair[0])
    spans = {role: told(roles, role) for role in ("problem", "next", "suggestion")}
    return Facts(
        percent=percent,
        status=read_status(facts, goal),
        problem=_literal(words, spans["problem"]),
        next_step=_literal(words, spans["next"]),
        suggestion=_literal(words, spans["suggestion"]),
        figures=tuple(figure for _, figure in figures),
    )


def _literal(words: str, span: tuple[int, int] | None) -> str | None:
    return words[span[0] : span[1]].strip() or None if span else None
