"""What tells whether the likeliest task may be recorded, and whether a block leaves the last one.

Two logistic models over a few numbers each, fitted by `benchmarks/fit_matching.py`: `switch` says
whether words further on in a message leave the last task, `accept` whether the likeliest is right.
"""

import math
import re
from collections.abc import Mapping, Sequence

from reporting.understanding.assign import Block
from reporting.understanding.emptiness import is_slogan, is_wide
from reporting.understanding.index import PlanIndex
from reporting.understanding.match import Match
from reporting.understanding.reading import Reading, letters
from reporting.understanding.split import Cut

_FAR = 6.0
_HEAD = 5  # letters at the beginning of a block
_SAYS = re.compile(r"\d|[一二两三四五六七八九十]成|百分之|完|正常|滞后|没")
_RATE = re.compile(r"(?<!完成)(?<!签约)(?<!销号)(?<!完工)(?<!办结)(?<!开工)(?:率|占比|比例|比重)")


def chance(values: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """The probability a logistic model gives."""
    total = sum(weights.get(name, 0.0) * value for name, value in values.items())
    return 1 / (1 + math.exp(-_within(total, 30.0)))


def accept_values(block: Block, found: Match, index: PlanIndex) -> dict[str, float]:
    """What speaks for recording the likeliest task."""
    assert found.best is not None
    values = found.values[found.best]
    words = " ".join(clause.words for clause in block.clauses)
    top = found.sums[found.best]
    second = found.sums[found.ranked[1][0]] if len(found.ranked) > 1 else -_FAR
    return {
        "one": 1.0,
        "margin": min(top - second, _FAR),
        "above": _within(top - found.null, _FAR),
        "apart": min(_apart(found), 3.0),
        "cover": values["cover"],
        "ratio": max(values["ratio"], values["number"]),
        "wide": float(is_wide(words)),
        "slogan": float(is_slogan(words)),
        "few": 1.0 / len(found.values),
        "crowd": _crowd(found),
        "rate": _rate(words, index.entries[found.best].title),
    }


def switch_values(
    block: Block, found: Match, before: Sequence[int], index: PlanIndex, reading: Reading
) -> dict[str, float]:
    """What speaks for leaving the tasks spoken of last."""
    assert found.best is not None
    best, values, first = found.evidence[found.best], found.values[found.best], block.clauses[0]
    staying = max((found.sums.get(task, -_FAR) for task in before), default=-_FAR)
    top = found.sums[found.best]
    head = letters(first.head, first.head + _HEAD)
    content = reading.content & sum(letters(start, end) for start, end in block.spans)
    words = reading.text[first.head : block.end]
    return {
        "one": 1.0,
        "comma": float(first.cut <= Cut.COMMA),
        "list": float(first.cut is Cut.LIST),
        "sentence": float(first.cut is Cut.SENTENCE),
        "detail": float(first.detail),
        "gain": _within(top - staying, _FAR),
        "above": _within(top - found.null, _FAR),
        "named": min(math.sqrt(best.naming()), 2.5),
        "quiet": float(best.naming() < 1.0 and first.cut <= Cut.COMMA),
        "explained": values["explained"],
        "heads": float(bool((best.covered | best.single) & head)),
        "says": float(bool(_SAYS.search(words))),
        "rate": _rate(words, index.entries[found.best].title),
        "ratio": max(values["ratio"], values["number"]),
        "measure": values["measure"],
        "lead": values["lead"],
        "long": min(content.bit_count() / 10, 2.0),
    }


def _rate(words: str, title: str) -> float:
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
        return _FAR
    best, second = found.evidence[found.best], found.evidence[found.ranked[1][0]]
    return best.surplus(second) + max(best.skip - second.skip, 0.0)


def _within(value: float, most: float) -> float:
    return min(max(value, -most), most)
