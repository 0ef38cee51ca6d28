"""Fit `roles.json` and `signs.json` of the reader's `knowledge` on labelled clauses and offices.

usage: python -m benchmarks.fit_roles OFFICE_FOLDER... [--unseen=NAME,NAME] [--write]

Which part of a report a clause belongs to (四报): first by its letters (see `fit_wishes`), then by
these and what the rules say of it and of its neighbours. The second learns from letters fitted on
other offices, for nothing is so well known as what was learnt by heart; and most from the offices
--unseen when the rules were written.
"""

import json
import math
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.fit_wishes import STRIDE, Pace, fitted, write
from benchmarks.role_examples import Said, said_in, single_clauses
from reporting.understanding.model import Letters
from reporting.understanding.parts.letters import parts_of_each
from reporting.understanding.parts.signs import Signs, Weigher, signs_of_each
from reporting.understanding.parts.told import Role

HOME = Path("reporting/understanding/knowledge")
PACE = Pace(rounds=4, step=0.25, seen=4, kept=16000)
ROUNDS, STEP, SLIGHT = 4, 0.3, 1e-3
FOLDS = 5  # letters are fitted so often, each time without a share of the offices
UNSEEN = 3  # times that an office unseen by the rules is learnt from

Lesson = tuple[int, Signs]


def fit_letters(told: Sequence[Said]) -> Letters:
    """The model of what the letters of a clause and of its neighbours speak for."""
    examples = [
        (str(role), parts)
        for one in told
        for role, parts in zip(one.roles, _parts(one), strict=True)
    ]
    return fitted(examples, PACE)


def _parts(one: Said) -> list[frozenset[str]]:
    return parts_of_each([told.clause for told in one.told])


def lessons(offices: Sequence[tuple[str, list[Said]]], unseen: Sequence[str]) -> list[Lesson]:
    """The signs of every clause, its letters judged by what was learnt of other offices."""
    groups = [("", [one]) for one in single_clauses()] + list(offices)
    found: list[Lesson] = []
    for fold in range(FOLDS):
        others = [one for at, (_, said) in enumerate(groups) if at % FOLDS != fold for one in said]
        model = fit_letters(others)
        for name, said in groups[fold::FOLDS]:
            found += _lessons(said, model) * (UNSEEN if name in {"", *unseen} else 1)
    return found


def _lessons(said: Sequence[Said], model: Letters) -> list[Lesson]:
    places = list(Role)
    return [
        (places.index(role), signs)
        for one in said
        for role, signs in zip(
            one.roles,
            signs_of_each(one.told, [model.chances_of(p) for p in _parts(one)], one.month),
            strict=True,
        )
    ]


def fit_signs(taught: Sequence[Lesson]) -> Weigher:
    """The weights that make the true roles likeliest: gradient steps that shrink as they go."""
    names = sorted({name for _, signs in taught for name in signs})
    weights = {name: [0.0] * len(Role) for name in names}
    model = Weigher(tuple(Role), weights)
    moved = {name: [0.01] * len(Role) for name in names}
    for turn in range(ROUNDS * len(taught)):
        right, signs = taught[turn * STRIDE % len(taught)]
        for place, chance in enumerate(model.chances_of(signs).values()):
            error = chance - (place == right)
            for name, value in signs.items() if abs(error) > SLIGHT else ():
                slope = error * value
                moved[name][place] += slope * slope
                weights[name][place] -= STEP * slope / math.sqrt(moved[name][place])
    return model


def write_signs(model: Weigher, path: Path) -> None:
    """Keep the weights, one sign a line."""
    rows = ",\n".join(
        f"{json.dumps(name)}: {[round(weight, 3) for weight in weights]}"
        for name, weights in model.weights.items()
    )
    path.write_text(f'{{"roles": {json.dumps(model.roles)}, "weights": {{\n{rows}\n}}}}\n', "utf-8")


def main(arguments: Sequence[str]) -> None:
    """Fit, say how many clauses come right, and with --write keep the weights."""
    folders = [Path(name) for name in arguments if not name.startswith("--")]
    flags = (name for name in arguments if name.startswith("--unseen="))
    unseen = next(flags, "").removeprefix("--unseen=").split(",")
    offices = [(folder.name, list(said_in(folder))) for folder in folders]
    taught = lessons(offices, unseen)
    weigher = fit_signs(taught)
    print(_count_right(weigher, taught), "of", len(taught))
    if "--write" in arguments:
        everything = [*single_clauses(), *(one for _, said in offices for one in said)]
        write(fit_letters(everything), HOME / "roles.json")
        write_signs(weigher, HOME / "signs.json")


def _count_right(model: Weigher, taught: Sequence[Lesson]) -> int:
    told = [(right, list(model.chances_of(signs).values())) for right, signs in taught]
    return sum(chances.index(max(chances)) == right for right, chances in told)


if __name__ == "__main__":
    main(sys.argv[1:])
