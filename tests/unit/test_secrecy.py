"""Marked texts and card numbers are found; figures and common words are not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporting.secrecy import screen_text


def checked(first: str) -> str:
    """An identity number with its check digit."""
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return first + "10X98765432"[sum(int(d) * w for d, w in zip(first, weights, strict=True)) % 11]


def luhn(first: str) -> str:
    """A card number with its check digit."""
    digits = [int(d) * (2 - at % 2) for at, d in enumerate(reversed(first))]
    return first + str(-sum(d - 9 if d > 9 else d for d in digits) % 10)


@pytest.mark.parametrize(
    "text",
    [
        "机密★10年\n关于……的通知",
        "秘密☆长期",
        "【内部】第1项完成60%",
        "内部资料 注意保存",
        "第1项完成60%，不得外传",
        "绝密",
        "（秘密）汇报材料",
    ],
)
def test_a_marked_text_is_not_kept_at_all(text: str) -> None:
    assert screen_text(text).marked
    assert screen_text(text).text == ""


@pytest.mark.parametrize(
    "text",
    [
        "第1项完成60%，保密机要工作正常推进",
        "内部控制制度已建立，内部审计完成80%",
        "完成投资51.2亿元，累计1234567890元",
        "项目代码2605-371300-04-01-123456",
        "联系电话0539-0000000，13800000000",
        "第12项：12 34 56 78 90 完成",
        "4500000000000000",
    ],
)
def test_reports_and_figures_pass_unchanged(text: str) -> None:
    screened = screen_text(text)
    assert (screened.text, screened.marked, screened.masked) == (text, False, 0)


@pytest.mark.parametrize(
    "number",
    [
        checked("37010019000101001"),
        checked("37010019000101002").lower(),
        luhn("622202000000000000"),
        luhn("621700000000000"),
    ],
)
def test_a_card_number_keeps_only_its_ends(number: str) -> None:
    screened = screen_text(f"第1项完成60%，补贴对象{number}，已发放")
    assert screened.masked == 1
    assert number not in screened.text
    assert number[3:-2] not in screened.text
    assert "第1项完成60%" in screened.text


def test_a_grouped_bank_card_is_found() -> None:
    number = luhn("621700000000123")
    grouped = " ".join(number[at : at + 4] for at in range(0, 16, 4))
    assert screen_text(f"卡号{grouped}").masked == 1


@given(st.text(max_size=300))
def test_any_text_is_screened_and_stays_screened(text: str) -> None:
    once = screen_text(text)
    assert screen_text(once.text).masked == 0
