"""Which command a text means by its letters: settles what the table of `commands.txt` cannot.

A multinomial logistic model over runs of letters and what words do, fitted by
`benchmarks/fit_wishes.py`. People ask for the same few things in ever new words.
"""

import json
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from reporting.understanding.speech import words_of

REPORT, TALK = "report", "none"
SURE, PLAINLY = 0.6, 0.8
_DIGITS, _MARKS = re.compile(r"\d+"), re.compile(r"[^\w?]+")
_LONGEST = 3  # letters of a run


@dataclass(frozen=True, slots=True)
class Wishes:
    """What may be meant, and how much each part of a text speaks for each of it."""

    meant: tuple[str, ...]
    weights: Mapping[str, Sequence[float]]

    def likeliest(self, text: str) -> tuple[str, float]:
        """What a normalised text most likely means, and its chance."""
        found = [self.weights[part] for part in parts_of(text) if part in self.weights]
        scale = 1 / math.sqrt(len(found) or 1)
        sums = [scale * sum(column) for column in zip(*found, strict=True)]
        sums = sums or [0.0] * len(self.meant)
        top = max(sums)
        total = sum(math.exp(value - top) for value in sums)
        return self.meant[sums.index(top)], 1 / total


def parts_of(text: str) -> frozenset[str]:
    """The runs of letters of a normalised text, and what its words do."""
    return frozenset(_runs(text)) | {
        f"#{one}" for _, _, does in words_of(text) if does for one in does
    }


def _runs(text: str) -> Iterator[str]:
    said = f"^{_MARKS.sub(' ', _DIGITS.sub('0', text))}$"
    for length in range(1, _LONGEST + 1):
        for start in range(len(said) - length + 1):
            yield said[start : start + length]


def reports(text: str) -> bool:
    """Whether the letters of a text are plainly those of a report."""
    meant, chance = wishes().likeliest(text)
    return meant == REPORT and chance >= PLAINLY


@cache
def wishes() -> Wishes:
    """The model of `wishes.json`."""
    data = json.loads(files("reporting.understanding").joinpath("wishes.json").read_text("utf-8"))
    return Wishes(tuple(data["meant"]), data["weights"])
