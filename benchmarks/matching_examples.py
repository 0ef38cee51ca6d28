"""What labelled messages teach the models of `matching.json`: choices, switches and acceptances."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, starmap
from pathlib import Path
from typing import Any

from reporting.understanding.choice.assign import Block, blocks, pieces, with_codes
from reporting.understanding.choice.decide import judge
from reporting.understanding.choice.decide_words import their_chance
from reporting.understanding.choice.evidence import weigh
from reporting.understanding.choice.features import spoken_in
from reporting.understanding.choice.foreign import foreign_values
from reporting.understanding.choice.heading import with_headings
from reporting.understanding.choice.match import Match, options
from reporting.understanding.choice.reading import read
from reporting.understanding.choice.scene import Course, Scene
from reporting.understanding.choice.small_talk import talk_values
from reporting.understanding.choice.standing import stand
from reporting.understanding.choice.trust import accept_values
from reporting.understanding.choice.turn import turn_values
from reporting.understanding.corpus import context_of, read_office
from reporting.understanding.course.frames import unframed
from reporting.understanding.course.idle import without_idle
from reporting.understanding.course.layouts import fields_as_lines
from reporting.understanding.course.run_on import statements
from reporting.understanding.course.tables import rows_as_lines
from reporting.understanding.course.tell import after, cuts, named_in
from reporting.understanding.course.whole import read_sweep
from reporting.understanding.model import Model
from reporting.understanding.naming.codes import code_key
from reporting.understanding.naming.index import PlanIndex
from reporting.understanding.naming.marked_codes import marked_codes
from reporting.understanding.talk.commands import read_command
from reporting.understanding.words.normalise import plain
from reporting.understanding.words.spellings import spelled_alike

LIKELY = 3  # tasks a block may be about; if the label has one of them it may not go on
RARE = (
    0.2  # replies of several clauses on the edge of a task are rarer in life than in `turns.jsonl`
)

JOINED = 0.21  # two reports sent as one: how often people do so no label tells
JOINTS = (
    *(("", joint) for joint in ("；", "。", "\n", "。另，", "；还有")),
    *(("1、", "\n2、"), ("一是", "；二是"), ("（1）", "（2）")),
)
_UNJOINED = frozenset({"correction", "form", "bare"})

Json = Mapping[str, object]
Values = Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """The features of every option (None is "no task") and the right ones."""

    options: Mapping[int | None, Values]
    right: frozenset[int | None]
    torn: bool  # an honest clerk is torn between the right ones


@dataclass(frozen=True, slots=True)
class Case:
    """A yes or a no with its features, and how much it counts."""

    values: Values
    right: bool
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Lesson:
    """What one message teaches."""

    choices: tuple[Choice, ...] = ()
    switches: tuple[Case, ...] = ()
    acceptances: tuple[Case, ...] = ()
    talks: tuple[Case, ...] = ()
    foreign: tuple[Case, ...] = ()
    joined: tuple[Case, ...] = ()


@dataclass(frozen=True, slots=True)
class Labelled:
    """A labelled message before the plan, and the tasks the label records or asks about."""

    scene: Scene
    found: tuple[Block, ...]
    expect: Json
    weight: float = 1.0

    def codes(self, *names: str) -> frozenset[int]:
        """The tasks under these names of the label."""
        rows = [
            row for name in names if isinstance(part := self.expect.get(name), list) for row in part
        ]
        codes = (row["task"] if isinstance(row, Mapping) else row for row in rows)
        return frozenset(self.scene.index.codes[code_key(str(code))] for code in codes)

    def turn(self, block: Block, found: Match, course: Course) -> Case | None:
        """Whether a block leaves the last task for its likeliest, if the label tells."""
        if not course.last or found.best in course.last or not found.says_anything:
            return None
        gold = self.codes("items", "ask", "candidates")
        top = {task for task, _ in found.ranked[:LIKELY]}
        if found.best not in gold and top & (gold - {*course.last}):
            return None
        values = turn_values(block, course, self.scene)
        return Case(values, found.best in gold, self.weight)


def lessons(folder: Path, model: Model) -> Iterator[Lesson]:
    """What each message of an office teaches, cut up and judged by a first model."""
    office = read_office(json.loads((folder / "office.json").read_text("utf-8")))
    index = PlanIndex.build(office.tasks, office.units, model=model)
    units = {person.key: frozenset(person.units) for person in office.liaisons}
    for message, weight, is_joined in _labelled(folder):
        told = spelled_alike(unframed(str(message["text"])))
        text, expect = plain(rows_as_lines(fields_as_lines(told))), message["expect"]
        if expect["kind"] == "command" or read_command(text):
            continue
        labelled = label_message(message, text, index, units[message["sender"]])
        labelled = replace(labelled, weight=weight)
        named = _is_named_outright(message, text)
        plainly = not named and not message["quoted"]
        turns = _turns(labelled) if plainly and expect["kind"] != "none" else ((), ())
        if weight < 1:
            yield Lesson(joined=turns[0]) if is_joined else Lesson(switches=turns[0])
            continue
        talks = () if named else (_talk(labelled, talks=expect["kind"] == "none"),)
        if expect["kind"] == "none":
            yield Lesson(talks=talks)
            continue
        choices = () if named else tuple(_choices(labelled))
        yield Lesson(choices, *turns, talks, tuple(of_others(labelled)) if plainly else ())


def _labelled(folder: Path) -> Iterator[tuple[dict[str, Any], float, bool]]:
    """The messages of an office, how much each counts, and whether it is of two joined here."""
    for name, weight in (("messages.jsonl", 1.0), ("turns.jsonl", RARE)):
        if (path := folder / name).exists():
            for line in path.read_text("utf-8").splitlines():
                yield json.loads(line), weight, False
    for message in _joined(folder):
        yield message, JOINED, True


def _joined(folder: Path) -> Iterator[dict[str, Any]]:
    """Two reports of one person sent as one message, in each way people join them."""
    told: dict[str, list[dict[str, Any]]] = {}
    for line in (folder / "messages.jsonl").read_text("utf-8").splitlines():
        message = json.loads(line)
        items = message["expect"].get("items", ())
        alone = len(items) == 1 and not message["expect"].get("ask")
        plainly = not message["quoted"] and not message["owed"]
        if alone and plainly and message["style"] not in _UNJOINED:
            told.setdefault(message["sender"], []).append(message)
    place = 0
    for messages in told.values():
        for first, second in pairwise(messages):
            if first["expect"]["items"][0]["task"] == second["expect"]["items"][0]["task"]:
                continue
            opening, joint = JOINTS[place % len(JOINTS)]
            place += 1
            text = f"{opening}{first['text'].rstrip('。！~ ')}{joint}{second['text']}"
            items = [*first["expect"]["items"], *second["expect"]["items"]]
            yield first | {"text": text, "expect": {"kind": "record", "items": items}}
            if "，" in first["text"]:
                yield first | {"text": first["text"].replace("，", "\n")}


def _talk(labelled: Labelled, *, talks: bool) -> Case:
    """Whether a message only talks."""
    scene = labelled.scene
    return Case(talk_values(scene.reading, scene.index, scene.standing.asker), talks)


def of_others(labelled: Labelled) -> Iterator[Case]:
    """Whether what seems to be about another unit's task is."""
    refused, scene = labelled.expect["kind"] == "refuse", labelled.scene
    gold = labelled.codes("items", "candidates")
    for number, block in enumerate(labelled.found):
        found = scene.match(block)
        among = {task for task, _ in found.ranked[:LIKELY]} & gold
        if found.best_foreign is None or (number > 0 and (refused or not among)):
            continue  # further on in a message something else may be spoken of
        yield Case(foreign_values(block, found, scene.index), refused)


