"""What the letters of a clause and of its neighbours speak for.

A multinomial logistic model over runs of letters, fitted by `benchmarks/fit_roles.py`: troubles,
plans and pleas are told in more words than any table holds.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise

from reporting.understanding.model import Letters, read_letters, runs_in
from reporting.understanding.words.spans import Clause

_LONGEST = 3  # letters of a run
_DIGITS = re.compile(r"[\d.]+")

Chances = Sequence[Mapping[str, float]]


def parts_of_each(clauses: Sequence[Clause]) -> list[frozenset[str]]:
    """Of each clause its runs of letters, those of its neighbours, where sentences end."""
    said = ["", *(_DIGITS.sub("0", one.words.strip()) for one in clauses), ""]
    ends = [False, *(one.last for one in clauses)]
    return [
        frozenset(
            (
                *runs_in(f"^{said[at]}$"),
                *_around(said[at - 1], said[at + 1]),
                *(
                    sign
                    for sign, end in zip(("#new", "#last"), ends[at - 1 : at + 1], strict=True)
                    if end
                ),
            )
        )
        for at in range(1, len(ends))
    ]


def _around(before: str, after: str) -> Iterator[str]:
    """The edges and the pairs of letters of the neighbours."""
    for length in range(1, _LONGEST + 1):
        yield f"<{before[:length]}"
        yield f"<-{before[-length:]}"
        yield f">{after[:length]}"
    yield from (f"{{{a}{b}" for a, b in pairwise(before))
    yield from (f"}}{a}{b}" for a, b in pairwise(after))


def letters_of_each(clauses: Sequence[Clause]) -> Chances:
    """How likely each clause tells each role by its letters and those beside it."""
    model = roles()
    return [model.chances_of(parts) for parts in parts_of_each(clauses)]


@cache
def roles() -> Letters:
    """The model of `roles.json`."""
    return read_letters("roles.json")
