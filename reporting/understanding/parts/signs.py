"""How likely each clause tells each part: the rules, its letters and its neighbours weighed.

A multinomial logistic model of few signs over what the rules make of a clause and what its
letters speak for (`letters.py`), fitted by `benchmarks/fit_roles.py`.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from reporting.understanding.knowledge import weights_of
from reporting.understanding.parts.ahead import is_past, tells_outcome
from reporting.understanding.parts.letters import Chances, letters_of_each
from reporting.understanding.parts.plans import ACTED, CATCHES_UP
from reporting.understanding.parts.told import TOLD, Role, Told
from reporting.understanding.parts.trouble import NO_TROUBLE
from reporting.understanding.values.stated import says_well
from reporting.understanding.values.status import is_bare_lag
from reporting.understanding.words.leads import NEXT_POINT, NO_REQUEST

_LEAST = 0.002  # no chance counts as smaller
_FULL, _SCALE = 20, 10  # letters of a long clause; what one counts
Signs = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Weigher:
    """What each sign speaks for, by role."""

    roles: tuple[str, ...]
    weights: Mapping[str, Sequence[float]]

    def chances_of(self, signs: Signs) -> Mapping[str, float]:
        """How likely each role is for a clause with these signs."""
        sums = [0.0] * len(self.roles)
        for name, value in signs.items():
            for place, weight in enumerate(self.weights.get(name, ())):
                sums[place] += weight * value
        top = max(sums)
        powers = [math.exp(one - top) for one in sums]
        total = sum(powers)
        return {role: power / total for role, power in zip(self.roles, powers, strict=True)}


def weighed(told: Sequence[Told], month: int | None) -> Chances:
    """How likely each clause tells each role."""
    letters = letters_of_each([one.clause for one in told])
    signs = signs_of_each(told, letters, month)
    return [
        {
            **weigher().chances_of(found),
            **dict.fromkeys(_denied(one, month), 0.0),
            **dict.fromkeys(_promised(one), 1.0),
        }
        for one, found in zip(told, signs, strict=True)
    ]


def _denied(one: Told, month: int | None) -> Iterator[Role]:
    """What the rules say that a clause does not tell."""
    words = one.clause.words
    if is_past(words, month):
        yield Role.NEXT
    if one.role == Role.PROGRESS and NO_REQUEST.search(words):
        yield Role.SUGGESTION
    if one.role == Role.PROGRESS and (NO_TROUBLE.search(words) or says_well(words)):
        yield Role.PROBLEM


def _promised(one: Told) -> Iterator[Role]:
    """What a clause tells for certain: 预计8月底赶上 says how a lag is made good."""
    if one.role == Role.NEXT and CATCHES_UP.search(one.clause.words):
        yield Role.NEXT


def signs_of_each(told: Sequence[Told], letters: Chances, month: int | None) -> list[Signs]:
    """What speaks for the roles of each clause, by name."""
    return [
        {
            "always": 1.0,
            "letters": min(len(one.clause.words), _FULL) / _SCALE,
            **{f"letters {role}": _logit(letters[place][role]) for role in Role},
            **dict(_ruled(one)),
            **dict(_beside(told, letters, place)),
            **dict(_elsewhere(told, letters, place)),
            **dict.fromkeys(_denials(one.clause.words, month), 1.0),
        }
        for place, one in enumerate(told)
    ]


def _logit(chance: float) -> float:
    return math.log(max(chance, _LEAST) / max(1 - chance, _LEAST)) / 2


def _ruled(one: Told) -> Iterator[tuple[str, float]]:
    yield f"rule {one.role}", 1.0
    yield f"rule {one.role} {one.weight}", 1.0
    if one.lag:
        yield "lag", 1.0


def _beside(told: Sequence[Told], letters: Chances, place: int) -> Iterator[tuple[str, float]]:
    """What the clauses before and after are, in the same sentence or beyond its end."""
    for step, side in ((-1, "before"), (1, "after")):
        other = place + step
        if not 0 <= other < len(told):
            yield f"nothing {side}", 1.0
            continue
        where = f"{side} beyond" if _ends_between(*told[min(place, other) :][:2]) else side
        for role in TOLD:
            yield f"letters {role} {where}", letters[other][role]
        yield f"rule {told[other].role} {where}", 1.0
        if told[other].role == told[place].role:
            yield f"same {told[place].role} {where}", 1.0


def _ends_between(one: Told, after: Told) -> bool:
    """Whether a sentence ends between two clauses that are not points of one list."""
    if one.role == after.role and NEXT_POINT.match(after.clause.words):
        return False
    return one.clause.last


def _elsewhere(told: Sequence[Told], letters: Chances, place: int) -> Iterator[tuple[str, float]]:
    """How plainly another clause tells each role."""
    others = [*range(place), *range(place + 1, len(told))]
    for role in TOLD:
        weights = [told[other].weight for other in others if told[other].role == role]
        if weights:
            yield f"rule {role} elsewhere", 1.0
            yield f"weight {role} elsewhere", max(weights) / 2
        if others:
            yield f"letters {role} elsewhere", max(letters[other][role] for other in others)


def _denials(words: str, month: int | None) -> Iterator[str]:
    """By what the rules would deny a clause its role."""
    if ACTED.search(words):
        yield "acted"
    if tells_outcome(words):
        yield "outcome"
    if NO_TROUBLE.search(words):
        yield "no trouble"
    if NO_REQUEST.search(words):
        yield "no request"
    if is_bare_lag(words):
        yield "bare lag"


@cache
def weigher() -> Weigher:
    """The model of `signs.json`."""
    data = weights_of("signs.json")
    return Weigher(tuple(data["roles"]), data["weights"])
