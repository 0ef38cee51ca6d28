"""Fit the weights of `reporting/understanding/matching.json` on labelled offices.

usage: python -m benchmarks.fit_matching OFFICE_FOLDER... [--write | --validate]

A conditional logit: each stretch of a labelled message chooses among the sender's tasks and
"none of them". Newton's method with a penalty towards zero; a dozen weights, no library.
"""

import importlib.util
import json
import math
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from reporting.understanding.assign import blocks, with_codes
from reporting.understanding.codes import marked_codes
from reporting.understanding.commands import read_command
from reporting.understanding.corpus import context_of, read_office, understand_lines
from reporting.understanding.evidence import weigh
from reporting.understanding.features import spoken_in
from reporting.understanding.index import PlanIndex
from reporting.understanding.match import options
from reporting.understanding.model import Model
from reporting.understanding.normalise import plain
from reporting.understanding.reading import Reading, read
from reporting.understanding.split import clauses
from reporting.understanding.standing import Standing, stand
from reporting.understanding.whole import read_sweep

STEPS, PENALTY = 25, 0.1
RECORD_ABOVE, ASK_ABOVE = 0.65, 0.1
PRIOR = {
    "cover": 2.0,
    "explained": 1.5,
    "telling": 1.5,
    "talk": 1.7,
    "skip": 1.0,
    "sound": 1.0,
    "number": 1.5,
    "measure": 1.5,
    "beyond": 0.0,
    "outdone": -1.0,
    "lead": 1.8,
    "letter": 0.5,
    "head": 0.5,
    "partner": 0.5,
    "nothing": 3.0,
}  # a clerk's guess, only to cut up the messages of the first round
MODEL = Path("reporting/understanding/matching.json")

Json = Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One choice: the features of every option (None is "no task") and the right ones."""

    options: Mapping[int | None, Mapping[str, float]]
    right: frozenset[int | None]
    torn: bool  # an honest clerk is torn between the right ones


def examples(folder: Path, model: Model) -> Iterator[Example]:
    """Every choice of a labelled office, its messages cut up by a first model."""
    data = json.loads((folder / "office.json").read_text("utf-8"))
    office = read_office(data)
    index = PlanIndex.build(office.tasks, office.units, model=model)
    units = {person.key: frozenset(person.units) for person in office.liaisons}
    for line in (folder / "messages.jsonl").read_text("utf-8").splitlines():
        message = json.loads(line)
        yield from _choices(message, index, units[message["sender"]])


def _choices(message: Json, index: PlanIndex, units: frozenset[str]) -> Iterator[Example]:
    text, expect = plain(str(message["text"])), message["expect"]
    assert isinstance(expect, Mapping)
    if expect["kind"] in {"command", "none"} or read_command(text):
        return
    if _is_named_outright(message, text):
        return
    standing = stand(index, context_of(message, units))
    held = [c for c in clauses(text) if not read_sweep(c.words[c.head - c.start :])]
    reading = read(text, index)
    found = blocks(with_codes(held, (), text), (), reading, index, standing.asker)
    gold, torn = _gold(expect, index), expect["kind"] == "ask"
    stretches = [block.spans for block in found]
    if len(gold) <= 1 or torn:
        stretches = [tuple(span for spans in stretches for span in spans)]
    for spans in filter(None, stretches):
        choices = _options(reading, index, standing, spans)
        right = frozenset[int | None](gold & choices.keys()) or frozenset({None})
        if None in right and expect["kind"] == "record":
            continue  # cut up otherwise than the label means: it teaches nothing
        yield Example(options=choices, right=right, torn=torn)


def _options(
    reading: Reading, index: PlanIndex, standing: Standing, spans: Sequence[tuple[int, int]]
) -> dict[int | None, Mapping[str, float]]:
    """The features of each of the sender's tasks, and of none."""
    evidence = weigh(reading, index, spans, standing.asker)
    spoken = spoken_in(reading, spans, standing.spoken)
    known = options(evidence, index, standing.asker, spoken)
    return {None: {"nothing": 1.0}} | dict(known.items())


def _is_named_outright(message: Json, text: str) -> bool:
    """Whether a code or a quoted card says which task: such choices teach nothing about words."""
    numbered = re.match(r"\W*(?:民\d|\d{1,3}(?!\d*[.、)]?[号月日年年%-]))", text)
    return bool(str(message["quoted"]) not in {"None", "owed"} or numbered or [*marked_codes(text)])


