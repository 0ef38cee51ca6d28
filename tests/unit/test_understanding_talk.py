"""Single sentences of a made-up county: talk, commands, reports, and others' reports refused."""

from collections import Counter
from pathlib import Path

import pytest

from reporting.understanding.outcome import Ask, Command, Nothing, Outcome, Record, Refuse
from reporting.understanding.understand import understand
from tests.unit.talk_office import INDEX, UNITS, from_the

CORPUS = Path(__file__).parents[1] / "corpus"

# "none", a command's name, "record" or "refuse" with the unit that says it, and "report" for what
# is about no task of the county: anything but talk and commands.
RIGHT_AT_LEAST = {"sentences": 0.975, "sentences_unseen": 0.88}


def kind_of(outcome: Outcome) -> str:
    """What a sentence came to, as the files name it."""
    match outcome:
        case Nothing():
            return "none"
        case Command(name=name):
            return name.value
        case Record():
            return "record"
        case Refuse():
            return "refuse"
        case Ask():
            return "ask"


def is_right(expected: str, got: str) -> bool:
    """Whether a sentence came to what it should."""
    if expected == "report":
        return got in {"record", "refuse", "ask"}
    return got == expected


@pytest.mark.parametrize("name", list(RIGHT_AT_LEAST))
def test_single_sentences_come_to_what_they_should(name: str) -> None:
    lines = (CORPUS / f"{name}.txt").read_text("utf-8").splitlines()
    wrong: Counter[str] = Counter()
    said: list[str] = []
    for number, line in enumerate(lines):
        label, _, text = line.partition(": ")
        kind, _, unit = label.partition(" ")
        outcome = understand(text, INDEX, from_the(unit or list(UNITS)[number % len(UNITS)]))
        if not is_right(kind, kind_of(outcome)):
            wrong[kind] += 1
            said.append(f"{line} -> {kind_of(outcome)}")
    share = 1 - wrong.total() / len(lines)
    assert share >= RIGHT_AT_LEAST[name], (wrong, said)