def label_message(message: Json, text: str, index: PlanIndex, units: frozenset[str]) -> Labelled:
    """A message read and cut up before the plan."""
    standing = stand(index, context_of(message, units))
    reading = read(text, index)
    told = without_idle([*statements(text, reading, index, standing.asker)], text)
    held = [c for c in told if not read_sweep(c.words[c.head - c.start :])]
    whole = with_headings(with_codes(held, (), text), reading)
    found = blocks(whole, (), reading, index, standing.asker)
    expect = message["expect"]
    assert isinstance(expect, Mapping)
    return Labelled(Scene(reading, index, standing), tuple(found), expect)


def _choices(labelled: Labelled) -> Iterator[Choice]:
    gold, torn = labelled.codes("items", "candidates"), labelled.expect["kind"] == "ask"
    stretches = [block.spans for block in labelled.found]
    if len(labelled.codes("items")) <= 1:
        stretches = [tuple(span for spans in stretches for span in spans)]
    for spans in filter(None, stretches):
        choices = _options(labelled.scene, spans)
        right = frozenset[int | None](gold & choices.keys()) or frozenset({None})
        if None in right and labelled.expect["kind"] == "record":
            continue  # cut up otherwise than the label means: it teaches nothing
        yield Choice(options=choices, right=right, torn=torn)


def _options(scene: Scene, spans: Sequence[tuple[int, int]]) -> dict[int | None, Values]:
    """The features of each of the sender's tasks, and of none."""
    asker = scene.standing.asker
    evidence = weigh(scene.reading, scene.index, spans, asker)
    spoken = spoken_in(scene.reading, spans, scene.standing.spoken)
    known = options(evidence, scene.index, asker, spoken)
    return {None: {"nothing": 1.0}} | dict(known.items())


def _turns(labelled: Labelled) -> tuple[tuple[Case, ...], tuple[Case, ...]]:
    """Where a message leaves a task for another, and whether its first is the likeliest."""
    scene, found = labelled.scene, labelled.found
    cut_up = [piece for block in found for piece in pieces(block, scene.reading)]
    gold = labelled.codes("items")
    acceptances = [
        Case(_acceptable(block, match, scene.index), match.best in gold)
        for block in (found if len(gold) < 2 else cut_up)[:1]
        if (match := scene.match(block)).best is not None
    ]
    walked = [*_walk(found, labelled), *_walk(cut_up, labelled)]
    return tuple(filter(None, starmap(labelled.turn, walked))), tuple(acceptances)


def _acceptable(block: Block, found: Match, index: PlanIndex) -> Values:
    """What speaks for recording the likeliest task of a block."""
    return accept_values(block, found, index, their_chance(block, found, index))


def _walk(found: Sequence[Block], labelled: Labelled) -> Iterator[tuple[Block, Match, Course]]:
    """Each block with what it matches, and how far the message has come before it."""
    scene = labelled.scene
    course = Course(named=frozenset(named_in(found, scene)), cuts=cuts(labelled.found))
    for block in found:
        yield block, scene.match(block), course
        course = after(course, block, judge(block, scene, course))


def _is_named_outright(message: Json, text: str) -> bool:
    """Whether a code or a quoted card says which task: such choices teach nothing about words."""
    numbered = re.match(r"\W*(?:民\d|\d{1,3}(?!\d*[.、)]?[号月日年年%-]))", text)
    return bool(str(message["quoted"]) not in {"None", "owed"} or numbered or [*marked_codes(text)])