def _gold(expect: Json, index: PlanIndex) -> set[int | None]:
    items = expect.get("items")
    if isinstance(items, list):
        return {index.codes[item["task"]] for item in items}
    candidates = expect.get("candidates")
    return {index.codes[code] for code in candidates} if isinstance(candidates, list) else set()


def fit(cases: Sequence[Example], start: Mapping[str, float]) -> dict[str, float]:
    """The weights that make the labels likeliest, by Newton's method."""
    weights = dict(start)
    for _ in range(STEPS):
        slope, bend = _slope_and_bend(cases, weights)
        for name, weight in weights.items():
            slope[name] -= PENALTY * weight
        step = _solve(list(weights), slope, bend)
        for name in weights:
            weights[name] += max(min(step[name], 1.0), -1.0)
    return weights


Matrix = dict[tuple[str, str], float]


def _slope_and_bend(
    cases: Iterable[Example], weights: Mapping[str, float]
) -> tuple[dict[str, float], Matrix]:
    slope = dict.fromkeys(weights, 0.0)
    bend: Matrix = {(name, name): PENALTY for name in weights}
    for case in cases:
        chances = _chances(case, weights)
        wanted = _wanted(case, chances)
        mean = _mean(case, chances)
        target = _mean(case, wanted)
        for name in weights:
            slope[name] += target.get(name, 0.0) - mean.get(name, 0.0)
        for option, values in case.options.items():
            if chances[option] > 1e-5:
                _add_spread(bend, values, mean, chances[option])
    return slope, bend


def _mean(case: Example, chances: Mapping[int | None, float]) -> dict[str, float]:
    mean: dict[str, float] = {}
    for option, chance in chances.items():
        for name, value in case.options[option].items():
            mean[name] = mean.get(name, 0.0) + chance * value
    return mean


def _add_spread(
    bend: Matrix, values: Mapping[str, float], mean: Mapping[str, float], chance: float
) -> None:
    gaps = [
        (name, values.get(name, 0.0) - mean.get(name, 0.0)) for name in values.keys() | mean.keys()
    ]
    for one, first in gaps:
        for other, second in gaps:
            bend[one, other] = bend.get((one, other), 0.0) + chance * first * second


def _solve(names: Sequence[str], slope: Mapping[str, float], bend: Matrix) -> dict[str, float]:
    """Gaussian elimination; the penalty keeps every pivot above zero."""
    rows = [[bend.get((one, other), 0.0) for other in names] + [slope[one]] for one in names]
    for place in range(len(rows)):
        pivot = rows[place]
        for row in rows:
            if row is not pivot:
                factor = row[place] / pivot[place]
                row[:] = [value - factor * top for value, top in zip(row, pivot, strict=True)]
    return {
        name: row[-1] / row[place]
        for place, (name, row) in enumerate(zip(names, rows, strict=True))
    }


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
    if case.torn:
        return dict.fromkeys(case.right, 1 / len(case.right))
    total = sum(chances[option] for option in case.right) or 1.0
    return {option: chances[option] / total for option in case.right}


def fitted(folders: Sequence[Path]) -> Model:
    """A model fitted on these offices; the second round cuts messages up by the first's."""
    model = Model(weights=PRIOR, record_above=RECORD_ABOVE, ask_above=ASK_ABOVE)
    for _ in range(2):
        cases = [case for folder in folders for case in examples(folder, model)]
        weights = fit(cases, dict.fromkeys(PRIOR, 0.0))
        model = replace(model, weights={name: round(w, 3) for name, w in weights.items()})
    return model


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


def validate(folders: Sequence[Path]) -> None:
    """Score every office with weights fitted on the others only."""
    spec = importlib.util.spec_from_file_location("score", folders[0].parent / "score.py")
    assert spec
    assert spec.loader
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    for folder in folders:
        model = fitted([other for other in folders if other != folder])
        data = json.loads((folder / "office.json").read_text("utf-8"))
        lines = (folder / "messages.jsonl").read_text("utf-8").splitlines()
        said = list(understand_lines(data, map(json.loads, lines), model=model))
        print(folder.name, json.dumps(scorer.score(folder, said)[0], ensure_ascii=False, indent=1))


def main(arguments: Sequence[str]) -> None:
    """Fit, print, and with --write keep the weights; or with --validate score across offices."""
    folders = [Path(name) for name in arguments if not name.startswith("--")]
    if "--validate" in arguments:
        validate(folders)
        return
    model = fitted(folders)
    print(as_json(model))
    if "--write" in arguments:
        MODEL.write_text(as_json(model) + "\n", "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
