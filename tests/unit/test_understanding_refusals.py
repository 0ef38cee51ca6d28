"""What names a task of another unit is refused, by its number alone as by its words."""

import pytest

from reporting.understanding.outcome import Ask, Outcome, Refuse
from reporting.understanding.understand import understand
from tests.unit.talk_office import INDEX, from_the


def said_by(unit: str, text: str) -> Outcome:
    """What a sentence comes to, said by one unit of a made-up county."""
    return understand(text, INDEX, from_the(unit))


@pytest.mark.parametrize(
    "text", ["12 完成30%", "12项 66%", "第12项 45%", "12：已完成六成", "12 正常推进"]
)
def test_a_number_of_anothers_task_and_how_far_it_is_are_refused(text: str) -> None:
    outcome = said_by("教育", text)
    assert isinstance(outcome, Refuse)
    assert outcome.tasks == ("12",)


def test_a_share_alone_is_no_number_of_a_task() -> None:
    assert isinstance(said_by("教育", "75%"), Ask)


@pytest.mark.parametrize(
    ("unit", "text"),
    [
        ("住建", "县道改建征地拆迁完成90%"),
        ("城管", "雨污管网挖开的路面我们都恢复了"),
        ("卫健", "实验小学医务室我们帮着配了两个校医"),
    ],
)
def test_who_names_anothers_task_and_none_of_his_own_is_refused(unit: str, text: str) -> None:
    assert isinstance(said_by(unit, text), Refuse)
