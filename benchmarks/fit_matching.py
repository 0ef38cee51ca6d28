"""Fit the weights of `reporting/understanding/knowledge/matching.json` on labelled offices.

usage: python -m benchmarks.fit_matching OFFICE_FOLDER... [--only=talk] [--write | --validate]

A conditional logit: each stretch of a labelled message chooses among the sender's tasks and
"none of them"; and two logistic models of whether to leave a task and to record one. Newton's
method with a penalty towards zero; some dozen weights each, no library. --only keeps all but the
tables it names as they are; --validate scores every office with weights fitted on the others.
"""

import importlib.util
import json
import math
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from types import MappingProxyType

from benchmarks.fit_tones import fit_tones
from benchmarks.matching_examples import Case, Choice, Lesson, Values, lessons
from benchmarks.sentence_examples import of_other_units, sentences
from reporting.understanding.corpus import understand_lines
from reporting.understanding.model import Model, default_model

STEPS, NEAR = 25, 1e-3
CHOICE_PENALTY, CASE_PENALTY = 0.1, 0.5
# Words known by their sound alone are too few in the labelled messages; and in these nobody reports
# on a task twice a month, as people do.
HELD = {"sound": 2.0, "settled": -3.0}
FOLDS = 5  # letters are fitted so often, each time without a share of the offices
MESSAGES = 3  # sentences that a message of an office outweighs
MODEL = Path("reporting/understanding/knowledge/matching.json")
MEASURES = (
    *("messages_right", "record_precision", "record_coverage"),
    *("needless_ask_share", "asked_rightly", "refused_rightly"),
)

Slope = dict[str, float]
Matrix = dict[tuple[str, str], float]
Adder = Callable[[Values, Slope, Matrix], None]


def fit_choices(cases: Sequence[Choice], names: Iterable[str]) -> dict[str, float]:
    """The weights that make the labelled choices likeliest."""
    return _fitted(
        names, CHOICE_PENALTY, lambda w, slope, bend: _add_choices(cases, w, slope, bend), HELD
    )


def fit_cases(cases: Sequence[Case], names: Iterable[str]) -> dict[str, float]:
    """The weights that make the labelled yes and no likeliest."""
    return _fitted(names, CASE_PENALTY, lambda w, slope, bend: _add_cases(cases, w, slope, bend))


def _fitted(
    names: Iterable[str], penalty: float, add: Adder, held: Values = MappingProxyType({})
) -> dict[str, float]:
    weights = {name: held.get(name, 0.0) for name in names}
    free = [name for name in weights if name not in held]
    for _ in range(STEPS):
        slope = {name: -penalty * weight for name, weight in weights.items()}
        bend: Matrix = {(name, name): penalty for name in weights}
        add(weights, slope, bend)
        step = _solve(free, slope, bend)
        for name in free:
            weights[name] += max(min(step[name], 1.0), -1.0)
        if max(map(abs, step.values())) < NEAR:
            break
    return {name: round(weight, 3) for name, weight in weights.items()}


def _add_choices(cases: Iterable[Choice], weights: Values, slope: Slope, bend: Matrix) -> None:
    for case in cases:
        chances = _chances(case, weights)
        wanted, mean = _mean(case, _wanted(case, chances)), _mean(case, chances)
        for name in weights:
            slope[name] += wanted.get(name, 0.0) - mean.get(name, 0.0)
        for option, values in case.options.items():
            if chances[option] > 1e-5:
                names = values.keys() | mean.keys()
                gaps = {n: values.get(n, 0.0) - mean.get(n, 0.0) for n in names}
                _add_spread(bend, gaps, chances[option])


def _add_cases(cases: Iterable[Case], weights: Values, slope: Slope, bend: Matrix) -> None:
    for case in cases:
        total = sum(weights[name] * value for name, value in case.values.items())
        chance = 1 / (1 + math.exp(-max(min(total, 30.0), -30.0)))
        for name, value in case.values.items():
            slope[name] += case.weight * (case.right - chance) * value
        _add_spread(bend, case.values, case.weight * chance * (1 - chance))


def _mean(case: Choice, chances: Mapping[int | None, float]) -> dict[str, float]:
    mean: dict[str, float] = {}
    for option, chance in chances.items():
        for name, value in case.options[option].items():
            mean[name] = mean.get(name, 0.0) + chance * value
    return mean


