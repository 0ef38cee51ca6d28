"""The files of general knowledge keep their form."""

from collections import Counter

import pytest

from reporting.understanding.dialogue.alias import common_things
from reporting.understanding.knowledge import words_of
from reporting.understanding.naming.titles import title_grams
from reporting.understanding.words.lexicon import (
    LONGEST_TRIGGER,
    LONGEST_WORD,
    concepts,
    hinted_kinds,
    kinds_of,
    report_words,
    talk,
)
from reporting.understanding.words.normalise import plain
from reporting.understanding.words.sounds import sounds


def _lines() -> list[list[list[str]]]:
    lines = (
        line
        for line in words_of("lexicon.txt").splitlines()
        if line.strip() and not line.startswith("#")
    )
    return [[part.split() for part in line.lower().split("|")] for line in lines]


def test_every_kind_of_task_has_a_name_of_its_own_and_a_trigger() -> None:
    names = Counter(concept.name for concept in concepts())
    assert [name for name, times in names.items() if times > 1] == []
    assert [concept.name for concept in concepts() if not concept.triggers] == []


def test_no_word_stands_twice_in_a_kind_unless_a_trigger_only_hints() -> None:
    twice = []
    for name, triggers, telling, hints in _lines():
        listed = Counter([*triggers, *telling]) + Counter(set(telling) & set(hints))
        listed += Counter({word: times for word, times in Counter(hints).items() if times > 1})
        twice += [(name[0], word) for word, times in listed.items() if times > 1]
    assert twice == []


def test_no_word_of_any_report_tells_a_kind_of_task() -> None:
    spoken = [(name[0], {*telling, *hints} - {*t}) for name, t, telling, hints in _lines()]
    assert [
        (name, words & report_words()) for name, words in spoken if words & report_words()
    ] == []


def test_words_are_of_a_length_that_is_looked_for() -> None:
    assert [word for word in talk() if not 2 <= len(word) <= LONGEST_TRIGGER] == []
    for name, triggers, telling, hints in _lines():
        assert all(len(word) <= LONGEST_TRIGGER + word.startswith("!") for word in triggers), name
        assert all(2 <= len(word) <= LONGEST_WORD for word in [*telling, *hints]), name


def test_words_are_written_as_messages_are_read() -> None:
    words = [*talk(), *report_words(), *common_things(), *map(chr, sounds())]
    assert [word for word in words if plain(word) != word] == []


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("新增3岁以下婴幼儿普惠托位300个", "托位"),
        ("新改扩建公办幼儿园5所", "幼儿园"),
        ("清水河综合治理东段工程6公里", "中小河流治理"),
        ("改建s239线县城段42公里", "国省干线"),
    ],
)
def test_titles_name_their_kinds(title: str, kind: str) -> None:
    assert kind in {concepts()[number].name for number in kinds_of(title)}


@pytest.mark.parametrize(
    ("title", "kind", "barred"),
    [
        ("单位地区生产总值能耗下降3%", "能耗", "地区生产总值"),
        ("建成110千伏变电站", "电网", "水电站"),
        ("新增视频监控1200路", "视频监控", "市政道路"),
        ("建成港区5号泊位", "港航", "停车"),
    ],
)
def test_a_barred_word_rules_a_kind_out(title: str, kind: str, barred: str) -> None:
    named = {concepts()[number].name for number in kinds_of(title)}
    assert kind in named
    assert barred not in named


def test_a_letter_of_a_word_of_any_title_names_no_task_alone() -> None:
    letters = title_grams("PM2.5年均浓度控制在38微克/立方米以下", frozenset()).letters
    assert {"浓", "度"} <= letters
    assert "年" not in letters


def test_a_kind_may_need_a_word_beside_its_name() -> None:
    building = next(n for n, concept in enumerate(concepts()) if concept.name == "房建")
    assert building in kinds_of("县医院住院楼建设")
    assert building not in kinds_of("市中医院创建三级甲等医院")
    assert building in hinted_kinds("市中医院创建三级甲等医院")
