"""Corrections of the task: 不是50是51 in the ways people write it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporting.redirection import Redirection, is_figure, read_redirection
from reporting.report import Facts, Figure

CODES = ("50", "51", "107", "108", "民3", "民5", "3-2")


@pytest.mark.parametrize(
    ("text", "wrong", "right"),
    [
        ("不是50是51", "50", "51"),
        ("不是107号，是108号", "107", "108"),
        ("107报错了，应该是108号", "107", "108"),
        ("刚才报的是108不是107", "107", "108"),
        ("搞错了，是108号", None, "108"),
        ("记错了，应该是第51项", None, "51"),
        ("把107号改成108号", "107", "108"),
        ("107号应为108号", "107", "108"),
        ("改记 107 108", "107", "108"),
        ("改记107到108", "107", "108"),
        ("不是民3是民5", "民3", "民5"),
        ("不是3-2,是50", "3-2", "50"),
        ("107号记錯了，是108號的", "107", "108"),
    ],
)
def test_a_correction_names_the_wrong_and_the_right_task(
    text: str, wrong: str | None, right: str
) -> None:
    assert read_redirection(text, CODES) == Redirection(wrong=wrong, right=right)


def test_what_it_says_besides_is_kept() -> None:
    found = read_redirection("更正：不是107，是108，完成60%", CODES)
    assert found == Redirection(wrong="107", right="108", rest="完成60%")


@pytest.mark.parametrize(
    "text",
    [
        "不是50%是51%",
        "不是50处是51处",
        "不是12是13",
        "不是50是50",
        "是108号",
        "报错了，应该是60%",
        "报错了，应该是51",
        "改成60%",
        "107号完成60%，不是70%",
        "",
    ],
)
def test_corrections_of_values_and_unknown_codes_are_none(text: str) -> None:
    assert read_redirection(text, CODES) is None


def test_a_number_that_was_reported_as_a_value_may_be_meant_as_one() -> None:
    assert is_figure("50", Facts(percent=50.0))
    assert is_figure("50", Facts(figures=(Figure(name="改造", value=50.0, unit="户"),)))
    assert not is_figure("51", Facts(percent=50.0))
    assert not is_figure("民3", Facts(percent=50.0))


@given(st.text(alphabet="不是错改应为的107号项第民3，。 -", max_size=130))
def test_no_text_raises_and_only_known_codes_come_out(text: str) -> None:
    found = read_redirection(text, CODES)
    assert found is None or found.right in CODES
