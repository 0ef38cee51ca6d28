"""Fit the weights of `reporting/understanding/matching.json` on labelled offices.

usage: python -m benchmarks.fit_matching OFFICE_FOLDER... [--write]

A conditional logit: each stretch of a labelled message chooses among the sender's tasks and
"none of them". Plain gradient ascent with a penalty towards zero; a dozen weights, no library.
"""

import json
import math
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from reporting.understanding.assign import blocks, with_codes
from reporting.understanding.corpus import context_of, read_office
from reporting.understanding.features import Evidence, features, read, spoken_in, weigh
from reporting.understanding.index import PlanIndex
from reporting.understanding.match import null_features
from reporting.understanding.model import Model, default_model
from reporting.understanding.normalise import plain
from reporting.understanding.split import clauses
from reporting.understanding.standing import stand
from reporting.understanding.commands import read_command
from reporting.understanding.whole import read_sweep

STEPS, RATE, PENALTY = 1000, 0.08, 0.0003
MODEL = Path("reporting/understanding/matching.json")

Json = Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One choice: the features of every option (None is "no task") and the right ones."""

    options: Mapping[int | None, Mapping[str, float]]
    right: frozenset[int | None]
    spread: bool  # an honest clerk is torn between the right ones


def examples(folder: Path) -> Iterator[Example]:
    """Every choice of a labelled office."""
    data = json.loads((folder / "office.json").read_text("utf-8"))
    office = read_office(data)
    index = PlanIndex.build(office.tasks, office.units)
    units = {person.key: frozenset(person.units) for person in office.liaisons}
    for line in (folder / "messages.jsonl").read_text("utf-8").splitlines():
        message = json.loads(line)
        yield from _choices(message, index, units[message["sender"]])


def _choices(message: Json, index: PlanIndex, units: frozenset[str]) -> Iterator[Example]:
    text, expect = plain(str(message["text"])), message["expect"]
    assert isinstance(expect, Mapping)
    if expect["kind"] in {"command", "none"} or read_command(text):
        return
    standing = stand(index, context_of(message, units))
    held = [c for c in clauses(text) if not read_sweep(c.words[c.head - c.start :])]
    reading = read(text, index)
    found = blocks(with_codes(held, (), text), (), reading, index, standing.own)
    gold = _gold(expect, index)
    stretches = [block.spans for block in found]
    if len(gold) <= 1 or expect["kind"] == "ask":
        stretches = [tuple(span for spans in stretches for span in spans)]
    for spans in stretches:
        evidence = weigh(reading, index, spans, frozenset(standing.own))
        spoken = spoken_in(reading, spans, standing.spoken)
        touched = {n for n in standing.own if n in evidence and evidence[n].kinds or n in evidence}
        options: dict[int | None, Mapping[str, float]] = {
            n: features(evidence.get(n, Evidence()), n, index, spoken) for n in standing.own
        }
        options[None] = null_features(sum(b - a for a, b in spans))
        right = frozenset(gold & touched) or frozenset({None})
        if spans:
            yield Example(options=options, right=right, spread=expect["kind"] == "ask")


def _gold(expect: Json, index: PlanIndex) -> set[int]:
    items = expect.get("items")
    if isinstance(items, list):
        return {index.codes[item["task"]] for item in items}
    candidates = expect.get("candidates")
    return {index.codes[code] for code in candidates} if isinstance(candidates, list) else set()


def fit(cases: Sequence[Example], start: Mapping[str, float]) -> dict[str, float]:
    """The weights that make the labels likeliest."""
    weights = dict(start)
    speed = dict.fromkeys(weights, 0.0)
    for _ in range(STEPS):
        slope = _slope(cases, weights)
        for name in weights:
            step = slope[name] / len(cases) - PENALTY * weights[name]
            speed[name] = 0.9 * speed[name] + RATE * step * 4
            weights[name] += speed[name]
    return weights


def _slope(cases: Iterable[Example], weights: Mapping[str, float]) -> dict[str, float]:
    slope = dict.fromkeys(weights, 0.0)
    for case in cases:
        chances = _chances(case, weights)
        wanted = _wanted(case, chances)
        for option, values in case.options.items():
            gap = wanted.get(option, 0.0) - chances[option]
            if abs(gap) > 1e-6:
                for name, value in values.items():
                    slope[name] = slope.get(name, 0.0) + gap * value
    return slope


def _chances(case: Example, weights: Mapping[str, float]) -> dict[int | None, float]:
    sums = {
        option: sum(weights.get(name, 0.0) * value for name, value in values.items())
        for option, values in case.options.items()
    }
    top = max(sums.values())
    powers = {option: math.exp(value - top) for option, value in sums.items()}
    total = sum(powers.values())
    return {option: power / total for option, power in powers.items()}


def _wanted(case: Example, chances: Mapping[int | None, float]) -> dict[int | None, float]:
    """Where the mass should be: evenly on all that fit, or on whichever of them the model sees."""
    if case.spread:
        return dict.fromkeys(case.right, 1 / len(case.right))
    total = sum(chances[option] for option in case.right) or 1.0
    return {option: chances[option] / total for option in case.right}


def fitted(folders: Sequence[Path]) -> Model:
    """A model fitted on these offices."""
    base = default_model()
    cases = [case for folder in folders for case in examples(folder)]
    weights = fit(cases, base.weights)
    rounded = {name: round(value, 3) for name, value in weights.items()}
    return Model(weights=rounded, record_above=base.record_above, ask_above=base.ask_above)


def as_json(model: Model) -> str:
    """A model as its file holds it."""
    return json.dumps(
        {
            "weights": dict(model.weights),
            "record_above": model.record_above,
            "ask_above": model.ask_above,
        },
        indent=1,
    )


def main(arguments: Sequence[str]) -> None:
    """Fit, print, and with --write keep the weights."""
    model = fitted([Path(name) for name in arguments if name != "--write"])
    print(as_json(model))
    if "--write" in arguments:
        MODEL.write_text(as_json(model) + "\n", "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
