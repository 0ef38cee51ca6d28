"""Whether a report sounds like one that is recorded, asked about or refused, by its letters.

Who names no task outright speaks of it in other words (那边, 也差不多了), and so does who tells of
others' work (听说, 顺便报一下). Fitted by `benchmarks/fit_tones.py`.
"""

import math
import re

from reporting.understanding.model import Model, runs_in

RECORD, ASK, REFUSE = "record", "ask", "refuse"
_SLIGHT, _MOST = 1e-3, 5.0  # a chance, log odds
_DIGITS, _MARKS = re.compile(r"\d[\d.]*"), re.compile(r"[^\w%]+")


def runs_of(words: str) -> frozenset[str]:
    """The runs of letters of a block's words, its edges marked."""
    said = f"^{_MARKS.sub(' ', _DIGITS.sub('0', words)).strip()}$"
    return frozenset(runs_in(said))


def aloofness(words: str, model: Model) -> float:
    """Log odds by their letters that words are of another unit's work, not of the sender's own."""
    chances = model.tones.chances_of(runs_of(words))
    odds = math.log((chances[REFUSE] + _SLIGHT) / (chances[RECORD] + _SLIGHT))
    return min(max(odds, -_MOST), _MOST)
