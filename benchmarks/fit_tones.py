"""Fit `reporting/understanding/knowledge/tones.json` on labelled offices.

usage: python -m benchmarks.fit_tones OFFICE_FOLDER... [--write]

What the letters of a message of one report speak for: that a clerk recorded it, asked about it or
refused it. `fit_matching` then weighs them, each office judged by letters of other offices.
"""

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.fit_wishes import Pace, count_right, fitted, write
from reporting.understanding.choice.tone import ASK, RECORD, REFUSE, runs_of
from reporting.understanding.model import Letters
from reporting.understanding.words.normalise import plain

MODEL = Path("reporting/understanding/knowledge/tones.json")
PACE = Pace(rounds=4, step=0.25, seen=5, kept=12000)

Example = tuple[str, frozenset[str]]


def examples(folder: Path) -> Iterator[Example]:
    """What became of each message of an office that is about one thing, and its letters."""
    for line in (folder / "messages.jsonl").read_text("utf-8").splitlines():
        message = json.loads(line)
        expect = message["expect"]
        one = len(expect.get("items", ())) <= 1 and not expect.get("ask")
        if one and expect["kind"] in {RECORD, ASK, REFUSE} and message["quoted"] in {None, "owed"}:
            yield expect["kind"], runs_of(plain(message["text"]))


def fit_tones(folders: Sequence[Path]) -> Letters:
    """The letters' weights fitted on these offices."""
    return fitted([one for folder in folders for one in examples(folder)], PACE)


def main(arguments: Sequence[str]) -> None:
    """Fit, say how many come right, and with --write keep the weights."""
    folders = [Path(name) for name in arguments if not name.startswith("--")]
    model = fit_tones(folders)
    told = [one for folder in folders for one in examples(folder)]
    print(count_right(model, told), "of", len(told))
    if "--write" in arguments:
        write(model, MODEL)


if __name__ == "__main__":
    main(sys.argv[1:])
