"""What the letters of a clause and of its neighbours speak for, where the rules tell no role.

A multinomial logistic model over runs of letters, fitted by `benchmarks/fit_roles.py`: troubles,
plans and pleas are told in more words than any table holds.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files

from reporting.understanding.spans import Clause
from reporting.understanding.spans_ahead import is_past, tells_outcome
from reporting.understanding.spans_leads import NO_REQUEST
from reporting.understanding.spans_plans import ACTED
from reporting.understanding.spans_told import Role, Told
from reporting.understanding.spans_trouble import NO_TROUBLE
from reporting.understanding.status import is_bare_lag
from reporting.understanding.wish import Wishes

SURE = 0.75  # from here on a clause tells a role that no other tells
JOINS = 0.5  # from here on it goes on with its neighbour in the role
STRAYS = 0.1  # of the likeliest clause's chance: below it the edge of a run is none of it
_LONGEST = 3  # letters of a run
_DIGITS = re.compile(r"[\d.]+")
_TOLD = (Role.SUGGESTION, Role.NEXT, Role.PROBLEM)

Chances = Sequence[Mapping[str, float]]


def parts_of_each(clauses: Sequence[Clause]) -> list[frozenset[str]]:
    """Of each clause its runs of letters, the edges of its neighbours, where sentences end."""
    said = ["", *(_DIGITS.sub("0", one.words.strip()) for one in clauses), ""]
    ends = [False, *(one.last for one in clauses)]
    return [
        frozenset(
            (*_runs_in(f"^{said[at]}$"), *_edges(said[at - 1], said[at + 1], ends[at - 1 : at + 1]))
        )
        for at in range(1, len(ends))
    ]


def _runs_in(said: str) -> Iterator[str]:
    for length in range(1, _LONGEST + 1):
        for start in range(len(said) - length + 1):
            yield said[start : start + length]


def _edges(before: str, after: str, ends: Sequence[bool]) -> Iterator[str]:
    for length in range(1, _LONGEST + 1):
        yield f"<{before[:length]}"
        yield f"<-{before[-length:]}"
        yield f">{after[:length]}"
    yield from (sign for sign, end in zip(("#new", "#last"), ends, strict=True) if end)


def by_letters(told: list[Told], month: int | None) -> list[Told]:
    """The clauses with the roles that their letters speak for, beside what the rules tell."""
    model = roles()
    chances = [model.chances_of(parts) for parts in parts_of_each([one.clause for one in told])]
    for role in _TOLD:
        if not any(one.role == role for one in told):
            told = _added(told, role, chances, month)
        elif role != Role.SUGGESTION:
            told = _without_strays(told, role, chances)
        if role != Role.SUGGESTION:
            told = _joined(told, role, chances)
    return told


def _added(told: list[Told], role: Role, chances: Chances, month: int | None) -> list[Told]:
    """The likeliest clause tells the role, if it is likely enough; a stated lag is a trouble."""
    if role == Role.PROBLEM and any(is_bare_lag(one.clause.words) for one in told):
        return told
    free = [place for place, one in enumerate(told) if _may_tell(one, role, month)]
    best = max(free, key=lambda place: chances[place][role], default=None)
    if best is None or chances[best][role] < SURE:
        return told
    return [*told[:best], replace(told[best], role=role, weight=1), *told[best + 1 :]]


def _may_tell(one: Told, role: Role, month: int | None) -> bool:
    """Whether no rule says that a clause of progress does not tell the role."""
    words = one.clause.words
    if one.role != Role.PROGRESS or one.says_nothing:
        return False
    if role == Role.NEXT:
        return not (is_past(words, month) or tells_outcome(words) or ACTED.search(words))
    if role == Role.PROBLEM:
        return not NO_TROUBLE.search(words)
    return not NO_REQUEST.search(words)


def _joined(told: list[Told], role: Role, chances: Chances) -> list[Told]:
    """Neighbours in the same sentence go on with the role where their letters speak for it."""
    joined = [*told]
    for places, ends in ((range(1, len(told)), -1), (range(len(told) - 2, -1, -1), 1)):
        for place in places:
            other = joined[place + ends]
            first = joined[min(place, place + ends)]
            if other.role != role or joined[place].role != Role.PROGRESS or first.clause.last:
                continue
            if chances[place][role] >= JOINS and not other.says_nothing:
                joined[place] = replace(joined[place], role=role, weight=0)
    return joined


def _without_strays(told: list[Told], role: Role, chances: Chances) -> list[Told]:
    """The edges of each run go without the role where their letters hardly speak for it."""
    kept = [*told]
    for run in _runs(told, role):
        least = STRAYS * max(chances[place][role] for place in run)
        strays = [told[place].weight < 2 and chances[place][role] < least for place in run]
        inner = [number for number, stray in enumerate(strays) if not stray]
        for place in (*run[: inner[0]], *run[inner[-1] + 1 :]):
            kept[place] = replace(told[place], role=Role.PROGRESS, weight=1)
    return kept


def _runs(told: list[Told], role: Role) -> Iterator[list[int]]:
    run: list[int] = []
    for place, one in enumerate(told):
        if one.role == role:
            run.append(place)
        elif run:
            yield run
            run = []
    if run:
        yield run


@cache
def roles() -> Wishes:
    """The model of `roles.json`."""
    data = json.loads(files("reporting.understanding").joinpath("roles.json").read_text("utf-8"))
    return Wishes(tuple(data["meant"]), data["weights"])
