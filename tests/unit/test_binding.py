"""Binding codes: how they are made, and when a message is one."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporting.binding import ATTEMPTS_AT_MOST, compose_code_refused, new_code, read_code
from reporting.ledger import Desk

DESK = Desk(name="县政府督查室", phone="0539-0000000")


@pytest.mark.parametrize(
    "text",
    [
        "K7M2-9QRT",
        "k7m29qrt",
        " K7M2 9QRT 。",
        "绑定 K7M2-9QRT",
        "绑定码：K7M2－9QRT",
        "我的绑定码是k7m2-9qrt",
        "Ｋ７Ｍ２９ＱＲＴ",
    ],
)
def test_a_code_is_read_as_people_type_it(text: str) -> None:
    assert read_code(text) == "K7M29QRT"


@pytest.mark.parametrize(
    "text", ["绑定", "20260608", "COMPLETE", "12号 完成60%", "K7M2-9QRT 完成60%", "K7M2", ""]
)
def test_other_messages_are_no_codes(text: str) -> None:
    assert read_code(text) is None


@given(st.integers())
def test_every_issued_code_is_read_back(seed: int) -> None:
    code = new_code(random.Random(seed).choice)
    assert read_code(code) == code.replace("-", "")
    assert read_code(f"绑定 {code.lower()}") == code.replace("-", "")


def test_who_tries_too_often_is_told_to_wait() -> None:
    assert f"还可以试{ATTEMPTS_AT_MOST - 1}次" in compose_code_refused(1, DESK)
    assert "次数过多" in compose_code_refused(ATTEMPTS_AT_MOST, DESK)
