"""The small models of the reader: a weight for each kind of evidence, or each run of letters."""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from reporting.understanding.knowledge import weights_of

_LONGEST_RUN = 3  # letters


@dataclass(frozen=True, slots=True)
class Letters:
    """A multinomial logistic model: how much each part of a text speaks for what it may mean."""

    meant: tuple[str, ...]
    weights: Mapping[str, Sequence[float]]

    def chances_of(self, parts: Iterable[str]) -> Mapping[str, float]:
        """How likely each thing is to be meant by what has these parts."""
        found = [self.weights[part] for part in parts if part in self.weights]
        scale = 1 / math.sqrt(len(found) or 1)
        sums = [scale * sum(column) for column in zip(*found, strict=True)]
        sums = sums or [0.0] * len(self.meant)
        top = max(sums)
        powers = [math.exp(value - top) for value in sums]
        total = sum(powers)
        return {name: power / total for name, power in zip(self.meant, powers, strict=True)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """Weights by feature, fitted by `benchmarks/fit_matching.py`, and the thresholds we act on.

    `weights` choose among tasks; `switch` says whether words further on in a sentence leave the
    task spoken of last, `firm_switch` whether another sentence or line does, `accept` whether the
    likeliest task may be recorded, `talk` whether a text reports nothing at all, `foreign` whether
    it is about another unit's task. From `turn_above` on it is asked whether words leave the last
    task, from `switch_above` they do. `tones` says by its letters whether a text was recorded,
    asked about or refused.
    """

    weights: Mapping[str, float]
    switch: Mapping[str, float]
    firm_switch: Mapping[str, float]
    accept: Mapping[str, float]
    talk: Mapping[str, float]
    foreign: Mapping[str, float]
    record_above: float
    ask_above: float
    turn_above: float
    switch_above: float
    accept_above: float
    talk_above: float
    foreign_above: float
    tones: Letters


def read_model(data: Mapping[str, object]) -> Model:
    """A model from its JSON form."""
    return Model(
        weights=_table(data["weights"]),
        switch=_table(data["switch"]),
        firm_switch=_table(data["firm_switch"]),
        accept=_table(data["accept"]),
        talk=_table(data["talk"]),
        foreign=_table(data["foreign"]),
        record_above=_number(data["record_above"]),
        ask_above=_number(data["ask_above"]),
        turn_above=_number(data["turn_above"]),
        switch_above=_number(data["switch_above"]),
        accept_above=_number(data["accept_above"]),
        talk_above=_number(data["talk_above"]),
        foreign_above=_number(data["foreign_above"]),
        tones=read_letters("tones.json"),
    )


def runs_in(said: str) -> Iterator[str]:
    """The runs of one to three letters of a text: parts that `Letters` know."""
    for length in range(1, _LONGEST_RUN + 1):
        for start in range(len(said) - length + 1):
            yield said[start : start + length]


def read_letters(name: str) -> Letters:
    """The letters' weights of a file of `knowledge/`."""
    data = weights_of(name)
    return Letters(tuple(data["meant"]), data["weights"])


def _table(value: object) -> Mapping[str, float]:
    assert isinstance(value, Mapping)
    return {str(name): float(weight) for name, weight in value.items()}


def _number(value: object) -> float:
    assert isinstance(value, float)
    return value


@cache
def default_model() -> Model:
    """The weights fitted on every labelled office."""
    return read_model(weights_of("matching.json"))
