"""What tells whether the likeliest task may be recorded.

A logistic model over a few numbers, fitted by `benchmarks/fit_matching.py`.
"""

import math
import re
from collections.abc import Mapping

from reporting.understanding.assign import Block
from reporting.understanding.emptiness import is_slogan, is_wide
from reporting.understanding.index import PlanIndex
from reporting.understanding.match import Match

FAR = 6.0
_RATE = re.compile(r"(?<!完成)(?<!签约)(?<!销号)(?<!完工)(?<!办结)(?<!开工)(?:率|占比|比例|比重)")


def chance(values: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """The probability a logistic model gives."""
    total = sum(weights.get(name, 0.0) * value for name, value in values.items())
    return 1 / (1 + math.exp(-within(total, 30.0)))


def accept_values(block: Block, found: Match, index: PlanIndex) -> dict[str, float]:
    """What speaks for recording the likeliest task."""
    assert found.best is not None
    values = found.values[found.best]
    words = " ".join(clause.words for clause in block.clauses)
    top = found.sums[found.best]
    second = found.sums[found.ranked[1][0]] if len(found.ranked) > 1 else -FAR
    return {
        "one": 1.0,
        "margin": min(top - second, FAR),
        "above": within(top - found.null, FAR),
        "apart": min(_apart(found), 3.0),
        "cover": values["cover"],
        "ratio": max(values["ratio"], values["number"]),
        "wide": float(is_wide(words)),
        "slogan": float(is_slogan(words)),
        "few": 1.0 / len(found.values),
        "crowd": _crowd(found),
        "rate": gives_rate(words, index.entries[found.best].title),
    }


def gives_rate(words: str, title: str) -> float:
    """Whether it gives a rate, and the title speaks of none: a lesser figure of another task."""
    return float(bool(_RATE.search(words)) and not _RATE.search(title))


def _crowd(found: Match) -> float:
    """How much speaks for the next of the sender's tasks, beside the likeliest."""
    assert found.best is not None
    best = found.evidence[found.best].total()
    others = (found.evidence[n].total() for n in found.values if n != found.best)
    return min(max(others, default=0.0) / max(best, 0.5), 1.0)


def _apart(found: Match) -> float:
    """How much of its name the likeliest has and the next lacks."""
    if len(found.ranked) < 2 or found.best is None:
        return FAR
    best, second = found.evidence[found.best], found.evidence[found.ranked[1][0]]
    return best.surplus(second) + max(best.skip - second.skip, 0.0)


def within(value: float, most: float) -> float:
    """The value, cut off at so much above and below zero."""
    return min(max(value, -most), most)
