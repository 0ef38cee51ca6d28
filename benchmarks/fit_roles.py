"""Fit `reporting/understanding/roles.json` on single clauses and labelled offices.

usage: python -m benchmarks.fit_roles OFFICE_FOLDER... [--write]

Which part of a report a clause belongs to (四报), by its letters; see `fit_wishes`.
"""

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from benchmarks.fit_wishes import Pace, count_right, fitted, write
from reporting.understanding.spans import Clause, clauses, fold
from reporting.understanding.spans_letters import parts_of_each
from reporting.understanding.spans_told import Role

MODEL = Path("reporting/understanding/roles.json")
CLAUSES = Path("tests/corpus/clauses.txt")
PACE = Pace(rounds=4, step=0.25, seen=6, kept=8000)
FIELDS = {"problem": Role.PROBLEM, "next_step": Role.NEXT, "suggestion": Role.SUGGESTION}
MUCH = 0.4  # of the shorter of clause and label: so much must they share

Example = tuple[str, frozenset[str]]


def examples(folders: Sequence[Path]) -> Iterator[Example]:
    """The role of each clause, and its parts."""
    for line in CLAUSES.read_text("utf-8").splitlines():
        role, _, said = line.partition(": ")
        yield from ((role, parts) for parts in parts_of_each(clauses(fold(said))))
    for folder in folders:
        for line in (folder / "messages.jsonl").read_text("utf-8").splitlines():
            message = json.loads(line)
            if message["expect"]["kind"] == "record":
                yield from _of_message(message["text"], message["expect"]["items"])


def _of_message(text: str, items: Sequence[Mapping[str, str | None]]) -> Iterator[Example]:
    folded = fold(text)
    found = clauses(folded)
    labels = [
        (role, at, at + len(label))
        for item in items
        for field, role in FIELDS.items()
        if (label := item.get(field)) and (at := folded.find(fold(label))) >= 0
    ]
    for clause, parts in zip(found, parts_of_each(found), strict=True):
        roles = [role for role, start, end in labels if _shared(clause, start, end)]
        yield str(roles[0] if roles else Role.PROGRESS), parts


def _shared(clause: Clause, start: int, end: int) -> bool:
    both = min(clause.end, end) - max(clause.start, start)
    return both > 0 and both >= MUCH * min(clause.end - clause.start, end - start)


def main(arguments: Sequence[str]) -> None:
    """Fit, say how many come right, and with --write keep the weights."""
    told = list(examples([Path(name) for name in arguments if not name.startswith("--")]))
    model = fitted(told, PACE)
    print(count_right(model, told), "of", len(told))
    if "--write" in arguments:
        write(model, MODEL)


if __name__ == "__main__":
    main(sys.argv[1:])
