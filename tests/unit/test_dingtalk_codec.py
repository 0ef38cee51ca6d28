"""DingTalk robot callbacks: signature, window, strict JSON."""

import json
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.platforms.channel import MAX_BODY
from bot.platforms.dingtalk.codec import DingTalkCodec, sign
from reporting.errors import (
    CallbackForged,
    CallbackMalformed,
    CallbackOversized,
    CallbackRejected,
    CallbackStale,
)
from tests.support.callbacks import (
    DINGTALK,
    NOW,
    VECTORS,
    dingtalk_body,
    dingtalk_headers,
    dingtalk_request,
)

CODEC = DingTalkCodec(DINGTALK)


@pytest.mark.parametrize("vector", VECTORS["dingtalk_sign"])
def test_the_published_signatures_are_reproduced(vector: dict[str, str]) -> None:
    assert sign(vector["timestamp"], vector["secret"]) == vector["sign"]


def test_a_signed_text_is_read_and_acknowledged() -> None:
    decoded = CODEC.decode(dingtalk_request(dingtalk_body()), NOW)
    assert decoded.message is not None
    assert decoded.message.text == "污水厂完成80%"
    assert (decoded.answer, decoded.content_type) == (b"{}", "application/json")


@pytest.mark.parametrize(
    ("headers", "error"),
    [
        ({}, CallbackMalformed),
        ({"timestamp": dingtalk_headers()["timestamp"]}, CallbackMalformed),
        ({"sign": dingtalk_headers()["sign"]}, CallbackMalformed),
        (dingtalk_headers() | {"timestamp": ""}, CallbackMalformed),
        (dingtalk_headers() | {"timestamp": "soon"}, CallbackMalformed),
        (dingtalk_headers() | {"timestamp": "-1"}, CallbackMalformed),
        (dingtalk_headers() | {"timestamp": "１７００"}, CallbackMalformed),
        (dingtalk_headers() | {"timestamp": "9" * 15}, CallbackForged),
        (
            dingtalk_headers() | {"timestamp": "0" + dingtalk_headers()["timestamp"]},
            CallbackMalformed,
        ),
        (dingtalk_headers() | {"sign": ""}, CallbackMalformed),
        (dingtalk_headers() | {"sign": "督查"}, CallbackForged),
        (dingtalk_headers() | {"sign": "\ud800"}, CallbackForged),
        (dingtalk_headers(secret="another"), CallbackForged),
    ],
)
def test_d3_missing_junk_or_wrong_headers_are_refused(
    headers: dict[str, str], error: type[CallbackRejected]
) -> None:
    with pytest.raises(error):
        CODEC.decode(dingtalk_request(dingtalk_body(), headers), NOW)


@pytest.mark.parametrize("seconds", [-3601, 301, 10**8])
def test_d3_a_time_outside_the_window_is_stale(seconds: int) -> None:
    headers = dingtalk_headers(NOW + timedelta(seconds=seconds))
    with pytest.raises(CallbackStale):
        CODEC.decode(dingtalk_request(dingtalk_body(), headers), NOW)


@pytest.mark.parametrize("seconds", [-3600, -60, 300])
def test_d3_an_hour_back_and_five_minutes_ahead_are_accepted(seconds: int) -> None:
    headers = dingtalk_headers(NOW + timedelta(seconds=seconds))
    assert CODEC.decode(dingtalk_request(dingtalk_body(), headers), NOW).message


def test_d3_the_same_headers_carry_any_body_so_the_message_id_is_the_key() -> None:
    first = CODEC.decode(dingtalk_request(dingtalk_body()), NOW).message
    replayed = CODEC.decode(dingtalk_request(dingtalk_body(senderNick="李四")), NOW).message
    other = CODEC.decode(dingtalk_request(dingtalk_body(msgId="msgB==")), NOW).message
    assert first is not None
    assert replayed is not None
    assert other is not None
    assert first.key == replayed.key != other.key


def test_d1_a_resend_is_the_same_message_whatever_its_headers() -> None:
    keys = set()
    for seconds in (0, 60):
        at = NOW + timedelta(seconds=seconds)
        message = CODEC.decode(dingtalk_request(dingtalk_body(), dingtalk_headers(at)), at).message
        assert message is not None
        keys.add(message.key)
    assert keys == {"msgA=="}


def test_d3_an_oversized_body_is_refused_before_anything_else() -> None:
    with pytest.raises(CallbackOversized):
        CODEC.decode(dingtalk_request(b"{" * (MAX_BODY + 1), {}), NOW)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'"text"',
        b"[" * 60_000,
        b'{"a":' * 10_000,
        b'{"msgId": NaN}',
        b'{"msgId": Infinity}',
        b'{"msgId": "a", "msgId": "b"}',
        b'{"msgId": "\xff"}',
        '{"msgId": "a"}'.encode("utf-16"),
        b'{"msgId": ' + b"1" * 5000 + b"}",
    ],
)
def test_a_body_that_is_not_one_plain_json_object_is_malformed(body: bytes) -> None:
    with pytest.raises(CallbackMalformed):
        CODEC.decode(dingtalk_request(body), NOW)


@pytest.mark.parametrize("key", [None, "", 17, "m" * 300])
def test_a_message_without_a_usable_id_is_malformed(key: object) -> None:
    with pytest.raises(CallbackMalformed):
        CODEC.decode(dingtalk_request(dingtalk_body(msgId=key)), NOW)


def test_a_get_is_malformed() -> None:
    request = replace(dingtalk_request(dingtalk_body()), method="GET")
    with pytest.raises(CallbackMalformed):
        CODEC.decode(request, NOW)


@pytest.mark.parametrize("created", [None, "soon", -1, True, 10**400, 1e300])
def test_a_message_without_a_usable_time_takes_the_signed_one(created: object) -> None:
    body = json.dumps(dingtalk_body(createAt=created)).encode()
    message = CODEC.decode(dingtalk_request(body), NOW).message
    assert message is not None
    assert message.sent_at == NOW


def test_a_time_written_as_digits_is_read() -> None:
    earlier = NOW - timedelta(minutes=1)
    message = CODEC.decode(
        dingtalk_request(dingtalk_body(createAt=str(int(earlier.timestamp() * 1000)))), NOW
    ).message
    assert message is not None
    assert message.sent_at == earlier
    assert isinstance(message.sent_at, datetime)
