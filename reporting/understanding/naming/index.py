"""What is known about a plan before any message comes: who may report what, and what names it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter

from reporting.task import Task
from reporting.understanding.model import Model, default_model
from reporting.understanding.naming.codes import code_key
from reporting.understanding.naming.petitions import is_petition
from reporting.understanding.naming.special_codes import SpecialCodes, special_patterns
from reporting.understanding.naming.titles import (
    RATE,
    TitleGrams,
    phase,
    things,
    title_grams,
    title_units,
)
from reporting.understanding.naming.unit_names import UnitNames, unit_names
from reporting.understanding.values.measure import Target, rates, targets
from reporting.understanding.words.lexicon import generic_words, hinted_kinds, kinds_of, talk_in
from reporting.unit import Unit

Postings = Mapping[str, tuple[tuple[int, float], ...]]
_NUMBERED = re.compile(r"(?:[a-z\u4e00-\u9fff]{1,6}-?)?(?P<number>\d{1,3})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One task of the plan, read once.

    `weight` is what its whole title would score, `counted` are the units of its targets,
    `number` is the number of its code (3 of 民3), `things` are what it names by number (3号泊),
    `petition` says that it answers a suggestion or a proposal.
    """

    task: Task
    number: str
    title: str
    weight: float
    concepts: frozenset[int]
    targets: tuple[Target, ...]
    counted: frozenset[str]
    phase: str
    things: frozenset[str]
    petition: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanIndex:
    """A plan ready for reading messages; immutable, shared by all of them.

    `grams`, `skips`, `sounds` and `letters` lead from parts of titles to tasks (by position in
    `entries`), `kinds` from concepts to tasks, `titled` from words of talk to the titles that have
    them, `codes` from a code's key to its task; `hinted` are the concepts any title has a name of.
    """

    entries: tuple[Entry, ...]
    grams: Postings
    skips: Postings
    sounds: Postings
    letters: Postings
    kinds: Mapping[int, tuple[int, ...]]
    hinted: frozenset[int]
    titled: Mapping[str, frozenset[int]]
    codes: Mapping[str, int]
    special: SpecialCodes
    of_unit: Mapping[str, tuple[int, ...]]
    names: UnitNames
    model: Model

    @classmethod
    def build(
        cls, tasks: Sequence[Task], units: Sequence[Unit], *, model: Model | None = None
    ) -> "PlanIndex":
        """Read every title once."""
        places = title_units(units)
        grams = [title_grams(task.title, places) for task in tasks]
        entries = tuple(_entry(task, parts) for task, parts in zip(tasks, grams, strict=True))
        return cls(
            entries=entries,
            grams=_postings([parts.grams for parts in grams]),
            skips=_postings([parts.skips for parts in grams]),
            sounds=_postings([parts.sounds for parts in grams]),
            letters=_postings([dict.fromkeys(parts.letters, 1.0) for parts in grams]),
            kinds=_kinds(entries),
            hinted=frozenset(kind for entry in entries for kind in hinted_kinds(entry.title)),
            titled=_titled(entries),
            codes={code_key(task.code): number for number, task in enumerate(tasks)},
            special=special_patterns(task.code for task in tasks),
            of_unit=_of_unit(tasks),
            names=unit_names(units),
            model=model or default_model(),
        )

    def own(self, units: frozenset[str]) -> tuple[int, ...]:
        """The tasks these units may report on, in the plan's order."""
        return tuple(sorted({n for unit in units for n in self.of_unit.get(unit, ())}))


def _entry(task: Task, parts: TitleGrams) -> Entry:
    title = parts.title
    found = (*targets(title), *(amount.target for amount in rates(title)))
    aims = tuple(sorted(found, key=attrgetter("value"), reverse=True))
    numbered = _NUMBERED.fullmatch(code_key(task.code))
    return Entry(
        task=task,
        number=numbered["number"] if numbered else "",
        title=title,
        weight=sum(parts.grams.values()) or 1.0,
        concepts=kinds_of(title),
        targets=aims,
        counted=frozenset(aim.unit for aim in aims),
        phase=phase(title),
        things=frozenset(thing for _, thing in things(title)),
        petition=is_petition(task),
    )


def _postings(tables: Sequence[Mapping[str, float]]) -> Postings:
    found: dict[str, list[tuple[int, float]]] = {}
    for number, table in enumerate(tables):
        for gram, weight in table.items():
            found.setdefault(gram, []).append((number, weight))
    return {gram: tuple(places) for gram, places in found.items()}


def _kinds(entries: Sequence[Entry]) -> Mapping[int, tuple[int, ...]]:
    found: dict[int, list[int]] = {}
    for number, entry in enumerate(entries):
        for concept in entry.concepts:
            found.setdefault(concept, []).append(number)
    return {concept: tuple(numbers) for concept, numbers in found.items()}


def _titled(entries: Sequence[Entry]) -> Mapping[str, frozenset[int]]:
    found: dict[str, set[int]] = {}
    for number, entry in enumerate(entries):
        for word in talk_in(RATE.sub("", entry.title)) - generic_words():
            found.setdefault(word, set()).add(number)
    return {word: frozenset(numbers) for word, numbers in found.items()}


def _of_unit(tasks: Sequence[Task]) -> Mapping[str, tuple[int, ...]]:
    found: dict[str, list[int]] = {}
    for number, task in enumerate(tasks):
        for unit in dict.fromkeys(task.units):
            found.setdefault(unit, []).append(number)
    return {unit: tuple(numbers) for unit, numbers in found.items()}
