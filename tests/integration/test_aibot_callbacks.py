"""A group robot told by callbacks: encrypted JSON in, one answer to each message out."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest
from aiohttp import web

from bot.platforms.channel import CallbackRequest
from bot.platforms.wecom.aibot_codec import AibotCodec
from reporting.errors import CallbackRejected, DeliveryRefused
from reporting.messages import (
    AddressKind,
    Card,
    CardDoubt,
    CardOption,
    DeliveryState,
    IncomingKind,
    IncomingMessage,
    Platform,
)
from simulator.fault import Endpoint, Fault, FaultKind
from storage.seal import new_key
from tests.support.robot_scene import RobotScene, a_robot, answer_to, robot_settings
from tests.support.servers import Opener
from tests.support.simulated import served

A = Platform.AIBOT
OPTION = CardOption(key="1", label="第7项", text="1. 第7项 修路")
CARD = Card(key="q7-ab", doubts=(CardDoubt(words="说的是这一项吗？", options=(OPTION,)),))


@pytest.fixture
async def scene(connect: Opener) -> AsyncIterator[RobotScene]:
    async with a_robot(connect(), new_key(), stream=False) as made:
        codec = AibotCodec(robot_settings(made.simulator.base_url, stream=False))

        async def answer(request: web.Request) -> web.Response:
            headers = {name.lower(): value for name, value in request.headers.items()}
            callback = CallbackRequest(
                method=request.method,
                query=dict(request.query),
                headers=headers,
                body=await request.read(),
            )
            try:
                decoded = codec.decode(callback, made.clock.now())
            except CallbackRejected as rejected:
                return web.Response(status=rejected.status)
            if decoded.message is not None:
                await made.keeper.receive(decoded.message)
            return web.Response(body=decoded.answer)

        async with served(answer) as url:
            made.simulator.set_callback(A, url)
            yield made


async def told(
    scene: RobotScene, text: str = "第5项完成50%", group: str | None = None
) -> IncomingMessage:
    """A message as our side understands it."""
    spoken = await scene.simulator.say(A, "ZhangSan", text, group=group)
    assert spoken.acknowledged
    return scene.keeper.heard[-1]


async def test_w1_a_message_in_a_group_is_read_without_the_robots_name(scene: RobotScene) -> None:
    message = await told(scene, group="督查工作群")
    assert (message.text, message.group_id, message.sender_id) == (
        "第5项完成50%",
        "wrGROUP",
        "ZhangSan",
    )
    scene.simulator.misbehave(Fault(kind=FaultKind.BAD_SIGNATURE, endpoint=Endpoint.AIBOT_CALLBACK))
    assert (await scene.simulator.say(A, "ZhangSan", "x")).status == 403


async def test_an_answer_takes_the_one_use_of_its_address(scene: RobotScene) -> None:
    where = answer_to(await told(scene, group="督查工作群"))
    sender = scene.sender(stream=False)
    assert (await sender.send(where, "已记录", again=False)).state is DeliveryState.DELIVERED
    again = await sender.send(where, "已记录", again=False)
    assert (again.state, again.code) == (DeliveryState.REFUSED, "40058")
    assert str(where.session_url) not in str(again)
    assert scene.simulator.chat.messages[-1].group == "督查工作群"


async def test_an_address_past_its_hour_is_not_used(scene: RobotScene) -> None:
    where = answer_to(await told(scene))
    await scene.clock.move(timedelta(minutes=61))
    delivery = await scene.sender(stream=False).send(where, "已记录", again=False)
    assert (delivery.state, delivery.code) == (DeliveryState.REFUSED, "no_push")
    assert scene.simulator.stage.calls[Endpoint.AIBOT_ANSWER] == 0


async def test_w14_a_pressed_card_is_renewed_by_the_acknowledgement_itself(
    scene: RobotScene,
) -> None:
    where = answer_to(await told(scene, "完成60%"))
    sender = scene.sender(stream=False)
    assert (await sender.send_card(where, "说的是这一项吗？", CARD, key="")).state == "delivered"
    card = scene.simulator.chat.messages[-1]
    await scene.simulator.press(card.id, "1")
    press = scene.keeper.heard[-1]
    assert (press.kind, press.text, press.quoted_key) == (IncomingKind.CHOICE, "1", "q7-ab")
    renewed = scene.simulator.chat.find(card.id)
    assert renewed is not None
    assert "已选1" in renewed.text


async def test_w14_a_file_is_fetched_and_opened_within_five_minutes(scene: RobotScene) -> None:
    picture = b"\xff\xd8\xff a picture"
    for body in (
        {"msgtype": "image", "image": scene.robot.put_file(picture)},
        {
            "msgtype": "mixed",
            "mixed": {
                "msg_item": [
                    {"msgtype": "text", "text": {"content": "第5项完成50%"}},
                    {"msgtype": "image", "image": scene.robot.put_file(picture)},
                ]
            },
        },
    ):
        await scene.robot.send("ZhangSan", body)
        message = scene.keeper.heard[-1]
        fetched = await scene.sender(stream=False).fetch_media(message.media_id, 1000)
        assert fetched == picture
    assert (message.kind, message.text) == (IncomingKind.TEXT, "第5项完成50%")
    await scene.clock.move(timedelta(minutes=5))
    with pytest.raises(DeliveryRefused) as refused:
        await scene.sender(stream=False).fetch_media(message.media_id, 1000)
    assert message.media_id not in str(refused.value)


@pytest.mark.parametrize(
    ("body", "kind", "text"),
    [
        ({"msgtype": "voice", "voice": {"content": "完成一半"}}, IncomingKind.VOICE, "完成一半"),
        ({"msgtype": "file", "file": {"url": "https://x/y"}}, IncomingKind.FILE, ""),
        ({"msgtype": "video", "video": {"url": "https://x/y"}}, IncomingKind.FILE, ""),
        ({"msgtype": "location"}, IncomingKind.OTHER, ""),
    ],
)
async def test_every_type_has_its_kind(
    scene: RobotScene, body: dict[str, object], kind: IncomingKind, text: str
) -> None:
    await scene.robot.send("ZhangSan", body)
    message = scene.keeper.heard[-1]
    assert (message.kind, message.text) == (kind, text)
    assert message.media_id == ("https://x/y" if kind is IncomingKind.FILE else "")


@pytest.mark.parametrize("event", ["enter_chat", "feedback_event"])
async def test_an_event_is_named_and_answered_by_nothing(scene: RobotScene, event: str) -> None:
    spoken = await scene.robot.tell("ZhangSan", {"eventtype": event})
    message = scene.keeper.heard[-1]
    assert (message.kind, message.event) == (IncomingKind.EVENT, f"aibot.{event}")
    assert (spoken.status, spoken.body) == (200, b"")


async def test_a_poll_of_a_stream_is_not_kept(scene: RobotScene) -> None:
    spoken = await scene.robot.send("ZhangSan", {"msgtype": "stream", "stream": {"id": "s"}})
    assert spoken.status == 200
    assert scene.keeper.heard == []


async def test_a_quote_is_not_the_senders_own_word(scene: RobotScene) -> None:
    first = await scene.simulator.say(A, "ZhangSan", "第5项")
    quoted = scene.simulator.chat.messages[-1]
    assert first.acknowledged
    await scene.simulator.say(A, "ZhangSan", "完成50%", quote=quoted.id)
    message = scene.keeper.heard[-1]
    assert (message.text, message.quoted_text) == ("完成50%", "第5项")


async def test_an_unknown_group_is_refused_by_name(scene: RobotScene) -> None:
    where = answer_to(await told(scene))
    sender = scene.sender(stream=False)
    nowhere = replace(where, kind=AddressKind.GROUP, target="无此群", session_url=None)
    assert (await sender.send(nowhere, "x", again=False)).code == "no_group"
