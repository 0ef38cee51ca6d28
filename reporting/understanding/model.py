"""The small model behind the choice of a task: a weight for each kind of evidence."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """Weights by feature, fitted by `benchmarks/fit_matching.py`, and the thresholds we act on."""

    weights: Mapping[str, float]
    record_above: float
    ask_above: float


def read_model(data: Mapping[str, object]) -> Model:
    """A model from its JSON form."""
    weights, record, ask = data["weights"], data["record_above"], data["ask_above"]
    assert isinstance(weights, Mapping)
    assert isinstance(record, float)
    assert isinstance(ask, float)
    return Model(
        weights={str(k): float(v) for k, v in weights.items()}, record_above=record, ask_above=ask
    )


@cache
def default_model() -> Model:
    """The weights fitted on every labelled office."""
    return read_model(json.loads(files(__package__).joinpath("matching.json").read_text("utf-8")))
