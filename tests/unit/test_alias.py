"""Which words a lesson teaches, and which aliases count."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporting.alias import LearnedAlias, Source, usable_aliases
from reporting.understanding.context import Context
from reporting.understanding.dialogue.alias import (
    LONGEST_NAME,
    SHORTEST_NAME,
    looks_like_name,
    telling_word,
)
from reporting.understanding.outcome import Ask, Outcome, Record
from reporting.understanding.understand import understand
from reporting.understanding.words.normalise import plain
from tests.unit.understanding_office import INDEX, TASKS, WATER

OWN = frozenset({"市水务局"})
OFTEN_SAID = st.text(
    alphabet="三道沟青龙水库完成加固月日0123456789%，。北坡管网一二期 号项", max_size=60
)


def taught(text: str, code: str = "1") -> str:
    number = next(n for n, task in enumerate(TASKS) if task.code == code)
    return telling_word(text, number, INDEX, OWN)


def an_alias(words: str, code: str, source: Source = Source.ANSWER, times: int = 1) -> LearnedAlias:
    return LearnedAlias(
        words=words,
        task_id=int(code),
        code=code,
        title="完成青龙水库除险加固",
        source=source,
        confirmed=times,
        made_by="liaison:1",
        learned_at=datetime(2026, 6, 8, tzinfo=UTC),
    )


def water(text: str, aliases: dict[str, str], *, quoted: str | None = None) -> Outcome:
    return understand(text, INDEX, Context(units=OWN, quoted=quoted, aliases=aliases))


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("三道沟的加固完成60%", "三道沟"),
        ("6月底前三道沟那个大坝浇筑完成六成", "三道沟"),
        ("我局三道沟项目本月投资三千万元", "三道沟"),
    ],
)
def test_the_name_in_what_was_said_is_learned(text: str, word: str) -> None:
    assert taught(text) == plain(word)


@pytest.mark.parametrize(
    "text",
    [
        "完成60%",
        "水库除险加固60%",  # of two tasks alike
        "大坝浇筑完成六成",
        "本月底前完成",
        "市水务局按计划推进",
        "农业局配合不到位",
        "白鹤那个完成60%",  # stands in another title
        "教学楼封顶",
        "领导好，施工队进场了",
        "一二三四",
        "完成三分之一",
        "😀 。。。",
        "",
    ],
)
def test_figures_dates_units_and_common_words_teach_nothing(text: str) -> None:
    assert taught(text) == ""


def test_what_ends_as_a_name_or_abbreviates_the_title_needs_one_confirmation() -> None:
    assert looks_like_name("三道沟", "完成青龙水库除险加固")
    assert looks_like_name("青除", "完成青龙水库除险加固")
    assert not looks_like_name("翻修", "完成青龙水库除险加固")


def test_other_words_need_two_confirmations_or_a_correction() -> None:
    assert usable_aliases([an_alias("翻修", "1")]) == {}
    assert usable_aliases([an_alias("翻修", "1", times=2)]) == {"翻修": "1"}
    assert usable_aliases([an_alias("翻修", "1", Source.CORRECTION)]) == {"翻修": "1"}


def test_a_name_of_two_tasks_counts_for_neither() -> None:
    known = [an_alias("三道沟", "1"), an_alias("三道沟", "2"), an_alias("北坡", "2")]
    assert usable_aliases(known) == {"北坡": "2"}


def test_a_known_alias_is_recorded_with_its_evidence() -> None:
    assert isinstance(water("三道沟的加固完成60%", {}), Ask)
    found = water("三道沟的加固完成60%", {"三道沟": "1"})
    assert isinstance(found, Record)
    assert [(item.task, item.evidence) for item in found.items] == [("1", ("alias 三道沟",))]


def test_a_code_beside_an_alias_wins() -> None:
    found = water("2号三道沟对面的加固完成60%", {"三道沟": "1"})
    assert isinstance(found, Record)
    assert [item.task for item in found.items] == ["2"]


@pytest.mark.parametrize(
    ("text", "quoted"),
    [("三道沟的城区供水老旧管网改造了10公里", None), ("三道沟的完成60%", "3")],
)
def test_an_alias_against_plain_words_or_a_quote_is_asked_about(
    text: str, quoted: str | None
) -> None:
    found = water(text, {"三道沟": "1"}, quoted=quoted)
    assert isinstance(found, Ask)
    assert set(found.doubts[0].candidates) == {"1", "3"}


def test_an_alias_of_another_units_task_is_no_evidence() -> None:
    assert water("滨江校区完成60%", {"滨江校区": "7"}) == water("滨江校区完成60%", {})


@given(OFTEN_SAID)
def test_what_is_learned_stands_in_the_text_and_in_no_other_title(text: str) -> None:
    word = taught(text)
    if word:
        assert word in plain(text)
        assert SHORTEST_NAME <= len(word) <= LONGEST_NAME
        assert not any(word in entry.title for entry in INDEX.entries if entry.task.code != "1")
        assert not word.isdigit()


@given(OFTEN_SAID)
def test_what_was_learned_from_a_text_finds_its_task_there(text: str) -> None:
    word = taught(text)
    if word:
        found = understand(text, INDEX, Context(units=OWN, aliases={word: "1"}))
        doubts = found.doubts if isinstance(found, Ask | Record) else ()
        offered = {code for doubt in doubts for code in doubt.candidates}
        recorded = {item.task for item in found.items} if isinstance(found, Record) else set()
        assert found == understand(text, INDEX, WATER) or offered | recorded


@given(st.text(max_size=300))
def test_no_text_makes_the_rule_raise(text: str) -> None:
    taught(text)
