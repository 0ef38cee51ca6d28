"""Robot messages with encrypted bodies: the simulator seals, the bot opens, nothing else passes."""

import base64
import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.platforms.channel import CallbackRequest
from bot.platforms.dingtalk.codec import ADVICE, DingTalkCodec
from bot.platforms.sealed import SealedBody
from reporting.errors import CallbackMalformed, CallbackRejected, UserMistake
from reporting.messages import Platform
from simulator.dingtalk_callback import encrypt, sign
from tests.support.callbacks import DINGTALK, NOW
from tests.support.simulated import DINGTALK as WORLD
from tests.support.simulated import MONDAY, a_scene

KEY = "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C"
CODEC = DingTalkCodec(replace(DINGTALK, aes_key=KEY))


def request(body: bytes) -> CallbackRequest:
    """A rightly signed callback with this body."""
    timestamp = str(int(NOW.timestamp() * 1000))
    headers = {"timestamp": timestamp, "sign": sign(DINGTALK.app_secret, timestamp)}
    return CallbackRequest(method="POST", query={}, headers=headers, body=body)


def sealed(text: str) -> bytes:
    """A body with this ciphertext."""
    return json.dumps({"encrypt": text}).encode()


async def test_the_bot_reads_what_the_platform_encrypted() -> None:
    async with a_scene(wecom=None, dingtalk=replace(WORLD, aes_key=KEY)) as scene:
        spoken = await scene.simulator.say(Platform.DINGTALK, "ZhangSan", "民1：完成80%😀")
        received = scene.bot.received[-1]
    settings = replace(DINGTALK, app_secret=WORLD.app_secret, aes_key=KEY)
    callback = CallbackRequest(
        method="POST", query={}, headers=received.headers, body=received.body
    )
    assert "完成" not in received.body.decode()
    message = DingTalkCodec(settings).decode(callback, MONDAY).message
    assert message is not None
    assert (message.text, message.key) == ("民1：完成80%😀", spoken.message_key)


@pytest.mark.parametrize("receiver", [b"", b"dingappkey"])
def test_a_receiver_behind_the_text_may_be_there_or_not(receiver: bytes) -> None:
    content, _ = SealedBody(KEY, ADVICE).open(encrypt(b'{"a": 1}', KEY, receiver))
    assert content == b'{"a": 1}'


def test_a_plain_body_is_refused_where_bodies_are_encrypted() -> None:
    plain = json.dumps({"msgId": "m1", "msgtype": "text", "text": {"content": "x"}})
    with pytest.raises(CallbackMalformed):
        CODEC.decode(request(plain.encode()), NOW)


@pytest.mark.parametrize("key", ["short", "a" * 42 + "+", "汉" * 43])
def test_a_key_that_is_none_is_told_to_the_operator(key: str) -> None:
    with pytest.raises(UserMistake, match="43 位"):
        DingTalkCodec(replace(DINGTALK, aes_key=key))


@given(st.binary(max_size=300))
def test_no_ciphertext_raises_anything_but_our_own_error(junk: bytes) -> None:
    with pytest.raises(CallbackRejected):
        CODEC.decode(request(sealed(base64.b64encode(junk).decode())), NOW)


@given(st.integers(min_value=0, max_value=127), st.integers(min_value=1, max_value=255))
def test_a_tampered_body_raises_our_own_error_or_stays_json(at: int, flip: int) -> None:
    plain = json.dumps({"msgId": "m1", "msgtype": "text", "text": {"content": "完成80%" * 6}})
    data = bytearray(base64.b64decode(encrypt(plain.encode(), KEY)))
    data[at % len(data)] ^= flip
    try:
        CODEC.decode(request(sealed(base64.b64encode(bytes(data)).decode())), NOW)
    except CallbackRejected:
        return
