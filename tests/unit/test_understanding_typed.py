"""Replies as people type and dictate them about the tasks of the labelled offices."""

import json
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from reporting.understanding.context import Context
from reporting.understanding.corpus import read_office
from reporting.understanding.naming.index import PlanIndex
from reporting.understanding.outcome import Record
from reporting.understanding.understand import understand

OFFICES = Path(__file__).parents[1] / "corpus"
TABLE = Path(__file__).with_name("typed_replies.txt")
FLOORS = {"dictated": 0.85, "typos": 0.93, "dialect": 0.93, "form": 0.93}
MOST_WRONG = 2  # of all: recorded for a task that is not meant


@cache
def _plan(office: str) -> tuple[PlanIndex, dict[str, str]]:
    read = read_office(json.loads((OFFICES / office / "office.json").read_text("utf-8")))
    return PlanIndex.build(read.tasks, read.units), {t.code: t.leads[0] for t in read.tasks}


@cache
def _read(style: str) -> Counter[str]:
    """How many replies of a style are recorded right, in part or wrong."""
    found: Counter[str] = Counter()
    for line in TABLE.read_text("utf-8").splitlines():
        named, _, rest = line.partition("\t")
        if named == style:
            office, codes, text = rest.split("\t")
            found[_verdict(office, codes.split("+"), text)] += 1
    return found


def _verdict(office: str, codes: list[str], text: str) -> str:
    index, leads = _plan(office)
    context = Context(units=frozenset({leads[codes[0]]}), quoted=None, owed=None, month="2026-08")
    outcome = understand(text.replace("⏎", "\n").replace("⇥", "\t"), index, context)
    if not isinstance(outcome, Record):
        return "asked"
    recorded = {item.task for item in outcome.items}
    if recorded - set(codes):
        return "wrong"
    return "right" if recorded == set(codes) and not outcome.doubts else "part"


@pytest.mark.parametrize("style", list(FLOORS))
def test_replies_are_recorded_however_they_are_typed(style: str) -> None:
    found = _read(style)
    assert found["right"] >= FLOORS[style] * found.total()


def test_hardly_any_is_recorded_for_another_task() -> None:
    assert sum(_read(style)["wrong"] for style in FLOORS) <= MOST_WRONG
