"""How likely a stretch of text is about each of the sender's tasks: one small conditional logit."""

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from reporting.understanding.choice.evidence import Asker, Evidence, weigh
from reporting.understanding.choice.features import Spoken, features, spoken_in
from reporting.understanding.choice.reading import Reading
from reporting.understanding.naming.index import PlanIndex

_ENOUGH_TO_MEAN = 1.0  # evidence that another unit's task may be meant at all
_FITS = 0.5  # a target of that unit which few others have
_BLANK = Evidence()
_ALIKE = 0.15  # of a title: named about as fully


@dataclass(frozen=True, slots=True)
class Rival:
    """A task of another unit, the model's sum for it, and its features."""

    task: int
    utility: float
    values: Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """Probabilities of the sender's tasks that anything speaks for, likeliest first.

    `nothing` is the chance that it is about none of them and `null` its utility; `content` the
    best utility of an own task apart from who leads it; `best_foreign` the strongest task of
    other units; `beyond` the tasks whose targets the text far exceeds; `letters` has a bit for
    each letter that is no word of any report; `reading` is the whole message's; `elsewhere`
    tells whether a town names another.
    """

    ranked: tuple[tuple[int, float], ...]
    nothing: float
    null: float
    content: float
    evidence: Mapping[int, Evidence]
    values: Mapping[int, Mapping[str, float]]
    sums: Mapping[int, float]
    best_foreign: Rival | None
    beyond: frozenset[int]
    letters: int
    reading: Reading
    elsewhere: bool

    @property
    def best(self) -> int | None:
        """The likeliest task."""
        return self.ranked[0][0] if self.ranked else None

    @property
    def probability(self) -> float:
        """Its chance to be right."""
        return self.ranked[0][1] if self.ranked else 0.0

    @property
    def says_anything(self) -> bool:
        """Whether anything in the words points to the likeliest task."""
        if self.best is None:
            return False
        return self.evidence[self.best].speaks() or self.values[self.best]["letter"] > 0

    @property
    def touches(self) -> bool:
        """Whether the likeliest task has any of the words, be they words of any title."""
        return self.best is not None and self.evidence[self.best].total() > 0

    def begins(self, task: int) -> int:
        """A bit for the first letter that names a task."""
        named = self.evidence[task].claimed
        return named & -named

    def ahead_of(self, task: int) -> float:
        """How much more speaks for the likeliest; without end if the task is ruled out."""
        best = self.sums[self.best] if self.best is not None else -math.inf
        return best - self.sums.get(task, -math.inf)

    def without(self, taken: Collection[int], less: float = 0.0) -> "Match":
        """The same with these tasks out of the question, and so much less said for none of them."""
        sums = {number: total for number, total in self.sums.items() if number not in taken}
        null = self.null - less
        ranked, nothing = _softmax(sums, null)
        values = {number: self.values[number] for number in sums}
        return replace(self, ranked=ranked, nothing=nothing, null=null, sums=sums, values=values)

    def shared(self, tasks: Sequence[int]) -> float:
        """The chance that it is about these together."""
        return sum(chance for task, chance in self.ranked if task in tasks)


def utility(values: Mapping[str, float], index: PlanIndex) -> float:
    """The model's sum for one task."""
    weights, total = index.model.weights, 0.0
    for name, value in values.items():
        if value:
            total += weights.get(name, 0.0) * value
    return total


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
    known = options(evidence, index, asker, spoken)
    for number in asker.own - evidence.keys():
        evidence[number] = _BLANK
    beyond = frozenset(n for n, values in known.items() if values["beyond"] >= 1.0)
    for number in [n for n in known if _is_ruled_out(n, known, index, spoken.phase)]:
        del known[number]
    sums = {number: utility(found, index) for number, found in known.items()}
    lead = index.model.weights.get("lead", 0.0)
    bare = (total - lead * known[number]["lead"] for number, total in sums.items())
    nothing = index.model.weights.get("nothing", 0.0)
    ranked, none = _softmax(sums, nothing)
    foreign = (
        _rival(number, features(number, evidence, index, asker, spoken), index)
        for number, found in evidence.items()
        if number not in asker.own and found.total() >= _ENOUGH_TO_MEAN
    )
    return Match(
        ranked=ranked,
        nothing=none,
        null=nothing,
        content=max(bare, default=nothing),
        evidence=evidence,
        values=known,
        sums=sums,
        best_foreign=max(foreign, key=lambda rival: rival.utility, default=None),
        beyond=beyond,
        letters=spoken.content,
        reading=reading,
        elsewhere=_names_another_town(reading, index, spans, asker),
    )


def _names_another_town(
    reading: Reading, index: PlanIndex, spans: Sequence[tuple[int, int]], asker: Asker
) -> bool:
    """Whether these stretches name a town, and the sender is of another one."""
    named = (unit for unit in reading.units for a, b in spans if a <= unit.start < b)
    return any(index.names.is_of_another_town(unit, asker.units) for unit in named)


def _rival(number: int, values: Mapping[str, float], index: PlanIndex) -> Rival:
    return Rival(number, utility(values, index), values)


def options(
    evidence: Mapping[int, Evidence], index: PlanIndex, asker: Asker, spoken: Spoken
) -> dict[int, dict[str, float]]:
    """The sender's tasks with their features; one that nothing speaks for may be meant too."""
    return {
        number: features(number, evidence, index, asker, spoken) for number in sorted(asker.own)
    }


def _is_ruled_out(
    number: int, known: Mapping[int, Mapping[str, float]], index: PlanIndex, said: str
) -> bool:
    """Whether another phase is named, or its target is far exceeded, and another task fits."""
    phase = index.entries[number].phase
    if said and phase and phase[-1] == said[-1] and phase != said:
        return any(index.entries[other].phase == said for other in known if other != number)
    if known[number]["beyond"] < 1.0:
        return False
    others = [other for other in known if other != number]
    cover = known[number]["cover"]
    fitting = (max(known[other]["measure"], known[other]["number"]) >= _FITS for other in others)
    alike = (known[other]["cover"] >= cover - _ALIKE for other in others)
    return any(fits and near for fits, near in zip(fitting, alike, strict=True))


def _softmax(
    sums: Mapping[int, float], nothing: float
) -> tuple[tuple[tuple[int, float], ...], float]:
    top = max([nothing, *sums.values()])
    powers = {number: math.exp(value - top) for number, value in sums.items()}
    none = math.exp(nothing - top)
    total = sum(powers.values()) + none
    ranked = sorted(powers.items(), key=lambda pair: -pair[1])
    return tuple((number, power / total) for number, power in ranked), none / total
