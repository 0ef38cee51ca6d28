"""The small model behind the choice of a task: a weight for each kind of evidence."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from reporting.understanding.knowledge import weights_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """Weights by feature, fitted by `benchmarks/fit_matching.py`, and the thresholds we act on.

    `weights` choose among tasks; `switch` says whether words further on in a sentence leave the
    task spoken of last, `firm_switch` whether another sentence or line does, `accept` whether the
    likeliest task may be recorded, `talk` whether a text reports nothing at all, `foreign` whether
    it is about another unit's task. From `turn_above` on it is asked whether words leave the last
    task, from `switch_above` they do.
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
    )


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
