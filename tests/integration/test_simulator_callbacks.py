"""The simulated platforms call the bot: deadlines, retries, quotes, bad days."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest
import xmltodict
from aiohttp import web
from wechatpy.enterprise.crypto import WeChatCrypto
from wechatpy.exceptions import InvalidSignatureException

from reporting.messages import Platform
from simulator.dingtalk_callback import sign
from simulator.fault import Endpoint, Fault, FaultKind
from simulator.stage import Outgoing
from simulator.world import NotPlayed
from tests.support.simulated import (
    DINGTALK,
    MONDAY,
    WECOM,
    Received,
    Scene,
    a_scene,
    served,
    texts,
)

CRYPTO = WeChatCrypto(WECOM.token, WECOM.encoding_aes_key, WECOM.corp_id)
W, D = Platform.WECOM, Platform.DINGTALK


@pytest.fixture
async def scene() -> AsyncIterator[Scene]:
    async with a_scene() as made:
        yield made


def opened(request: Received) -> dict[str, str]:
    query = request.query
    plain = CRYPTO.decrypt_message(
        request.body, query["msg_signature"], query["timestamp"], query["nonce"]
    )
    fields: dict[str, str] = xmltodict.parse(plain)["xml"]
    return fields


def order(scene: Scene, kind: FaultKind, platform: Platform, seconds: float = 0.0) -> None:
    endpoint = Endpoint.WECOM_CALLBACK if platform is W else Endpoint.DINGTALK_CALLBACK
    scene.simulator.misbehave(Fault(kind=kind, endpoint=endpoint, seconds=seconds))


async def test_a_wecom_message_arrives_encrypted(scene: Scene) -> None:
    spoken = await scene.simulator.say(W, "ZhangSan", "完成80%")
    assert (spoken.status, spoken.attempts, spoken.acknowledged) == (200, 1, True)
    (request,) = scene.bot.received
    fields = opened(request)
    assert (fields["Content"], fields["MsgId"]) == ("完成80%", spoken.message_key)
    assert "完成".encode() not in request.body


async def test_wecom_tries_three_times_with_the_same_message_id(scene: Scene) -> None:
    scene.bot.statuses = [500, 500]
    spoken = await scene.simulator.say(W, "ZhangSan", "完成80%")
    assert (spoken.status, spoken.attempts) == (200, 3)
    assert {opened(request)["MsgId"] for request in scene.bot.received} == {spoken.message_key}
    assert len({request.query["nonce"] for request in scene.bot.received}) == 3


async def test_wecom_gives_up_after_the_third_attempt(scene: Scene) -> None:
    scene.bot.statuses = [500, 500, 500, 500]
    spoken = await scene.simulator.say(W, "ZhangSan", "完成80%")
    assert (spoken.status, spoken.attempts, spoken.acknowledged) == (500, 3, False)


async def test_a_refusal_is_final_where_only_silence_is_repeated() -> None:
    patience = replace(WECOM.patience, repeats_errors=False)
    async with a_scene(wecom=replace(WECOM, patience=patience)) as scene:
        scene.bot.statuses = [403]
        spoken = await scene.simulator.say(W, "ZhangSan", "完成80%")
        assert (spoken.status, spoken.attempts) == (403, 1)


async def test_a_bot_that_is_away_is_no_answer(scene: Scene) -> None:
    scene.simulator.set_callback(W, "http://127.0.0.1:9/callback")
    spoken = await scene.simulator.say(W, "ZhangSan", "完成80%")
    assert (spoken.status, spoken.attempts) == (None, 3)


async def test_without_an_address_nobody_answers() -> None:
    async with a_scene() as scene:
        scene.simulator.set_callback(D, "")
        assert (await scene.simulator.say(D, "ZhangSan", "完成80%")).status is None
        assert not scene.bot.received


async def test_a_bot_that_is_too_slow_is_called_again(scene: Scene) -> None:
    calls: list[str] = []

    async def sleepy(_: web.Request) -> web.Response:
        calls.append("call")
        if len(calls) == 1:
            await asyncio.sleep(0.5)
        return web.Response()

    async with served(sleepy) as url:
        scene.simulator.set_callback(D, url)
        spoken = await scene.simulator.say(D, "ZhangSan", "完成80%")
    assert (spoken.status, spoken.attempts, len(calls)) == (200, 2, 2)


async def test_a_dingtalk_message_is_signed_and_names_its_session(scene: Scene) -> None:
    spoken = await scene.simulator.say(D, "ZhangSan", "完成80%")
    (request,) = scene.bot.received
    assert request.headers["sign"] == sign(DINGTALK.app_secret, request.headers["timestamp"])
    assert request.headers["timestamp"] == str(int(MONDAY.timestamp() * 1000))
    body = json.loads(request.body)
    assert (body["conversationType"], body["senderStaffId"]) == ("1", "ZhangSan")
    assert (body["text"], body["msgId"]) == ({"content": "完成80%"}, spoken.message_key)
    assert body["sessionWebhookExpiredTime"] - body["createAt"] == 90 * 60 * 1000


async def test_a_mention_in_a_dingtalk_group_names_the_conversation(scene: Scene) -> None:
    await scene.simulator.say(D, "WangWu", "哪些单位没报", group="县委督办群")
    body = json.loads(scene.bot.received[0].body)
    assert (body["conversationType"], body["conversationId"]) == ("2", "cidgroup==")
    assert (body["text"]["content"], body["isInAtList"]) == (" 哪些单位没报", True)


async def test_a_quote_in_wecom_precedes_the_words(scene: Scene) -> None:
    said = scene.simulator.stage.show(W, Outgoing(text="请报：民1", user_id="ZhangSan"))
    await scene.simulator.say(W, "ZhangSan", "完成80%", quote=said.id)
    content = opened(scene.bot.received[0])["Content"]
    assert content == "「联络通：请报：民1」\n- - - - - - - - - - - - - - -\n完成80%"
    assert texts(scene, W, "ZhangSan") == ["请报：民1", "完成80%"]


async def test_a_quote_in_dingtalk_carries_the_key_of_our_message(scene: Scene) -> None:
    shown = Outgoing(text="请报：民1", user_id="ZhangSan", reference="key-1")
    said = scene.simulator.stage.show(D, shown)
    await scene.simulator.say(D, "ZhangSan", "完成80%", quote=said.id)
    body = json.loads(scene.bot.received[0].body)
    assert body["originalProcessQueryKey"] == "key-1"
    assert body["text"]["isReplyMsg"]
    assert body["text"]["repliedMsg"]["content"] == {"text": "请报：民1"}
    assert body["text"]["repliedMsg"]["msgId"] == body["originalMsgId"]


async def test_a_quote_of_ones_own_message_carries_no_key(scene: Scene) -> None:
    first = await scene.simulator.say(D, "ZhangSan", "完成80%")
    await scene.simulator.say(D, "ZhangSan", "更正：70%", quote=first.chat_id)
    assert "originalProcessQueryKey" not in json.loads(scene.bot.received[1].body)


async def test_an_event_arrives_with_its_fields(scene: Scene) -> None:
    spoken = await scene.simulator.send_event("ZhangSan", "enter_agent", {"EventKey": ""})
    fields = opened(scene.bot.received[0])
    assert (fields["MsgType"], fields["Event"], spoken.chat_id) == ("event", "enter_agent", "")
    assert "MsgId" not in fields


async def test_a_contact_change_names_no_app(scene: Scene) -> None:
    change = {"ChangeType": "delete_user", "UserID": "ZhangSan"}
    await scene.simulator.send_event("sys", "change_contact", change)
    fields = opened(scene.bot.received[0])
    assert fields["UserID"] == "ZhangSan"
    assert "AgentID" not in fields


async def test_any_message_type_can_be_sent(scene: Scene) -> None:
    await scene.simulator.send(D, "ZhangSan", "picture", {"content": {"downloadCode": "c1"}})
    body = json.loads(scene.bot.received[0].body)
    assert (body["msgtype"], body["content"]) == ("picture", {"downloadCode": "c1"})


async def test_a_passive_reply_is_decrypted_and_shown(scene: Scene) -> None:
    reply = "<xml><MsgType>text</MsgType><Content>已收到</Content></xml>"
    scene.bot.body = CRYPTO.encrypt_message(reply, "nonce", "1780000000").encode()
    await scene.simulator.say(W, "ZhangSan", "完成80%")
    assert texts(scene, W, "ZhangSan") == ["完成80%", "已收到"]


async def test_a_passive_reply_that_cannot_be_read_is_not_shown(scene: Scene) -> None:
    scene.bot.body = b"<xml><Encrypt>x</Encrypt></xml>"
    await scene.simulator.say(W, "ZhangSan", "完成80%")
    assert texts(scene, W, "ZhangSan") == ["完成80%"]


async def test_the_url_is_verified_by_an_exact_echo(scene: Scene) -> None:
    async def echo(request: web.Request) -> web.Response:
        query = request.query
        parts = query["msg_signature"], query["timestamp"], query["nonce"], query["echostr"]
        return web.Response(text=CRYPTO.check_signature(*parts))

    async with served(echo) as url:
        scene.simulator.set_callback(W, url)
        assert await scene.simulator.verify_url()
    scene.simulator.set_callback(W, scene.bot.url)
    assert not await scene.simulator.verify_url()
    assert scene.bot.received[0].method == "GET"


async def test_a_duplicate_on_order_is_the_same_message_again(scene: Scene) -> None:
    order(scene, FaultKind.DUPLICATE, D)
    await scene.simulator.say(D, "ZhangSan", "完成80%")
    first, second = (json.loads(request.body) for request in scene.bot.received)
    assert first == second


async def test_a_lost_acknowledgement_brings_the_message_again(scene: Scene) -> None:
    order(scene, FaultKind.DROP_ACK, W)
    spoken = await scene.simulator.say(W, "ZhangSan", "完成80%")
    assert (spoken.status, spoken.attempts, len(scene.bot.received)) == (200, 2, 2)


async def test_a_message_can_be_overtaken_by_the_next(scene: Scene) -> None:
    order(scene, FaultKind.REORDER, W)
    held = asyncio.create_task(scene.simulator.say(W, "ZhangSan", "第一条"))
    await asyncio.sleep(0.01)
    await scene.simulator.say(W, "ZhangSan", "第二条")
    await held
    assert [opened(one)["Content"] for one in scene.bot.received] == ["第二条", "第一条"]


async def test_a_held_message_goes_out_alone_in_the_end(scene: Scene) -> None:
    order(scene, FaultKind.REORDER, W, seconds=0.05)
    assert (await scene.simulator.say(W, "ZhangSan", "第一条")).acknowledged


async def test_a_delayed_message_arrives_later(scene: Scene) -> None:
    order(scene, FaultKind.DELAY, D, seconds=0.05)
    assert (await scene.simulator.say(D, "ZhangSan", "第一条")).acknowledged


async def test_signatures_and_clocks_can_be_wrong_on_order(scene: Scene) -> None:
    order(scene, FaultKind.BAD_SIGNATURE, W)
    order(scene, FaultKind.BAD_SIGNATURE, D)
    order(scene, FaultKind.CLOCK_SKEW, D, seconds=-7200)
    await scene.simulator.say(W, "ZhangSan", "一")
    with pytest.raises(InvalidSignatureException):
        opened(scene.bot.received[0])
    await scene.simulator.say(D, "ZhangSan", "二")
    headers = scene.bot.received[1].headers
    assert headers["sign"] != sign(DINGTALK.app_secret, headers["timestamp"])
    await scene.simulator.say(D, "ZhangSan", "三")
    skewed = MONDAY - timedelta(hours=2)
    assert scene.bot.received[2].headers["timestamp"] == str(int(skewed.timestamp() * 1000))


async def test_what_is_not_played_is_refused(scene: Scene) -> None:
    with pytest.raises(NotPlayed):
        await scene.simulator.say(W, "WangWu", "你好", group="县政府督办群")
    with pytest.raises(NotPlayed):
        await scene.simulator.say(D, "WangWu", "你好", group="没有的群")
    with pytest.raises(NotPlayed):
        await scene.simulator.say(D, "WangWu", "你好", quote="m99")
    async with a_scene(dingtalk=None) as alone:
        with pytest.raises(NotPlayed):
            await alone.simulator.say(D, "WangWu", "你好")
    async with a_scene(wecom=None) as alone:
        with pytest.raises(NotPlayed):
            await alone.simulator.verify_url()
