"""Frames of the Stream mode: read strictly, answered as the gateway expects."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.platforms.dingtalk.frame import (
    CALLBACK,
    OK,
    PING,
    SYSTEM,
    Frame,
    acknowledgement,
    read_frame,
)

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(max_size=9), inner),
    max_leaves=8,
)
FIELDS = st.fixed_dictionaries({}, optional={"type": JSON, "headers": JSON, "data": JSON})


def test_a_callback_is_read_with_its_data_unopened() -> None:
    headers = {"topic": "/v1.0/im/bot/messages/get", "messageId": "m1", "time": "1"}
    raw = json.dumps({"type": "CALLBACK", "headers": headers, "data": '{"msgId": "x"}'})
    assert read_frame(raw) == Frame(
        kind=CALLBACK,
        topic="/v1.0/im/bot/messages/get",
        message_id="m1",
        data='{"msgId": "x"}',
        headers=headers,
    )


def test_a_disconnect_needs_no_message_id() -> None:
    frame = read_frame('{"type": "SYSTEM", "headers": {"topic": "disconnect"}, "data": "{}"}')
    assert frame is not None
    assert frame.message_id == ""


@pytest.mark.parametrize(
    "raw", ["", "null", "[]", "{", '{"type": "SYSTEM"}', '{"headers": {"topic": "ping"}}', "NaN"]
)
def test_what_is_no_frame_is_none(raw: str) -> None:
    assert read_frame(raw) is None


@given(st.text() | JSON.map(json.dumps) | FIELDS.map(json.dumps))
def test_no_text_from_the_gateway_raises(raw: str) -> None:
    frame = read_frame(raw)
    assert frame is None or json.loads(acknowledgement(frame))["code"] == OK


def test_a_ping_gets_its_own_data_back() -> None:
    frame = Frame(kind=SYSTEM, topic=PING, message_id="p1", data='{"opaque":"汉字"}')
    answer = json.loads(acknowledgement(frame))
    assert (answer["code"], answer["data"], answer["headers"]["messageId"]) == (
        200,
        '{"opaque":"汉字"}',
        "p1",
    )
