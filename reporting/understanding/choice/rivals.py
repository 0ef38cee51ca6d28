"""What else the words may be about: siblings, another with the same words, something else."""

import re
from collections.abc import Iterable

from reporting.understanding.choice.evidence import Evidence
from reporting.understanding.choice.match import Match
from reporting.understanding.choice.reading import letters
from reporting.understanding.naming.index import PlanIndex
from reporting.understanding.words.lexicon import TELLING, fields

MOST_CANDIDATES = 6
SHORT = 5  # of its own letters: a text with few says little that could tell tasks apart
_SHARED = 1.0  # naming letters that two titles have in common
_WHOLE = 0.9  # of a title: nothing else can be meant
_TRACE = 0.3
_FITTING = ("number", "measure", "ratio")
_NO_THING = (
    "(?!(?:服务)?中心|[:,]?综合|[院站楼]|食堂|床位)"  # behind the name of a field: 养老中心 is more
)
_FAR_BEHIND = 5.0  # a task is out of the question (a hundred and fifty to one)
# How much more of each the likeliest may have and still not be told apart.
_APART = {
    **dict.fromkeys(("number", "measure", "ratio", "letter", "skip", "sound", "partner"), 0.3),
    "talk": 0.65,
}


def siblings(found: Match) -> tuple[int, ...]:
    """The likeliest task with those that share all it is named by: only the one part is said."""
    assert found.best is not None
    best, values = found.evidence[found.best], found.values[found.best]
    if best.gram < _SHARED or values["cover"] >= _WHOLE:
        return ()
    alike = tuple(
        n
        for n, _ in found.ranked[1:]
        if not found.values[n]["outdone"]
        and best.surplus(found.evidence[n]) < _TRACE
        and all(values[name] <= found.values[n][name] + most for name, most in _APART.items())
    )
    return (found.best, *alike)[:MOST_CANDIDATES] if alike else ()


def of_one_field(found: Match, index: PlanIndex) -> tuple[int, ...]:
    """The likeliest task with the others of its field that fit, where only the field is named."""
    assert found.best is not None
    kinds = index.entries[found.best].concepts
    best = found.evidence[found.best]
    for words, field in fields():
        named = _letters_of(words, found.reading.text) if kinds & field else 0
        if named and not best.claimed & found.letters & ~named:
            own = best.covered & found.letters & ~named
            others = (n for n, _ in found.ranked[1:] if index.entries[n].concepts & field)
            alike = tuple(
                n for n in others if _fits(n, found) and not own & ~found.evidence[n].covered
            )
            return (found.best, *alike) if alike else ()
    return ()


def _fits(task: int, found: Match) -> bool:
    """Whether the values fit a task no less than the likeliest."""
    assert found.best is not None
    best, values = found.values[found.best], found.values[task]
    return all(best[name] <= values[name] + _TRACE for name in _FITTING)


def _letters_of(words: Iterable[str], text: str) -> int:
    """A bit for each letter of these words in a text."""
    found = 0
    for word in words:
        for place in re.finditer(f"(?<!综合){re.escape(word)}{_NO_THING}", text):
            found |= letters(*place.span())
    return found


def short(found: Match) -> float:
    """How little the message says: 1 for nothing, a half at a few letters, towards 0 for much."""
    return 1 / (1 + found.reading.content.bit_count() / SHORT)


def is_shared(found: Match) -> bool:
    """Whether all that speaks for the likeliest speaks for another own task too: 医院主体八层了."""
    assert found.best is not None
    best = found.evidence[found.best]
    said = best.covered & found.letters
    near = (
        n
        for n, _ in found.ranked[1:]
        if found.ahead_of(n) <= _FAR_BEHIND and not found.values[n]["outdone"]
    )
    return bool(said) and any(
        not said & ~found.evidence[n].covered and not _is_of_its_kind(best, found.evidence[n])
        for n in near
    )


def _is_of_its_kind(best: Evidence, other: Evidence) -> bool:
    """Whether talk of the task's kind is there which the other is not of: 规上企业净增11家."""
    return any(
        weight >= other.kinds.get(kind, 0.0) + TELLING for kind, weight in best.kinds.items()
    )