def _add_spread(bend: Matrix, gaps: Values, chance: float) -> None:
    held = [(name, gap) for name, gap in gaps.items() if gap]
    for one, first in held:
        for other, second in held:
            bend[one, other] = bend.get((one, other), 0.0) + chance * first * second


def _solve(names: Sequence[str], slope: Values, bend: Matrix) -> dict[str, float]:
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


def _chances(case: Choice, weights: Values) -> dict[int | None, float]:
    sums = {
        option: sum(weights.get(name, 0.0) * value for name, value in values.items())
        for option, values in case.options.items()
    }
    top = max(sums.values())
    powers = {option: math.exp(value - top) for option, value in sums.items()}
    total = sum(powers.values())
    return {option: power / total for option, power in powers.items()}


def _wanted(case: Choice, chances: Mapping[int | None, float]) -> dict[int | None, float]:
    """Where the mass should be: evenly on all that fit, or on whichever of them the model sees."""
    if case.torn:
        return dict.fromkeys(case.right, 1 / len(case.right))
    total = sum(chances[option] for option in case.right) or 1.0
    return {option: chances[option] / total for option in case.right}


def fitted(folders: Sequence[Path], first: Model, *, choose: bool = True) -> Model:
    """A model fitted on these offices, their messages cut up and judged by a first one.

    Unless the choice of a task is fitted too (`choose`), the rest is fitted to what stands.
    """
    choices = [c for lesson in _read(folders, first) for c in lesson.choices] if choose else ()
    model = replace(first, weights=fit_choices(choices, first.weights)) if choose else first
    taught = _read(folders, model)
    switches = [case for one in taught for case in one.switches]
    joined = [case for one in taught for case in one.joined]
    return replace(
        model,
        tones=fit_tones(folders),
        switch=fit_cases(switches, first.switch),
        firm_switch=fit_cases(
            [case for case in (*switches, *joined) if not case.values["comma"]], first.firm_switch
        ),
        accept=fit_cases([c for one in taught for c in one.acceptances], first.accept),
        talk=fit_cases(
            [*sentences(folders), *(c for one in taught for c in one.talks)], first.talk
        ),
        foreign=fit_cases(
            [*of_other_units(model), *(c for one in taught for c in one.foreign * MESSAGES)],
            first.foreign,
        ),
    )


def _read(folders: Sequence[Path], model: Model) -> list[Lesson]:
    """What the offices teach, the tone of each judged by letters of the others."""
    found: list[Lesson] = []
    for fold in range(FOLDS):
        others = [folder for at, folder in enumerate(folders) if at % FOLDS != fold]
        judge = replace(model, tones=fit_tones(others or folders))
        found += [one for folder in folders[fold::FOLDS] for one in lessons(folder, judge)]
    return found


def validate(folders: Sequence[Path]) -> None:
    """Score every office with weights fitted on the others only."""
    spec = importlib.util.spec_from_file_location("score", folders[0].parent / "score.py")
    assert spec
    assert spec.loader
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    print("office", *MEASURES)
    for folder in folders:
        model = fitted([other for other in folders if other != folder], default_model())
        data = json.loads((folder / "office.json").read_text("utf-8"))
        lines = (folder / "messages.jsonl").read_text("utf-8").splitlines()
        said = list(understand_lines(data, map(json.loads, lines), model=model))
        report = scorer.score(folder, said)[0]
        print(folder.name, *(f"{report[name] or 0:.3f}" for name in MEASURES), flush=True)


def _tables(model: Model) -> dict[str, object]:
    """All but the letters, which have a file of their own."""
    return {name: value for name, value in asdict(model).items() if name != "tones"}


def main(arguments: Sequence[str]) -> None:
    """Fit, print, and with --write keep the weights; or with --validate score across offices."""
    folders = [Path(name) for name in arguments if not name.startswith("--")]
    if "--validate" in arguments:
        validate(folders)
        return
    first = default_model()
    flags = (name for name in arguments if name.startswith("--only="))
    only = next(flags, "").removeprefix("--only=").split(",")
    tables = _tables(fitted(folders, first, choose=only == [""] or "weights" in only))
    kept = _tables(first) | ({name: tables[name] for name in only if name} or tables)
    written = json.dumps(kept, indent=1)
    print(written)
    if "--write" in arguments:
        MODEL.write_text(written + "\n", "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
