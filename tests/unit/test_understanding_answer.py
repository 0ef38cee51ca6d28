"""The numbered question and the answers people give to it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporting.report import Facts
from reporting.understanding.dialogue.answer import left_over, pose, read_answer
from reporting.understanding.dialogue.question import Chosen, NoneOfThem, NotAnAnswer, WrongNumber
from reporting.understanding.outcome import Doubt

FIRST = Doubt(words="水库60%", facts=Facts(percent=60), candidates=("71", "72"))
SECOND = Doubt(words="管网18公里", facts=Facts(), candidates=("75", "民3"))
QUESTION = pose((FIRST, SECOND))
TITLES = (
    ("71", "青龙水库除险加固"),
    ("72", "白鹤水库除险加固"),
    ("75", "供水管网改造"),
    ("民3", "农村供水提升"),
)

PICKED = [
    ("2", [2]),
    ("2。", [2]),
    ("１、３", [1, 3]),
    ("1和3", [1, 3]),
    ("1 3", [1, 3]),
    ("第2个", [2]),
    ("选1", [1]),
    ("是2", [2]),
    ("一", [1]),
    ("第二个吧", [2]),
    ("②", [2]),
    ("71号", [1]),
    ("第72项", [2]),
    ("民3", [4]),
    ("青龙水库", [1]),
    ("白鹤", [2]),
    ("3,4", [3, 4]),
]


def test_choices_are_numbered_over_all_doubts() -> None:
    assert [(c.number, c.doubt, c.task) for c in QUESTION.choices] == [
        (1, 0, "71"),
        (2, 0, "72"),
        (3, 1, "75"),
        (4, 1, "民3"),
    ]


@pytest.mark.parametrize(("text", "numbers"), PICKED)
def test_an_answer_picks_choices(text: str, numbers: list[int]) -> None:
    answer = read_answer(text, QUESTION, TITLES)
    assert isinstance(answer, Chosen)
    assert [choice.number for choice in answer.choices] == numbers


@pytest.mark.parametrize(
    "text", ["都不是", "以上都不是", "都不对", "没有", "0", "不是这些", "全都不是"]
)
def test_none_of_them_is_understood(text: str) -> None:
    assert read_answer(text, QUESTION, TITLES) == NoneOfThem()


@pytest.mark.parametrize(("text", "number"), [("5", 5), ("9", 9), ("1、7", 7), ("第十个", 10)])
def test_a_number_that_is_not_offered_is_wrong(text: str, number: int) -> None:
    assert read_answer(text, QUESTION, TITLES) == WrongNumber(number=number)


@pytest.mark.parametrize(
    "text",
    ["青龙水库坝体完工，总体80%", "正常推进", "80%", "水库", "收到", "", "明天回复", "2号下午报"],
)
def test_a_message_of_its_own_is_no_answer(text: str) -> None:
    assert read_answer(text, QUESTION, TITLES) == NotAnAnswer()


def test_all_of_them_answers_when_each_doubt_has_one_choice() -> None:
    question = pose((Doubt(words="甲", facts=Facts(), candidates=("1",)),))
    assert read_answer("都是", question) == Chosen(choices=question.choices)


@given(st.text())
def test_reading_an_answer_never_fails(text: str) -> None:
    read_answer(text, QUESTION, TITLES)


def test_what_was_passed_over_is_asked_again_under_its_old_numbers() -> None:
    three = (*QUESTION.doubts, Doubt(words="丙", facts=Facts(), candidates=("90", "91")))
    first = pose(three)
    answer = read_answer(str(len(FIRST.candidates) + 1), first)
    assert isinstance(answer, Chosen)
    again = pose(left_over(first, answer.choices))
    assert {one.doubt for one in again.choices} == {0, 1}
    known = {(one.number, one.task) for one in first.choices}
    assert {(one.number, one.task) for one in again.choices} < known
    assert read_answer(str(first.choices[-1].number), again) == Chosen(choices=(again.choices[-1],))
    assert isinstance(read_answer(str(answer.choices[0].number), again), WrongNumber)
