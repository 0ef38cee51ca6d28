"""Fit `reporting/understanding/knowledge/wishes.json` on single sentences and labelled offices.

usage: python -m benchmarks.fit_wishes OFFICE_FOLDER... [--write]

A multinomial logistic model: gradient steps that shrink with what each weight has moved; then
only the parts that tell most are kept. Without --write it says how many it gets right.
"""

import json
import math
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter
from pathlib import Path

from benchmarks.sentence_examples import REPORTS, SENTENCES
from reporting.understanding.model import Letters
from reporting.understanding.talk.commands import LONGEST_COMMAND
from reporting.understanding.talk.wish import REPORT, TALK, parts_of
from reporting.understanding.words.normalise import plain

MODEL = Path("reporting/understanding/knowledge/wishes.json")
STRIDE, NEAR = 7919, 1e-3


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How a model is fitted: a part must be `seen` so often, and `kept` parts are kept."""

    rounds: int
    step: float
    seen: int
    kept: int


PACE = Pace(rounds=12, step=0.5, seen=4, kept=3000)


def examples(folders: Sequence[Path]) -> Iterator[tuple[str, str]]:
    """What is meant, and a text that means it."""
    for line in SENTENCES.read_text("utf-8").splitlines():
        label, _, said = line.partition(": ")
        kind = label.split()[0]
        yield REPORT if kind in REPORTS | {"refuse"} else kind, plain(said)
    for folder in folders:
        for line in (folder / "messages.jsonl").read_text("utf-8").splitlines():
            message = json.loads(line)
            text, expect = plain(message["text"]), message["expect"]
            if len(text) <= LONGEST_COMMAND:
                kind = expect.get("name") or expect["kind"]
                yield kind if expect["kind"] in {"command", TALK} else REPORT, text


def fitted(parts: Sequence[tuple[str, frozenset[str]]], pace: Pace) -> Letters:
    """The model that makes what was meant likeliest."""
    often = Counter(part for _, found in parts for part in found)
    known = [(meant, [p for p in sorted(found) if often[p] >= pace.seen]) for meant, found in parts]
    names = tuple(sorted({meant for meant, _ in parts}))
    weights = {part: [0.0] * len(names) for _, found in known for part in found}
    moved = {part: [0.0] * len(names) for part in weights}
    for turn in range(pace.rounds * len(known)):
        meant, found = known[turn * STRIDE % len(known)]
        _step((names.index(meant), found), weights, moved, pace.step)
    telling = sorted(weights, key=lambda part: max(map(abs, weights[part])), reverse=True)
    return Letters(
        names, {p: [round(w, 2) for w in weights[p]] for p in sorted(telling[: pace.kept])}
    )


def _step(
    told: tuple[int, Sequence[str]],
    weights: dict[str, list[float]],
    moved: dict[str, list[float]],
    step: float,
) -> None:
    meant, found = told
    scale = 1 / math.sqrt(len(found) or 1)
    columns = zip(*(weights[part] for part in found), strict=True)
    powers = [math.exp(scale * sum(column)) for column in columns]
    for place, power in enumerate(powers):
        slope = scale * (power / sum(powers) - (place == meant))
        for part in found if abs(slope) > NEAR else ():
            moved[part][place] += slope * slope
            weights[part][place] -= step * slope / (math.sqrt(moved[part][place]) + 0.01)


def main(arguments: Sequence[str]) -> None:
    """Fit, say how many come right, and with --write keep the weights."""
    told = list(examples([Path(name) for name in arguments if not name.startswith("--")]))
    parts = [(meant, parts_of(text)) for meant, text in told]
    model = fitted(parts, PACE)
    print(count_right(model, parts), "of", len(parts))
    if "--write" in arguments:
        write(model, MODEL)


def count_right(model: Letters, parts: Sequence[tuple[str, frozenset[str]]]) -> int:
    """How many of these the model takes for what they are."""
    told = ((meant, model.chances_of(found)) for meant, found in parts)
    return sum(max(chances.items(), key=itemgetter(1))[0] == meant for meant, chances in told)


def write(model: Letters, path: Path) -> None:
    """Keep the weights, one part a line."""
    rows = ",\n".join(f"{json.dumps(p, ensure_ascii=False)}: {w}" for p, w in model.weights.items())
    path.write_text(f'{{"meant": {json.dumps(model.meant)}, "weights": {{\n{rows}\n}}}}\n', "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
