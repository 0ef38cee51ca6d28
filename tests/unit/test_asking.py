"""What was asked lately, and what is said instead of asking it again."""

from datetime import UTC, datetime

import pytest

from reporting.asking import asked_before, compose_asked_before, question_quoted
from reporting.ledger import Desk
from reporting.records import OpenQuestion
from reporting.report import Facts
from reporting.understanding.dialogue.answer import code_alone
from reporting.understanding.outcome import Doubt

DESK = Desk(name="青河县督查室", phone="0539-2266629")
TITLES = {"70": "石桥水库除险加固", "71": "红旗水库除险加固"}


def a_doubt(words: str = "水库60%", *codes: str) -> Doubt:
    return Doubt(words=words, facts=Facts(), candidates=codes or ("70", "71"))


def a_question(*doubts: Doubt, ending: str = "") -> OpenQuestion:
    at = datetime(2026, 6, 8, tzinfo=UTC)
    return OpenQuestion(
        id=1, message_id=1, doubts=doubts or (a_doubt(),), asked_at=at, ending=ending
    )


@pytest.mark.parametrize("words", ["水库60%", "水庫 60%。", "水库６０％！"])
@pytest.mark.parametrize("ending", ["", "superseded", "none_of_them"])
def test_the_same_words_about_the_same_tasks_were_asked_before(words: str, ending: str) -> None:
    question = a_question(ending=ending)
    assert asked_before([a_doubt(words, "71", "70")], [question]) == question


def test_other_words_other_tasks_and_answered_questions_are_asked() -> None:
    recent = [a_question(), a_question(a_doubt("完成"), ending="answered")]
    assert asked_before([a_doubt("水库65%")], recent) is None
    assert asked_before([a_doubt("水库60%", "70")], recent) is None
    assert asked_before([a_doubt("完成")], recent) is None
    assert asked_before([a_doubt(), a_doubt("另一处")], recent) is None


def test_the_open_question_is_pointed_to_by_its_numbers() -> None:
    text = compose_asked_before(a_question(), TITLES, DESK)
    assert "回复上次提问的编号（1、2）" in text
    assert "第70项" not in text


def test_a_question_that_was_replaced_names_its_codes_and_one_denied_only_the_desk() -> None:
    replaced = compose_asked_before(a_question(ending="superseded"), TITLES, DESK)
    assert "第70项 石桥水库除险加固\n第71项" in replaced
    denied = compose_asked_before(a_question(ending="none_of_them"), TITLES, DESK)
    assert "石桥水库" not in denied
    assert "请联系青河县督查室（电话0539-2266629）" in denied


def test_a_question_is_known_by_its_quotation() -> None:
    newer, older = a_question(a_doubt("完成")), a_question(ending="superseded")
    quoted = "“水库60%”说的是哪一项？\n1. 第70项 石桥水库除险加固"
    assert question_quoted(quoted, [newer, older]) == older
    assert question_quoted("水库60%", [newer, older]) is None
    assert question_quoted(quoted, [a_question(ending="answered")]) is None


@pytest.mark.parametrize("text", ["70号", "第70项", "70", "是70号", "我说的是第70项的", "七十号？"])
def test_a_code_alone_is_recognised(text: str) -> None:
    if text.startswith("七十"):
        assert code_alone(text, ("70", "71")) is None
    else:
        assert code_alone(text, ("70", "71")) == "70"


@pytest.mark.parametrize("text", ["70号完成60%", "72号", "水库", "", "70号楼"])
def test_anything_more_is_no_code_alone(text: str) -> None:
    assert code_alone(text, ("70", "71")) is None
