"""DingTalk's event push, over HTTP and over Stream: sealed, answered, kept once."""

import base64
import contextlib
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace

import pytest
from aiohttp import web
from hypothesis import given
from hypothesis import strategies as st

from bot.platforms.channel import CallbackRequest, DingTalkSettings
from bot.platforms.dingtalk.codec import DingTalkCodec
from bot.platforms.dingtalk.event import EventPush
from reporting.errors import (
    CallbackForged,
    CallbackMalformed,
    CallbackRejected,
    CallbackStale,
    UserMistake,
)
from reporting.messages import IncomingKind, IncomingMessage
from simulator.dingtalk_callback import encrypt
from simulator.fault import Endpoint, Fault, FaultKind
from tests.integration.test_dingtalk_stream import connected
from tests.support.callbacks import DINGTALK, NOW
from tests.support.simulated import DINGTALK as WORLD
from tests.support.simulated import MovableClock, Scene, a_scene, served

KEY, TOKEN = "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C", "eventtoken"
EVENTFUL = replace(WORLD, event_token=TOKEN, event_aes_key=KEY)
SETTINGS = replace(DINGTALK, event_token=TOKEN, event_aes_key=KEY)
PUSH = EventPush(SETTINGS)
LEFT = {"EventType": "user_leave_org", "UserId": ["a", "B"], "TimeStamp": "1782005400000"}


@dataclass(frozen=True, slots=True)
class Office:
    """Takes events as the web process does."""

    codec: DingTalkCodec
    clock: MovableClock
    messages: list[IncomingMessage] = field(default_factory=list)

    async def answer(self, request: web.Request) -> web.Response:
        """Take a callback."""
        callback = CallbackRequest(
            method=request.method,
            query=request.query,
            headers=request.headers,
            body=await request.read(),
        )
        try:
            decoded = self.codec.decode(callback, self.clock.now())
        except CallbackRejected as rejected:
            return web.Response(status=rejected.status)
        if decoded.message is not None:
            self.messages.append(decoded.message)
        return web.Response(body=decoded.answer, content_type=decoded.content_type)


@asynccontextmanager
async def an_office(
    settings: DingTalkSettings | None = None,
) -> AsyncIterator[tuple[Scene, Office]]:
    """A platform whose events come to an office."""
    async with a_scene(wecom=None, dingtalk=EVENTFUL) as scene:
        known = settings or replace(SETTINGS, app_key=WORLD.app_key)
        office = Office(DingTalkCodec(known), scene.clock)
        async with served(office.answer) as url:
            scene.simulator.set_callback(scene.simulator.platforms[0], url)
            yield scene, office


def pushed(sealed: str, *, at: float = NOW.timestamp() * 1000) -> CallbackRequest:
    """A rightly signed push around any sealed text."""
    timestamp = str(int(at))
    signature = PUSH._envelope.sign(timestamp, "nonce", sealed)
    query = {"signature": signature, "timestamp": timestamp, "nonce": "nonce"}
    body = json.dumps({"encrypt": sealed}).encode()
    return CallbackRequest(method="POST", query=query, headers={}, body=body)


def sealed(body: object = LEFT, owner: str = DINGTALK.app_key) -> str:
    """An event sealed for its owner."""
    return encrypt(json.dumps(body).encode(), KEY, owner.encode())


async def test_d14_the_console_saves_the_address_after_a_sealed_success() -> None:
    async with an_office() as (scene, office):
        assert await scene.simulator.dingtalk_events.check_url()
        assert office.messages == []


async def test_d14_an_office_without_the_keys_cannot_save_the_address() -> None:
    async with an_office(replace(DINGTALK, app_key=WORLD.app_key)) as (scene, _):
        assert not await scene.simulator.dingtalk_events.check_url()


async def test_d14_an_event_is_kept_once_however_often_it_is_pushed() -> None:
    async with an_office() as (scene, office):
        scene.simulator.misbehave(Fault(kind=FaultKind.DUPLICATE, endpoint=Endpoint.DINGTALK_EVENT))
        spoken = await scene.simulator.dingtalk_events.push("user_leave_org", ["ZhangSan", "LiSi"])
        assert spoken.acknowledged
        first, second = office.messages
        assert first == second
        assert (first.kind, first.event) == (IncomingKind.EVENT, "user_leave_org")
        assert first.text.split() == ["ZhangSan", "LiSi"]


def test_d14_an_event_without_an_id_is_known_by_its_words() -> None:
    first, again = (PUSH.decode(pushed(sealed()), NOW).message for _ in range(2))
    other = PUSH.decode(pushed(sealed({**LEFT, "UserId": "c"})), NOW).message
    assert first is not None
    assert again is not None
    assert other is not None
    assert first.key == again.key != other.key
    assert (first.sent_at.timestamp(), other.text) == (1782005400, "c")


def test_d14_a_body_for_another_owner_is_forged() -> None:
    with pytest.raises(CallbackForged):
        PUSH.decode(pushed(sealed(owner="dingcorpid")), NOW)
    owned = EventPush(replace(SETTINGS, event_owner="dingcorpid"))
    assert owned.decode(pushed(sealed(owner="dingcorpid")), NOW).message is not None


def test_d14_a_wrong_signature_or_an_old_time_is_refused() -> None:
    request = pushed(sealed())
    for name in ("signature", "timestamp", "nonce"):
        with pytest.raises(CallbackMalformed):
            PUSH.decode(replace(request, query={**request.query, name: ""}), NOW)
        wrong = replace(request, query={**request.query, name: "1" * 13})
        with pytest.raises(CallbackForged):
            PUSH.decode(wrong, NOW)
    with pytest.raises(CallbackStale):
        PUSH.decode(pushed(sealed(), at=NOW.timestamp() * 1000 - 3_700_000), NOW)
    assert PUSH.decode(pushed(sealed(), at=NOW.timestamp()), NOW).message is not None


@given(st.binary(max_size=200))
def test_d14_short_or_senseless_ciphertext_is_refused(junk: bytes) -> None:
    with pytest.raises(CallbackRejected):
        PUSH.decode(pushed(base64.b64encode(junk).decode()), NOW)


@given(st.data())
def test_d14_a_signed_but_mutated_event_is_read_or_rejected(data: st.DataObject) -> None:
    whole = bytearray(base64.b64decode(sealed()))
    at = data.draw(st.integers(min_value=0, max_value=len(whole) - 1))
    whole[at] ^= data.draw(st.integers(min_value=1, max_value=255))
    with contextlib.suppress(CallbackRejected):
        PUSH.decode(pushed(base64.b64encode(whole).decode()), NOW)


def test_a_key_that_is_none_is_told_to_the_operator() -> None:
    with pytest.raises(UserMistake, match="event_aes_key"):
        DingTalkCodec(replace(SETTINGS, event_aes_key="short"))


async def test_d14_events_come_over_the_stream_too() -> None:
    async with connected() as ends:
        push = ends.scene.simulator.dingtalk_events.push
        spoken = await push("user_leave_org", ["ZhangSan", "LiSi"])
        (message,) = ends.keeper.heard
        assert (message.event, message.text.split()) == ("user_leave_org", ["ZhangSan", "LiSi"])
        assert json.loads(spoken.body) == {"status": "SUCCESS", "message": "success"}
        ends.misbehave(FaultKind.DROP_ACK, Endpoint.DINGTALK_EVENT)
        await push("user_add_org", ["LiSi"])
        again = ends.keeper.keys[1:]
        assert len(again) == 2
        assert len(set(again)) == 1
