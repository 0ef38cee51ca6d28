"""Labelled offices as JSON, and outcomes in the same form: what a scorer reads and writes."""

import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from reporting.liaison import Liaison
from reporting.report import Facts
from reporting.task import Milestone, Task, TaskKind
from reporting.understanding.context import Context
from reporting.understanding.model import Model
from reporting.understanding.naming.index import PlanIndex
from reporting.understanding.outcome import Ask, Command, Doubt, Item, Outcome, Record, Refuse
from reporting.understanding.understand import understand
from reporting.unit import Unit

Json = Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """An office as `office.json` states it."""

    tasks: tuple[Task, ...]
    units: tuple[Unit, ...]
    liaisons: tuple[Liaison, ...]


def read_office(data: Json) -> Office:
    """The tasks, units and liaisons of an `office.json`."""
    return Office(
        tasks=tuple(_task(row) for row in _rows(data["tasks"])),
        units=tuple(
            Unit(name=str(row["name"]), aliases=_texts(row["aliases"]))
            for row in _rows(data["units"])
        ),
        liaisons=tuple(
            Liaison(key=str(row["id"]), name=str(row["name"]), units=_texts(row["units"]))
            for row in _rows(data["liaisons"])
        ),
    )


def understand_lines(
    data: Json, messages: Iterable[Json], *, model: Model | None = None
) -> Iterator[dict[str, object]]:
    """Each message with its outcome and the milliseconds it took."""
    office = read_office(data)
    index = PlanIndex.build(office.tasks, office.units, model=model)
    units = {liaison.key: frozenset(liaison.units) for liaison in office.liaisons}
    for message in messages:
        context = context_of(message, units.get(str(message["sender"]), frozenset()))
        start = time.perf_counter()
        outcome = understand(str(message["text"]), index, context)
        spent = round((time.perf_counter() - start) * 1000, 3)
        yield {"id": message["id"], "ms": spent, "outcome": outcome_as_json(outcome)}


def context_of(message: Json, units: frozenset[str]) -> Context:
    """The context a labelled message was written in."""
    quoted, owed = message.get("quoted"), message.get("owed")
    return Context(
        units=units,
        quoted=str(quoted) if quoted is not None else None,
        owed=_texts(owed) if owed is not None else None,
        month=str(message.get("month", "")),
    )


def outcome_as_json(outcome: Outcome) -> dict[str, object]:
    """An outcome in the form of a label."""
    match outcome:
        case Record(items=items, doubts=doubts):
            record: dict[str, object] = {"kind": "record", "items": [_item(item) for item in items]}
            return record | ({"ask": _candidates(doubts)} if doubts else {})
        case Ask(doubts=doubts):
            return {"kind": "ask", "candidates": _candidates(doubts)}
        case Refuse(why=why):
            return {"kind": "refuse", "why": why}
        case Command(name=name):
            return {"kind": "command", "name": name.value}
    return {"kind": "none"}


def _item(item: Item) -> dict[str, object]:
    return {"task": item.task} | facts_as_json(item.facts)


def facts_as_json(facts: Facts) -> dict[str, object]:
    """Facts in the form of a label."""
    figures = [{"name": f.name, "value": f.value, "unit": f.unit} for f in facts.figures]
    return {
        "percent": facts.percent,
        "status": facts.status.value if facts.status else None,
        "problem": facts.problem,
        "next_step": facts.next_step,
        "suggestion": facts.suggestion,
        "figures": figures,
    }


def _candidates(doubts: Iterable[Doubt]) -> list[str]:
    return list(dict.fromkeys(code for doubt in doubts for code in doubt.candidates))


def _task(row: Json) -> Task:
    kind, due, milestones = row.get("kind"), row.get("due"), row.get("milestones")
    return Task(
        code=str(row["code"]),
        title=str(row["title"]),
        section=str(row.get("section") or ""),
        kind=TaskKind(str(kind)) if kind else None,
        leads=_texts(row.get("leads")),
        supports=_texts(row.get("supports")),
        leader=str(row["leader"]) if row.get("leader") else None,
        due=date.fromisoformat(str(due)) if due else None,
        milestones=tuple(
            Milestone(period=str(period), text=str(text))
            for period, text in (milestones.items() if isinstance(milestones, Mapping) else ())
        ),
    )


def _rows(value: object) -> list[Json]:
    assert isinstance(value, list)
    return [row for row in value if isinstance(row, Mapping)]


def _texts(value: object) -> tuple[str, ...]:
    return tuple(str(text) for text in value) if isinstance(value, list | tuple) else ()
