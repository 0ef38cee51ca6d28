"""What single sentences of no office teach about talk and about whose task is spoken of."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.matching_examples import Case, label_message, of_others
from reporting.understanding.choice.reading import read
from reporting.understanding.choice.small_talk import talk_values
from reporting.understanding.choice.standing import stand
from reporting.understanding.context import Context
from reporting.understanding.corpus import read_office
from reporting.understanding.model import Model
from reporting.understanding.naming.index import PlanIndex
from reporting.understanding.talk.commands import read_command
from reporting.understanding.words.normalise import plain
from tests.unit.talk_office import TASKS, UNITS

SENTENCES = Path("tests/corpus/sentences.txt")
REPORTS = frozenset({"record", "report"})
_UNQUOTED: dict[str, object] = {"month": "2026-06", "quoted": None, "owed": None}


def sentences(folders: Sequence[Path]) -> Iterator[Case]:
    """Which sentences are talk and which are reports, where the rules do not settle it.

    Each is said to the next office by its next unit.
    """
    indexes = [_index_of(folder) for folder in folders]
    for number, line in enumerate(SENTENCES.read_text("utf-8").splitlines()):
        label, _, said = line.partition(": ")
        kind = label.split()[0]
        text, index = plain(said), indexes[number % len(indexes)]
        if kind not in REPORTS | {"none"} or read_command(text):
            continue
        units = sorted(index.of_unit)
        context = Context(units=frozenset({units[number % len(units)]}), month="2026-06")
        asker = stand(index, context).asker
        yield Case(talk_values(read(text, index), index, asker), kind == "none")


def of_other_units(model: Model) -> Iterator[Case]:
    """Which sentences are about another unit's task, of those said by a unit of the county."""
    index = PlanIndex.build(TASKS, tuple(UNITS.values()), model=model)
    for line in SENTENCES.read_text("utf-8").splitlines():
        label, _, said = line.partition(": ")
        kind, _, unit = label.partition(" ")
        text = plain(said)
        if not unit or read_command(text):
            continue
        units = frozenset({UNITS[unit].name})
        yield from of_others(
            label_message(_UNQUOTED | {"expect": {"kind": kind}}, text, index, units)
        )


def _index_of(folder: Path) -> PlanIndex:
    office = read_office(json.loads((folder / "office.json").read_text("utf-8")))
    return PlanIndex.build(office.tasks, office.units)
