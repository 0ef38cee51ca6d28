"""Questions as WeCom cards: what fits, what a press says, and what markdown keeps of a text."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.platforms.wecom.card import compose_markdown, compose_template_card, read_press
from reporting.messages import Card, CardDoubt, CardOption


def a_card(*sizes: int) -> Card:
    """A question with as many choices for each doubt."""
    doubts = [
        CardDoubt(
            words=f"“第{place}句”说的是哪一项？",
            options=tuple(
                CardOption(key=f"{place}{n}", label=f"第{n}项", text=f"{place}{n}. 第{n}项 修路")
                for n in range(size)
            ),
        )
        for place, size in enumerate(sizes)
    ]
    return Card(key="q7-0123456789abcdef", doubts=tuple(doubts))


@pytest.mark.parametrize(
    ("sizes", "kind"),
    [
        ((1,), "button_interaction"),
        ((5,), "button_interaction"),
        ((6,), "multiple_interaction"),
        ((9,), "multiple_interaction"),
        ((2, 3, 9), "multiple_interaction"),
        ((10,), None),
        ((1, 1, 1, 1), None),
        ((), None),
    ],
)
def test_a_question_becomes_the_card_it_fits(sizes: tuple[int, ...], kind: str | None) -> None:
    composed = compose_template_card(a_card(*sizes))
    assert (composed or {}).get("card_type") == kind
    if composed:
        assert re.fullmatch(r"[A-Za-z0-9_@-]{1,128}", str(composed["task_id"]))


@pytest.mark.parametrize(
    ("button", "ticked", "said"),
    [
        ("2", [], "2"),
        ("都不是", [], "都不是"),
        ("submit", ["1", "none-1", "4"], "1、4"),
        ("submit", ["none-0", "none-1"], "都不是"),
    ],
)
def test_a_press_says_what_would_be_written(button: str, ticked: list[str], said: str) -> None:
    assert read_press(button, ticked) == said


def test_markdown_sets_choices_off() -> None:
    assert compose_markdown("哪一项？\n1. 第7项") == "哪一项？\n> 1. 第7项"


@given(st.text())
def test_nothing_a_person_wrote_becomes_markup(text: str) -> None:
    marked = compose_markdown(text)
    assert not set("<*`#[]") & set(marked)
    assert all(line.startswith("> ") for line in marked.split("\n") if ">" in line)
