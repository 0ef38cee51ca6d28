"""Read random and mutated messages until one fails: `python -m benchmarks.fuzz_understanding`.

usage: python -m benchmarks.fuzz_understanding OFFICE_FOLDER... [--count 100000] [--seed 1]
"""

import argparse
import json
import random
import time
from collections.abc import Sequence
from pathlib import Path

from reporting.understanding.context import Context
from reporting.understanding.corpus import context_of, read_office
from reporting.understanding.naming.index import PlanIndex
from reporting.understanding.understand import understand

COUNT = 100_000
LONGEST = 400
MOST_CHANGES = 12
ODD = (
    "\u0000\u200b\u202e\ufeff\ud83d％①⑳㈠㍿🙏\t\r\n（）【】《》、。；/#-—~..."
    "1234567890一二三百万亿号项第民"
)

Case = tuple[str, PlanIndex, Context]


def cases(folder: Path) -> list[Case]:
    """The messages of a labelled office as they were sent."""
    office = read_office(json.loads((folder / "office.json").read_text("utf-8")))
    index = PlanIndex.build(office.tasks, office.units)
    units = {person.key: frozenset(person.units) for person in office.liaisons}
    lines = (folder / "messages.jsonl").read_text("utf-8").splitlines()
    found = (json.loads(line) for line in lines)
    return [(m["text"], index, context_of(m, units[m["sender"]])) for m in found]


def mutated(text: str, others: Sequence[Case], chance: random.Random) -> str:
    """A message with letters lost, repeated, swapped and mixed with others'."""
    letters = list(text)
    for _ in range(chance.randint(1, MOST_CHANGES)):
        place = chance.randrange(len(letters) + 1)
        other = chance.choice(others)[0]
        start = chance.randrange(len(other))
        odd, any_letter = chance.choice(ODD), chr(chance.randrange(0xD7FF))
        piece = chance.choice((odd, any_letter, other[start : start + 6]))
        letters[place : place + chance.randrange(3)] = piece
    return "".join(letters)[:LONGEST]


def run(known: Sequence[Case], count: int, seed: int) -> float:
    """Read so many messages; the longest time one took, in seconds of the processor."""
    chance, longest = random.Random(seed), 0.0  # noqa: S311 - to repeat a run, not a secret
    for _ in range(count):
        text, index, context = chance.choice(known)
        started = time.process_time()
        understand(mutated(text, known, chance), index, context)
        longest = max(longest, time.process_time() - started)
    return longest


def main() -> None:
    """Read them all; a failure stops it with its traceback."""
    parser = argparse.ArgumentParser(description="Read random and mutated messages.")
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--count", type=int, default=COUNT)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    known = [case for folder in chosen.folders for case in cases(folder)]
    longest = run(known, chosen.count, chosen.seed)
    print(f"{chosen.count} messages read, none failed; the longest took {longest * 1e3:.1f} ms")


if __name__ == "__main__":
    main()
