"""Every row of WeCom's error table, read from an answer as the platform gives it."""

import pytest

from bot.platforms.exchange import Answer
from bot.platforms.outcome import Action, settle
from bot.platforms.wecom.answer import read_answer
from bot.platforms.wecom.taxonomy import ERRORS
from reporting.messages import DeliveryState

ROWS = {
    Action.REFRESH: (40001, 40014, 42001),
    Action.BACK_OFF: (-1, 45009, 45033),
    Action.OPERATOR: (
        60020,
        48002,
        301002,
        50001,
        50003,
        60011,
        43012,
        40013,
        40056,
        93000,
        86001,
        86003,
        86008,
    ),
    Action.RECIPIENT: (40003, 46004, 60111, 81013, 84014),
    Action.PAYLOAD: (40008, 40029, 40058, 44001, 44004, 45002, 40007, 41001, 82001),
}
STATES = {
    Action.REFRESH: DeliveryState.REFUSED,
    Action.BACK_OFF: DeliveryState.RETRY,
    Action.OPERATOR: DeliveryState.REFUSED,
    Action.RECIPIENT: DeliveryState.REFUSED,
    Action.PAYLOAD: DeliveryState.REFUSED,
}
EVERY = [(action, code) for action, codes in ROWS.items() for code in codes]


@pytest.mark.parametrize(("action", "code"), EVERY)
def test_each_documented_code_has_its_action_and_remedy(action: Action, code: int) -> None:
    body = {"errcode": code, "errmsg": "whatever access_token=SECRET, hint: [1]"}
    reading = read_answer(Answer(status=200, body=body))
    assert reading.action is action
    delivery = settle(reading, "ZhangSan")
    assert delivery.state is STATES[action]
    assert delivery.missed == (("ZhangSan",) if action is Action.RECIPIENT else ())
    assert delivery.code == str(code)
    assert "SECRET" not in delivery.detail
    assert any("\u4e00" <= character <= "\u9fff" for character in delivery.detail)


def test_the_table_holds_the_documented_codes_and_no_others() -> None:
    assert set(ERRORS) == {str(code) for _, code in EVERY}


@pytest.mark.parametrize(
    ("code", "word"),
    [
        (60020, "企业可信IP"),
        (301002, "AgentId"),
        (93000, "webhook"),
        (81013, "可见范围"),
        (48002, "权限"),
        (40013, "CorpID"),
        (50003, "停用"),
    ],
)
def test_the_operator_is_told_what_to_mend(code: int, word: str) -> None:
    assert word in read_answer(Answer(status=200, body={"errcode": code})).detail


@pytest.mark.parametrize("code", ["0x1F", "corpsecret=abc", None, 10**12, {}, "９"])
def test_a_code_that_is_none_is_not_repeated(code: object) -> None:
    reading = read_answer(Answer(status=200, body={"errcode": code}))
    assert (reading.action, reading.code) == (Action.OPERATOR, "unknown")
