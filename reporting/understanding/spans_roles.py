"""Which clauses tell a problem, a next step or a suggestion (四报 beside the progress itself)."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from reporting.understanding import spans_words as say
from reporting.understanding.spans import Clause
from reporting.understanding.status import says_behind


class Role(StrEnum):
    """What a clause is for."""

    PROGRESS = "progress"
    PROBLEM = "problem"
    NEXT = "next"
    SUGGESTION = "suggestion"


@dataclass(frozen=True, slots=True)
class Told:
    """A clause in its role; `start` is where its own words begin, after a lead-in.

    `weight`: 0 carried on from the clause before, 1 by its own words, 2 a stated cause, 3 a lead-in
    with a colon. From 2 on it opens a section that lasts to the end of the sentence or line.
    `lag`: it states no more than that the task is behind.
    """

    clause: Clause
    role: Role
    start: int
    end: int
    weight: int = 1
    lag: bool = False


def assign_roles(clauses: list[Clause], title: str) -> list[Told]:
    """Every clause with its role; clauses after a lead-in share its role."""
    told: list[Told] = []
    section, formal = Role.PROGRESS, False
    for clause in clauses:
        own = _own_role(clause, title, told[-1].role if told else Role.PROGRESS)
        if own.weight >= 2:
            section, formal = own.role, own.weight == 3
        elif _carries_on(section, own, formal):
            own = Told(clause, section, clause.start, clause.end, 0)
        else:
            section, formal = Role.PROGRESS, False
        told.append(own)
        if clause.last and not (formal and clause.words.strip()):
            section = Role.PROGRESS
    return told


def span_of(told: list[Told], role: Role) -> tuple[int, int] | None:
    """Where the words of this role stand: the weightiest run of its clauses, the first of equals."""
    runs = [run for run in _runs(told, role) if run[-1].end > run[0].start]
    if not runs:
        return None
    best = max(runs, key=lambda run: max(one.weight for one in run))
    return best[0].start, best[-1].clause.end


def _runs(told: list[Told], role: Role) -> Iterator[list[Told]]:
    run: list[Told] = []
    for one in told:
        if one.role == role and not _says_none(one):
            if one.weight >= 2 and all(earlier.lag for earlier in run):
                run = []
            run.append(one)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _says_none(one: Told) -> bool:
    return bool(say.NONE.match(one.clause.words[one.start - one.clause.start :].strip()))


def _carries_on(section: Role, own: Told, formal: bool) -> bool:
    if section == Role.PROGRESS:
        return False
    if formal:
        return own.role in {Role.PROGRESS, section} or section == Role.NEXT
    return own.role in {Role.PROGRESS, section} and not say.ENDS_SECTION.search(own.clause.words)


def _own_role(clause: Clause, title: str, before: Role) -> Told:
    words, at, end = clause.words, clause.start, clause.end
    for role, lead in say.LEADS.items():
        if found := lead.match(words):
            return Told(clause, Role(role), at + found.end(), end, 3 if ":" in found[0] else 2)
    if found := say.SUGGEST.search(words):
        start = found.end("drop") if found["drop"] else found.start()
        return Told(clause, Role.SUGGESTION, at + start, end, 2)
    if found := say.CAUSE.match(words):
        return Told(clause, Role.PROBLEM, at + max(found.end("drop"), 0), end, 2)
    if start := _plan(words):
        return Told(clause, Role.NEXT, at + start - 1, end)
    lag, trouble = says_behind(words), _troubles(words, title)
    if lag or trouble or (before == Role.PROBLEM and say.CONSEQUENCE.match(words)):
        start, stop = _narrow(words)
        return Told(clause, Role.PROBLEM, at + start, at + stop, lag=lag and not trouble)
    return Told(clause, Role.PROGRESS, at, end)


def _troubles(words: str, title: str) -> bool:
    """Whether the words tell a trouble; what the task is called by is none."""
    cues = say.PROBLEM.finditer(say.NOT_PROBLEM.sub("", words))
    return any(cue[0] not in title for cue in cues)


def _plan(words: str) -> int:
    """One more than the place where a plan begins in the clause; 0 if it tells none."""
    if found := say.INTENT.search(words):
        return found.end("drop") + 1 if found["drop"] else 1
    if say.PAST.search(words):
        return 0
    if say.REMAINDER.search(words):
        return 1
    return int(bool(say.PLANNED.search(words)) and not say.FORECAST.search(words))


def _narrow(words: str) -> tuple[int, int]:
    """The clause without a leading conjunction; only the brackets if the lag stands in them."""
    opening, closing = words.find("("), words.rfind(")")
    if (
        0 <= opening < closing
        and says_behind(words[opening:closing])
        and not says_behind(words[:opening])
    ):
        return opening + 1, closing
    found = say.TRIM.match(words)
    return (found.end() if found else 0), len(words)
