"""What else the words may be about: siblings, another with the same words, something else."""

from reporting.understanding.match import Match

MOST_CANDIDATES = 6
SHORT = 5  # of its own letters: a text with few says little that could tell tasks apart
_SHARED = 1.0  # naming letters that two titles have in common
_WHOLE = 0.9  # of a title: nothing else can be meant
_TRACE = 0.3
_OWN = 2.0  # what a name with a number weighs (3号泊位): its figure is no letter
# How much more of each the likeliest may have and still not be told apart.
_APART = {
    **dict.fromkeys(("number", "measure", "ratio", "letter", "skip", "sound", "partner"), 0.3),
    "talk": 0.65,
}
_MUCH, _TENS = 20, 10  # letters


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


def short(found: Match) -> float:
    """How little the message says: 1 for nothing, a half at a few letters, towards 0 for much."""
    return 1 / (1 + found.reading.content.bit_count() / SHORT)


def is_shared(found: Match) -> bool:
    """Whether another own task has all the letters that speak for the likeliest: 养老这块.

    Common talk is not enough: 北延 in one title tells it from another road, though all say it.
    """
    assert found.best is not None
    best = found.evidence[found.best]
    said = best.covered & found.letters
    others = [found.evidence[n] for n in found.values if n != found.best]
    held = [other for other in others if not said & ~other.claimed]
    return bool(said) and any(best.surplus(other) < _OWN for other in held)


def unexplained(found: Match) -> float:
    """How many letters of their own speak for another thing than the likeliest, in tens."""
    assert found.best is not None
    best = found.evidence[found.best]
    left = found.letters & ~best.covered & ~best.single
    return min(left.bit_count(), _MUCH) / _TENS
