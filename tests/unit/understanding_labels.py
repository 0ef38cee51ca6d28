"""The labelled replies of the corpus, ready to be understood."""

import json
from dataclasses import dataclass
from pathlib import Path

from reporting.understanding.context import Context
from reporting.understanding.corpus import context_of, read_office
from reporting.understanding.naming.index import PlanIndex
from reporting.unit import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """One labelled reply with the plan it belongs to."""

    key: str
    office: str
    text: str
    context: Context
    index: PlanIndex
    units: tuple[Unit, ...]


def labelled(folder: Path) -> list[Labelled]:
    """Every reply of one office."""
    office = read_office(json.loads((folder / "office.json").read_text("utf-8")))
    index = PlanIndex.build(office.tasks, office.units)
    people = {person.key: frozenset(person.units) for person in office.liaisons}
    lines = (folder / "messages.jsonl").read_text("utf-8").splitlines()
    return [
        Labelled(
            key=message["id"],
            office=folder.name,
            text=message["text"],
            context=context_of(message, people[message["sender"]]),
            index=index,
            units=office.units,
        )
        for message in map(json.loads, lines)
    ]
