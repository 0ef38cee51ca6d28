"""Whether a report sounds like one that is recorded, asked about or refused, by its letters.

Who names no task outright speaks of it in other words (那边, 也差不多了), and so does who tells of
others' work (听说, 顺便报一下). Fitted by `benchmarks/fit_tones.py`.
"""

import math
import re

from reporting.understanding.model import Model, runs_in

RECORD, ASK, REFUSE = "record", "ask", "refuse"
_SLIGHT, _MOST, _MOST_VAGUE = 1e-3, 5.0, 3.0  # a chance, log odds
_DIGITS, _MARKS = re.compile(r"\d[\d.]*"), re.compile(r"[^\w%]+")


def runs_of(words: str) -> frozenset[str]:
    """The runs of letters of a block's words, its edges marked."""
    said = f"^{_MARKS.sub(' ', _DIGITS.sub('0', words)).strip()}$"
    return frozenset(runs_in(said))


def aloofness(words: str, model: Model) -> float:
    """Log odds by their letters that words are of another unit's work, not of the sender's own."""
    return _odds(words, model, REFUSE, _MOST)


def vagueness(text: str, model: Model) -> float:
    """Log odds by its letters that a clerk asked about a message rather than recorded it.

    Of the whole message: a clause cut from it has too few letters to sound like anything.
    """
    return _odds(text, model, ASK, _MOST_VAGUE)


def _odds(said: str, model: Model, kind: str, most: float) -> float:
    chances = model.tones.chances_of(runs_of(said))
    odds = math.log((chances[kind] + _SLIGHT) / (chances[RECORD] + _SLIGHT))
    return min(max(odds, -most), most)
