"""Nothing that comes over the wire raises anything but our one family of errors."""

import base64
import json
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks.noise import make_noise
from bot.platforms.channel import CallbackCodec, CallbackRequest
from bot.platforms.dingtalk.codec import DingTalkCodec
from bot.platforms.wecom.codec import WeComCodec
from bot.platforms.wecom.message import parse_message
from reporting.errors import CallbackRejected
from reporting.messages import IncomingMessage
from tests.support.callbacks import (
    DINGTALK,
    NOW,
    WECOM,
    dingtalk_body,
    dingtalk_headers,
    dingtalk_request,
    seal,
    wecom_xml,
    wrap,
)

WECOM_CODEC = WeComCodec(WECOM)
DINGTALK_CODEC = DingTalkCodec(DINGTALK)
THOROUGH = settings(
    max_examples=1500, deadline=None, suppress_health_check=[HealthCheck.too_slow], database=None
)
LONGEST = 0.5  # seconds of processor time for one input; generous, for the machine may be busy

PLAIN = wecom_xml("text", "<Content>污水厂完成80%</Content><MsgId>1</MsgId>").encode()
SEALED = seal(PLAIN.decode())
EVENT = wecom_xml("event", "<Event>click</Event><EventKey>a</EventKey>").encode()
BODY = json.dumps(dingtalk_body(), ensure_ascii=False).encode()

words = st.text(st.characters(), max_size=40)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | words,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(words, inner, max_size=4),
    max_leaves=12,
)
field_names = st.sampled_from(
    [*dingtalk_body(), "content", "originalProcessQueryKey", "repliedMsg", "isInAtList"]
)
inner_names = st.sampled_from(
    ["content", "text", "richText", "recognition", "downloadCode", "repliedMsg", "fileName"]
)
inner_values = json_values | st.dictionaries(inner_names, json_values, max_size=5)
kinds = st.sampled_from(["text", "richText", "audio", "picture", "file", "video", "unknownMsgType"])


@st.composite
def mutated(draw: st.DrawFn, original: bytes) -> bytes:
    """Some bytes replaced, cut out, doubled or inserted."""
    raw = bytearray(original)
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(raw)))
        span = draw(st.integers(0, 12))
        raw[at : at + span] = draw(st.binary(max_size=12) | st.just(bytes(raw[at : at + 40])))
    return bytes(raw)


def accept(codec: CallbackCodec, request: CallbackRequest) -> None:
    """The codec answers in time, with something storable or with a rejection."""
    started = time.process_time()
    with suppress(CallbackRejected):
        assert_storable(codec.decode(request, NOW).message)
    assert time.process_time() - started < LONGEST


def assert_storable(message: IncomingMessage | None) -> None:
    """Every text of the message fits into UTF-8 and PostgreSQL, every id into a key."""
    if message is None:
        return
    for text in (message.text, message.sender_name, message.quoted_text, message.event):
        assert "\0" not in text.encode().decode()
    for key in (message.key, message.sender_id, message.group_id or "", message.media_id):
        assert len(key.encode()) <= 1024
    assert message.key
    assert message.sent_at.tzinfo is not None


@THOROUGH
@given(
    query=st.dictionaries(
        st.sampled_from(["msg_signature", "timestamp", "nonce", "echostr"]), words
    ),
    body=st.binary(max_size=400) | mutated(SEALED.body),
    method=st.sampled_from(["GET", "POST", "PUT"]),
)
def test_unsigned_noise_is_rejected(query: Mapping[str, str], body: bytes, method: str) -> None:
    for given_query in (query, {**SEALED.query, **query}):
        request = CallbackRequest(method=method, query=given_query, headers=query, body=body)
        accept(WECOM_CODEC, request)
        accept(DINGTALK_CODEC, request)


@THOROUGH
@given(data=st.data())
def test_a_signed_but_mutated_wecom_cipher_is_read_or_rejected(data: st.DataObject) -> None:
    original = SEALED.body.split(b"CDATA[")[1].split(b"]")[0]
    raw = data.draw(mutated(original) | mutated(base64.b64decode(original)).map(base64.b64encode))
    accept(WECOM_CODEC, wrap(raw.decode("latin-1")))


@THOROUGH
@given(plain=mutated(PLAIN) | mutated(EVENT) | st.binary(max_size=200))
def test_a_mutated_wecom_document_is_read_or_rejected(plain: bytes) -> None:
    with suppress(CallbackRejected):
        assert_storable(parse_message(plain))


@settings(THOROUGH, max_examples=600)
@given(
    kind=kinds | words,
    fields=st.dictionaries(field_names, inner_values, max_size=6),
    raw=st.none() | mutated(BODY),
)
def test_a_signed_dingtalk_body_of_any_shape_is_read_or_rejected(
    kind: str, fields: dict[str, object], raw: bytes | None
) -> None:
    body = raw if raw is not None else json.dumps({**dingtalk_body(), "msgtype": kind, **fields})
    request = dingtalk_request(body if isinstance(body, bytes) else body.encode("utf-8", "replace"))
    accept(DINGTALK_CODEC, request)


@THOROUGH
@given(timestamp=words, sign=words)
def test_any_dingtalk_headers_are_read_or_rejected(timestamp: str, sign: str) -> None:
    good = dingtalk_headers()
    request = dingtalk_request(BODY)
    for headers in (
        {"timestamp": timestamp, "sign": sign},
        {**good, "sign": sign},
        {**good, "timestamp": timestamp},
    ):
        accept(DINGTALK_CODEC, replace(request, headers=headers))


def test_hostile_depth_and_width_cost_no_time() -> None:
    for body in (
        b"[" * 65_000,
        b'{"a":' * 10_000,
        b'{"text":"' + b"\\ud800" * 9_000 + b'"}',
        b"1" * 65_000,
        b"<Encrypt>" * 7_000,
        b"<Encrypt>" + b" " * 65_000,
        b"<Encrypt>" + b"A" * 65_000,
    ):
        accept(DINGTALK_CODEC, dingtalk_request(body))
        accept(WECOM_CODEC, replace(SEALED, body=body))


def test_f11_twenty_thousand_mutated_callbacks_are_read_or_rejected() -> None:
    tally = make_noise(20_000, seed=20260622)
    assert set(tally.outcomes) <= {"read", "malformed", "forged", "unsealed", "misdirected"}
    often = ("read", "malformed", "forged", "unsealed")
    assert all(tally.outcomes[ending] > 100 for ending in often), tally.outcomes
    assert tally.slowest < LONGEST
