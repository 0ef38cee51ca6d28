"""What holds for any text whatever: understanding never fails and depends on words alone."""

import random
import time
from pathlib import Path

import pytest
import zhconv
from hypothesis import given, settings
from hypothesis import strategies as st

from reporting.understanding.context import Context
from reporting.understanding.naming.index import PlanIndex
from reporting.understanding.outcome import Ask, Outcome, Record
from reporting.understanding.understand import understand
from tests.unit.understanding_labels import Labelled, labelled
from tests.unit.understanding_office import INDEX, WATER, a_task

CORPUS = Path(__file__).parents[1] / "corpus"
OFFICES = {name: labelled(CORPUS / name) for name in ("qinghe", "linhu")}
MESSAGES = [message for office in OFFICES.values() for message in office]

ALPHABET = (
    "水库管网完成推进正常其余同上均前两项第号项民12345678%。，；、：\n （）①一二三万亿元公里?？@[]"
)
wide = {code: code + 0xFEE0 for code in range(0x21, 0x7F)} | {0x20: 0x3000}


def gist(outcome: Outcome) -> tuple[str, tuple[str, ...]]:
    """What an outcome comes to, apart from the literal words."""
    if isinstance(outcome, Record):
        return "record", tuple(item.task for item in outcome.items)
    if isinstance(outcome, Ask):
        return "ask", tuple(sorted({c for doubt in outcome.doubts for c in doubt.candidates}))
    return type(outcome).__name__, ()


@given(st.one_of(st.text(max_size=300), st.text(ALPHABET, max_size=200)))
@settings(max_examples=300, deadline=None)
def test_no_text_makes_it_fail_and_the_same_text_means_the_same(text: str) -> None:
    assert understand(text, INDEX, WATER) == understand(text, INDEX, WATER)


@given(st.text("，。！？、；：…—👍🙏😄()【】!?,.~ \n\t", max_size=80))
@settings(deadline=None)
def test_marks_and_emoji_record_nothing(text: str) -> None:
    assert not isinstance(understand(text, INDEX, WATER), Record | Ask)


@pytest.mark.parametrize("seed", range(10))
def test_mutated_replies_never_fail(seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(60):
        message = chance.choice(MESSAGES)
        letters = list(message.text)
        for _ in range(chance.randint(1, 12)):
            place = chance.randrange(len(letters) + 1)
            letters[place:place] = chance.choice(chance.choice(MESSAGES).text)
            del letters[chance.randrange(len(letters))]
        understand("".join(letters), message.index, message.context)


def values(outcome: Outcome) -> list[tuple[float | None, str | None, list[float]]]:
    """The shares, standings and figures of what is recorded."""
    facts = [item.facts for item in outcome.items] if isinstance(outcome, Record) else []
    return [(f.percent, f.status, [figure.value for figure in f.figures]) for f in facts]


def same_in_form(message: Labelled, text: str) -> bool:
    """Whether another form of the text means the same, values and all."""
    first = understand(message.text, message.index, message.context)
    other = understand(text, message.index, message.context)
    return (gist(other), values(other)) == (gist(first), values(first))


def test_width_changes_nothing() -> None:
    assert [m.key for m in MESSAGES if not same_in_form(m, m.text.translate(wide))] == []


def test_blanks_around_change_nothing() -> None:
    assert [m.key for m in MESSAGES if not same_in_form(m, f"\n  {m.text} \n")] == []


def test_traditional_characters_change_nothing() -> None:
    changed = [
        message.key
        for message in MESSAGES
        if not same_in_form(message, zhconv.convert(message.text, "zh-hant"))
    ]
    assert changed == []


def without_others(message: Labelled, units: frozenset[str]) -> PlanIndex:
    """The same plan with nobody else's tasks."""
    own = [e.task for e in message.index.entries if units & set(e.task.units)]
    return PlanIndex.build(own, message.units)


def test_other_units_tasks_change_no_record() -> None:
    plans: dict[tuple[str, frozenset[str]], PlanIndex] = {}
    for message in MESSAGES:
        outcome = understand(message.text, message.index, message.context)
        if not isinstance(outcome, Record):
            continue
        where = (message.office, message.context.units)
        if where not in plans:
            plans[where] = without_others(message, message.context.units)
        alone = understand(message.text, plans[where], message.context)
        assert gist(alone) == gist(outcome)


HOSTILE = [
    "老" * 20_000,
    "老旧管网," * 4_000,
    "1" * 20_000,
    "1、" * 10_000,
    "3号、" * 6_666,
    "一" * 20_000,
    "(" * 20_000,
    " " * 19_999 + "a",
    "未达" * 10_000,
    "什么时候" * 5_000,
    "3\n" * 10_000,
    "撤回我" * 66,  # as long as words of talk are looked up in
    "完成" * 3_300,
    "1,234," * 1_100,
    "｜问题：" * 1_600,
    ("下个月再" * 29 + ",") * 57,  # as long as a message is read in full
    "71%→" * 1_650,
    "任务\t进度\n" + "\t" * 6_600,
    "王 9:1" * 1_300,
    "青龙水库做完了白鹤水库" * 600,
    "等批" * 3_300,
    "一" * 6_600,
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_take_bounded_time(text: str) -> None:
    best = min(_seconds(text) for _ in range(3))
    assert best < 0.2  # processor time: 50 ms on a quiet core


def _seconds(text: str) -> float:
    start = time.process_time()
    understand(text, INDEX, WATER)
    return time.process_time() - start


def test_a_plan_of_one_task_is_enough() -> None:
    index = PlanIndex.build([a_task("1", "新建公厕12座", "城管局")], [])
    context = Context(units=frozenset({"城管局"}))
    assert gist(understand("公厕建成5座", index, context)) == ("record", ("1",))
