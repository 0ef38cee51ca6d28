"""Labelled clauses: single ones, and those of what each office's messages say about each task."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

from reporting.understanding.corpus import context_of, read_office
from reporting.understanding.naming.index import PlanIndex
from reporting.understanding.outcome import Record
from reporting.understanding.parts.extract import marked, month_number
from reporting.understanding.parts.roles import assign_roles
from reporting.understanding.parts.told import Role, Told
from reporting.understanding.understand import understand
from reporting.understanding.values.figures_whole import goals_of
from reporting.understanding.words.spans import Clause, clauses, fold

CLAUSES = Path("tests/corpus/clauses.txt")
FIELDS = {"problem": Role.PROBLEM, "next_step": Role.NEXT, "suggestion": Role.SUGGESTION}
MUCH = 0.4  # of the shorter of clause and label: so much must they share

Label = Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class Said:
    """What is said about one task: its clauses as the rules take them, and their true roles."""

    told: list[Told]
    month: int | None
    roles: list[Role]


def single_clauses() -> Iterator[Said]:
    """The clauses of `clauses.txt`, each with its role: alone, and behind one of progress."""
    lines = (line.partition(": ") for line in CLAUSES.read_text("utf-8").splitlines())
    labelled_words = [(Role(role), words) for role, _, words in lines]
    progress = cycle([words for role, words in labelled_words if role == Role.PROGRESS])
    for (role, words), before, stop in zip(labelled_words, progress, cycle("，。"), strict=False):
        told = assign_roles(clauses(fold(words)), "")
        yield Said(told, None, [role] * len(told))
        first = len(clauses(fold(before)))
        told = assign_roles(clauses(fold(f"{before}{stop}{words}")), "")
        yield Said(told, None, [Role.PROGRESS] * first + [role] * (len(told) - first))


def said_in(folder: Path) -> Iterator[Said]:
    """What the messages of an office say about each task that is recorded rightly."""
    data = json.loads((folder / "office.json").read_text("utf-8"))
    office = read_office(data)
    index = PlanIndex.build(office.tasks, office.units)
    units = {person.key: frozenset(person.units) for person in office.liaisons}
    titles = {task.code: task.title for task in office.tasks}
    for line in (folder / "messages.jsonl").read_text("utf-8").splitlines():
        message = json.loads(line)
        context = context_of(message, units.get(message["sender"], frozenset()))
        outcome = understand(message["text"], index, context)
        labels = {label["task"]: label for label in message["expect"].get("items", ())}
        for item in outcome.items if isinstance(outcome, Record) else ():
            if label := labels.get(item.task):
                month = month_number(message["month"])
                yield labelled(item.words, titles[item.task], month, label)


def labelled(words: str, title: str, month: int | None, label: Label) -> Said:
    """The clauses of the words, each with the part of the label that it shares most with."""
    text = marked(words)
    told = assign_roles(clauses(text), goals_of(title).title, month)
    parts = [
        (role, at, at + len(part))
        for field, role in FIELDS.items()
        if (part := label.get(field)) and (at := text.find(fold(part))) >= 0
    ]
    roles = [
        next((role for role, *part in parts if _shared(one.clause, *part)), Role.PROGRESS)
        for one in told
    ]
    return Said(told, month, roles)


def _shared(clause: Clause, start: int, end: int) -> bool:
    both = min(clause.end, end) - max(clause.start, start)
    return both > 0 and both >= MUCH * min(clause.end - clause.start, end - start)
