"""How likely a stretch of text is about each of the sender's tasks: one small conditional logit."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reporting.understanding.evidence import Asker, Evidence, weigh
from reporting.understanding.features import Spoken, features, spoken_in
from reporting.understanding.index import PlanIndex
from reporting.understanding.reading import Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """Probabilities of the sender's tasks that anything speaks for, likeliest first.

    `nothing` is the chance that it is about none of them and `null` its utility; `content` the
    best utility of an own task apart from who leads it; `best_foreign` the strongest task of
    other units with its utility; `beyond` the tasks whose targets the text far exceeds.
    """

    ranked: tuple[tuple[int, float], ...]
    nothing: float
    null: float
    content: float
    evidence: Mapping[int, Evidence]
    best_foreign: tuple[int, float] | None
    beyond: frozenset[int]

    @property
    def best(self) -> int | None:
        """The likeliest task."""
        return self.ranked[0][0] if self.ranked else None

    @property
    def probability(self) -> float:
        """Its chance to be right."""
        return self.ranked[0][1] if self.ranked else 0.0

    def shared(self, tasks: Sequence[int]) -> float:
        """The chance that it is about these together."""
        return sum(chance for task, chance in self.ranked if task in tasks)


def utility(values: Mapping[str, float], index: PlanIndex) -> float:
    """The model's sum for one task."""
    weights = index.model.weights
    return sum(weights.get(name, 0.0) * value for name, value in values.items())


def match(
    reading: Reading,
    index: PlanIndex,
    spans: Sequence[tuple[int, int]],
    asker: Asker,
    standing: Spoken,
) -> Match:
    """Weigh these stretches of a message against every task of the sender."""
    evidence = weigh(reading, index, spans, asker)
    spoken = spoken_in(reading, spans, standing)

    def values(number: int) -> dict[str, float]:
        return features(number, evidence, index, asker, spoken)

    spoken_for = [n for n in sorted(asker.own & evidence.keys()) if evidence[n].speaks()]
    known = {number: values(number) for number in spoken_for}
    sums = {number: utility(found, index) for number, found in known.items()}
    bare = {number: utility(found | {"lead": 0.0}, index) for number, found in known.items()}
    nothing = index.model.weights.get("nothing", 0.0)
    ranked, none = _softmax(sums, nothing)
    foreign = [
        (number, utility(values(number), index))
        for number, found in evidence.items()
        if number not in asker.own and found.gram + found.talk() >= 1.0
    ]
    return Match(
        ranked=ranked,
        nothing=none,
        null=nothing,
        content=max(bare.values(), default=nothing),
        evidence=evidence,
        best_foreign=max(foreign, key=lambda pair: pair[1]) if foreign else None,
        beyond=frozenset(n for n, found in known.items() if found["beyond"] >= 1.0),
    )


def _softmax(
    sums: Mapping[int, float], nothing: float
) -> tuple[tuple[tuple[int, float], ...], float]:
    top = max([nothing, *sums.values()])
    powers = {number: math.exp(value - top) for number, value in sums.items()}
    none = math.exp(nothing - top)
    total = sum(powers.values()) + none
    ranked = sorted(powers.items(), key=lambda pair: -pair[1])
    return tuple((number, power / total) for number, power in ranked), none / total
