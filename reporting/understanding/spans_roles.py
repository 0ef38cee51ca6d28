"""Which clauses tell a problem, a next step or a suggestion."""

from dataclasses import dataclass

from reporting.understanding import spans_words as say
from reporting.understanding.spans import Clause
from reporting.understanding.status_words import BEHIND, NOT_BEHIND

PARTS = ("problem", "next", "suggestion")


@dataclass(frozen=True, slots=True)
class Told:
    """A part of the text and what it tells."""

    role: str
    start: int
    end: int


def assign_roles(clauses: list[Clause]) -> list[tuple[Clause, str, int]]:
    """Every clause with its role and the place where its own words begin, after a lead-in."""
    roles = []
    section, formal = "progress", False
    for clause in clauses:
        role, begin, opened = _role(clause)
        if opened:
            section, formal = role, clause.words[: begin - clause.start].rstrip().endswith(":")
        elif section != "progress" and role in {"progress", section}:
            role = section
        roles.append((clause, role, begin))
        if clause.last and not formal:
            section = "progress"
    return roles


def _role(clause: Clause) -> tuple[str, int, bool]:
    words = clause.words
    for role, lead in say.LEADS.items():
        if found := lead.match(words):
            return role, clause.start + found.end(), True
    if found := say.SUGGEST.search(words):
        keep = found.end() if found[0] in {"建议", "望", "希望"} else found.start()
        return "suggestion", clause.start + keep, True
    if found := say.CAUSE.match(words):
        return "problem", clause.start + found.end(), True
    if say.FUTURE.search(words):
        return "next", clause.start, True
    if say.PROBLEM.search(words) or BEHIND.search(NOT_BEHIND.sub("", words)):
        return "problem", clause.start, False
    return "progress", clause.start, False


def told(roles: list[tuple[Clause, str, int]], wanted: str) -> tuple[int, int] | None:
    """The first run of clauses that have this role."""
    start = end = -1
    for clause, role, begin in roles:
        if (
            role == wanted
            and clause.end > begin
            and not say.NONE.match(clause.words[begin - clause.start :].strip())
        ):
            start, end = (begin if start < 0 else start), clause.end
        elif start >= 0:
            break
    return (start, end) if start >= 0 else None
