"""What single sentences of no office teach about talk, each said to the next office and unit."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.matching_examples import Case
from reporting.understanding.commands import read_command
from reporting.understanding.context import Context
from reporting.understanding.corpus import read_office
from reporting.understanding.index import PlanIndex
from reporting.understanding.normalise import plain
from reporting.understanding.reading import read
from reporting.understanding.small_talk import talk_values
from reporting.understanding.standing import stand

SENTENCES = Path("tests/corpus/sentences.txt")
REPORTS = frozenset({"record", "report"})


def sentences(folders: Sequence[Path]) -> Iterator[Case]:
    """Which sentences are talk and which are reports, where the rules do not settle it."""
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


def _index_of(folder: Path) -> PlanIndex:
    office = read_office(json.loads((folder / "office.json").read_text("utf-8")))
    return PlanIndex.build(office.tasks, office.units)
