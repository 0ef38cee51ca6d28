"""What tells whether the likeliest task may be recorded.

A logistic model over a few numbers, fitted by `benchmarks/fit_matching.py`.
"""

import math
import re
from collections.abc import Mapping

from reporting.understanding.choice.assign import Block
from reporting.understanding.choice.match import Match
from reporting.understanding.choice.rivals import is_shared, short, siblings
from reporting.understanding.naming.index import PlanIndex
from reporting.understanding.naming.titles import phase
from reporting.understanding.talk.emptiness import is_slogan, is_wide

FAR = 6.0
_RATE = re.compile(r"(?<!完成)(?<!签约)(?<!销号)(?<!完工)(?<!办结)(?<!开工)(?:率|占比|比例|比重)")
_STRETCH = re.compile(r"[^\W_]+")  # between stops and blanks
_ODDS = 4.0  # log odds beyond which another unit's task is out of the question
_TRADE, _TRADE_BEYOND = 1.6, 0.65  # talk of its kind, and that beyond the next
_SETTLED = 0.5  # of what siblings tell against it, if they were reported already
_HARDLY, _AHEAD = 0.5, 2.0  # naming letters, log odds
_APART = 5.5  # log odds by which the next is behind and no rival


def chance(values: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """The probability a logistic model gives."""
    total = sum(weights.get(name, 0.0) * value for name, value in values.items())
    return 1 / (1 + math.exp(-within(total, 30.0)))


def accept_values(block: Block, found: Match, index: PlanIndex, theirs: float) -> dict[str, float]:
    """What speaks for recording the likeliest task; `theirs` is the chance of another unit's.

    How far the next is behind, a number that fits, how much is told; against it: that all of it
    speaks for another too, that a field is named or nothing, that no such thing is counted, and
    that the message sounds like those a clerk asked about.
    """
    assert found.best is not None
    values = found.values[found.best]
    words = block.words
    told_by_phase = phase(words) == index.entries[found.best].phase != ""
    shared = is_shared(found) and not told_by_phase
    second = found.sums[found.ranked[1][0]] if len(found.ranked) > 1 else -FAR
    margin = min(found.sums[found.best] - second, FAR)
    of_theirs = _odds(theirs)
    return {
        "one": 1.0,
        "margin": margin,
        "alone": found.probability / max(1.0 - found.nothing, 1e-9),
        "figure": max(values["number"], values["measure"], values["ratio"]),
        "told": math.log(max(len(_STRETCH.findall(words)), 1)),
        "siblings": _siblings(found),
        "shared": float(shared),
        "curt": shared * short(found),
        "wide": is_wide(words) * short(found),
        "slogan": float(is_slogan(words) and margin < FAR),
        "lead": values["lead"],
        "unfit": values["unfit"],
        "theirs": of_theirs,
        "vague": _vague(found, apart=margin >= _APART and of_theirs <= -_ODDS),
    }


def _siblings(found: Match) -> float:
    """Whether others share all it is named by: 1, or a half where those were reported already."""
    alike = siblings(found)
    settled = min((found.values[n]["settled"] for n in alike[1:]), default=1.0)
    return (1.0 - _SETTLED * settled) * bool(alike)


def _vague(found: Match, *, apart: bool) -> float:
    """How vague the message sounds: a tone that tells nothing where no other can be meant."""
    assert found.best is not None
    vague = found.reading.vague
    return min(vague, 0.0) if apart or found.evidence[found.best].is_outright() else vague


def _odds(chance: float) -> float:
    """The logarithm of the odds."""
    return within(math.log(max(chance, 1e-9) / max(1.0 - chance, 1e-9)), _ODDS)


def gives_rate(words: str, title: str) -> float:
    """Whether it gives a rate, and the title speaks of none: a lesser figure of another task."""
    return float(bool(_RATE.search(words)) and not _RATE.search(title))


def within(value: float, most: float) -> float:
    """The value, cut off at so much above and below zero."""
    return min(max(value, -most), most)


def is_told_by_trade(found: Match, values: Mapping[str, float]) -> bool:
    """Whether several stretches of talk of a trade tell the likeliest, and nothing names it.

    耙吸船又来了一艘,浅点扫测完,抛泥证也续上了 of a channel, beside a quay and a count of boxes:
    however vague it sounds. The values are those of `accept_values`.
    """
    assert found.best is not None
    talk = found.values[found.best]["talk"]
    others = (found.values[n]["talk"] for n, _ in found.ranked[1:])
    told = talk >= _TRADE and talk - max(others, default=0.0) >= _TRADE_BEYOND
    named = found.evidence[found.best].naming() >= _HARDLY
    likely = values["margin"] >= _AHEAD and values["theirs"] <= -_ODDS and values["told"] > 0
    return told and likely and not named
