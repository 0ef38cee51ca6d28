"""A group robot's long connection: one over all replicas, no tug-of-war, nothing lost."""

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
import structlog.testing

from bot.platforms.wecom.aibot_stream import WAIT_SECONDS
from reporting.messages import (
    Address,
    AddressKind,
    Card,
    CardDoubt,
    CardOption,
    DeliveryState,
    IncomingKind,
    Platform,
)
from storage.line import AWAY_SECONDS, HOLD_SECONDS, RedisLine
from storage.seal import new_key
from tests.support.robot_scene import ROBOT, RobotScene, a_robot, answer_to
from tests.support.servers import Opener
from tests.support.town_at_work import until

A = Platform.AIBOT
NAME = f"aibot:{ROBOT.bot_id}"
KEY = f"liaison:{{{NAME}}}:line"
PERSON = Address(channel="qinghe-robot", kind=AddressKind.PERSON, target="ZhangSan")
GROUP = Address(channel="qinghe-robot", kind=AddressKind.GROUP, target="督查工作群")
OPTION = CardOption(key="1", label="第7项", text="1. 第7项 修路")
CARD = Card(key="q7-ab", doubts=(CardDoubt(words="说的是这一项吗？", options=(OPTION,)),))


@pytest.fixture
async def scene(connect: Opener) -> AsyncIterator[RobotScene]:
    async with a_robot(connect(), new_key(), stream=True) as made:
        yield made


async def connected(scene: RobotScene, subscriptions: int = 1) -> None:
    """Wait until a connection stands that was the so-manieth."""

    async def is_so() -> bool:
        line = scene.robot.line
        return line.subscribed >= subscriptions and len(line.sockets) == 1

    await until(is_so)


async def heard(scene: RobotScene, count: int) -> None:
    """Wait until so many messages were kept."""

    async def is_so() -> bool:
        return len(scene.keeper.heard) >= count

    await until(is_so)


def shown(scene: RobotScene) -> list[tuple[str, str | None, str]]:
    """What the robot said: to whom, in which group, what."""
    said = [one for one in scene.simulator.chat.messages if one.direction == "from_bot"]
    return [(one.user_id, one.group, one.text) for one in said]


async def test_a_message_is_kept_and_answered_where_it_was_said(scene: RobotScene) -> None:
    scene.start()
    await connected(scene)
    await scene.simulator.say(A, "ZhangSan", "第5项完成50%", group="督查工作群")
    await scene.simulator.say(A, "LiSi", "第6项完成60%")
    await heard(scene, 2)
    first, second = sorted(scene.keeper.heard, key=lambda one: one.text)
    assert (first.text, first.group_id, first.kind) == (
        "第5项完成50%",
        "wrGROUP",
        IncomingKind.TEXT,
    )
    for message in (first, second):
        delivery = await scene.sender().send(answer_to(message), "已记录1项", again=False)
        assert delivery.state is DeliveryState.DELIVERED
    assert shown(scene) == [("", "督查工作群", "已记录1项"), ("LiSi", None, "已记录1项")]


async def test_w14_one_of_several_replicas_is_connected_and_the_next_takes_over(
    scene: RobotScene,
) -> None:
    first = scene.start()
    await connected(scene)
    scene.start()
    assert await scene.line.is_held(NAME)
    assert not await scene.line.hold(NAME, "another replica")
    assert 0 < await scene.redis.pttl(f"{KEY}:holder") <= HOLD_SECONDS * 1000
    first.cancel()
    await asyncio.gather(first, return_exceptions=True)
    await connected(scene, 2)
    assert scene.robot.line.subscribed == 2


async def test_w14_a_holder_that_was_killed_is_followed_when_its_lock_ends(
    scene: RobotScene,
) -> None:
    killed = RedisLine(scene.redis, scene.seal, hold_seconds=0.3)
    assert await killed.hold(NAME, "neither renewed nor released")
    scene.start()
    await connected(scene)
    assert not await killed.hold(NAME, "neither renewed nor released")
    assert HOLD_SECONDS + WAIT_SECONDS < 30


async def test_w14_whoever_is_evicted_stays_away_and_alarms(scene: RobotScene) -> None:
    scene.start()
    await connected(scene)
    async with scene.session.ws_connect(f"{scene.simulator.base_url}/aibot/connect") as other:
        body = {"bot_id": ROBOT.bot_id, "secret": ROBOT.secret}
        frame = {"cmd": "aibot_subscribe", "headers": {"req_id": "1"}, "body": body}
        await other.send_str(json.dumps(frame))
        await heard(scene, 1)
        assert scene.keeper.heard[0].event == "aibot.disconnected_event"

        async def gave_up() -> bool:
            return not await scene.line.is_held(NAME)

        await until(gave_up)
        scene.start()
        away = await scene.redis.pttl(f"{KEY}:away")
        assert 0 < away <= AWAY_SECONDS * 1000
        assert not await scene.line.hold(NAME, "another replica")
        assert scene.robot.line.subscribed == 2
        assert len(scene.robot.line.sockets) == 1


async def test_w14_who_is_put_out_by_another_process_of_ours_gives_way_without_alarm(
    scene: RobotScene,
) -> None:
    """As after a cut between hosts, when the news of it arrives at last."""
    with structlog.testing.capture_logs() as logs:
        scene.start()
        await connected(scene)
        await scene.redis.delete(f"{KEY}:holder")
        scene.start()
        await connected(scene, 2)

        async def is_told() -> bool:
            return any(one.get("action") in {"aibot_closed", "aibot_evicted"} for one in logs)

        await until(is_told)
    assert await scene.redis.exists(f"{KEY}:away") == 0
    assert await scene.line.is_held(NAME)
    assert (scene.robot.line.subscribed, scene.keeper.heard) == (2, [])


async def test_w14_a_clean_close_is_followed_by_a_new_connection(scene: RobotScene) -> None:
    scene.start()
    await connected(scene)
    await scene.robot.line.close()
    await connected(scene, 2)
    await scene.simulator.say(A, "ZhangSan", "第5项完成50%")
    await heard(scene, 1)


async def test_a_message_is_offered_again_to_an_inbox_that_was_not_ready(
    scene: RobotScene,
) -> None:
    scene.keeper.failures = 1
    scene.start()
    await connected(scene)
    await scene.simulator.say(A, "ZhangSan", "第5项完成50%")
    await heard(scene, 1)


async def test_w14_a_press_is_answered_at_once_with_the_renewed_card(scene: RobotScene) -> None:
    scene.start()
    await connected(scene)
    await scene.simulator.say(A, "ZhangSan", "完成60%")
    await heard(scene, 1)
    where = answer_to(scene.keeper.heard[0])
    delivery = await scene.sender().send_card(where, "说的是这一项吗？\n1. 第7项", CARD, key="1")
    assert delivery.state is DeliveryState.DELIVERED
    card = scene.simulator.chat.messages[-1]
    await scene.simulator.press(card.id, "1")
    await heard(scene, 2)
    press = scene.keeper.heard[1]
    assert (press.kind, press.text, press.quoted_key) == (IncomingKind.CHOICE, "1", "q7-ab")

    async def is_renewed() -> bool:
        found = scene.simulator.chat.find(card.id)
        return found is not None and "已选1" in found.text

    await until(is_renewed)
    assert (await scene.sender().renew_card(where, "已选1", CARD)).state is DeliveryState.DELIVERED


async def test_w14_a_press_kept_too_late_is_said_to_be_lost_for_its_card(
    scene: RobotScene,
) -> None:
    scene.start()
    await connected(scene)
    await scene.simulator.say(A, "ZhangSan", "完成60%")
    await heard(scene, 1)
    where = answer_to(scene.keeper.heard[0])
    await scene.sender().send_card(where, "说的是这一项吗？\n1. 第7项", CARD, key="1")
    card = scene.simulator.chat.messages[-1]
    scene.keeper.begun.clear()
    scene.keeper.release.clear()
    with structlog.testing.capture_logs() as logs:
        await scene.simulator.press(card.id, "1")
        await scene.keeper.begun.wait()
        await scene.clock.move(timedelta(seconds=6))
        scene.keeper.release.set()

        async def is_told() -> bool:
            return any(one.get("action") == "aibot_card_late" for one in logs)

        await until(is_told)
    assert scene.keeper.heard[1].kind is IncomingKind.CHOICE
    found = scene.simulator.chat.find(card.id)
    assert found is not None
    assert found.buttons


async def test_the_robot_writes_first_only_where_it_was_talked_to(scene: RobotScene) -> None:
    scene.start()
    await connected(scene)
    for address in (PERSON, GROUP):
        refused = await scene.sender().send(address, "请报进度", again=False)
        assert (refused.state, refused.code) == (DeliveryState.REFUSED, "40058")
    await scene.simulator.say(A, "ZhangSan", "在吗")
    await scene.simulator.say(A, "LiSi", "在吗", group="督查工作群")
    for address in (PERSON, GROUP):
        delivered = await scene.sender().send(address, "请报进度", again=False)
        assert delivered.state is DeliveryState.DELIVERED
    assert shown(scene) == [("ZhangSan", None, "请报进度"), ("", "督查工作群", "请报进度")]


async def test_an_answer_too_late_for_its_message_goes_to_the_person(scene: RobotScene) -> None:
    scene.start()
    await connected(scene)
    await scene.simulator.say(A, "ZhangSan", "第5项完成50%", group="督查工作群")
    await scene.simulator.say(A, "ZhangSan", "第5项完成50%")
    await heard(scene, 2)
    await scene.clock.move(timedelta(hours=25))
    late = answer_to(scene.keeper.heard[0])
    delivered = await scene.sender().send(late, "已记录1项", again=False)
    assert delivered.state is DeliveryState.DELIVERED
    assert shown(scene) == [("ZhangSan", None, "已记录1项")]


async def test_without_a_connection_nothing_was_sent(scene: RobotScene) -> None:
    delivery = await scene.sender().send(PERSON, "请报进度", again=False)
    assert (delivery.state, delivery.code) == (DeliveryState.RETRY, "not_connected")
    checked = await scene.sender().check()
    assert "没有建立" in checked.detail


async def test_w12_a_refused_secret_is_told_without_it(scene: RobotScene) -> None:
    with structlog.testing.capture_logs() as logs:
        scene.start(secret="a-wrong-secret")

        async def is_refused() -> bool:
            return any(one.get("action") == "aibot_refused" for one in logs)

        await until(is_refused)
    assert "40001" in str(logs)
    assert "a-wrong-secret" not in str(logs)
    scene.start()  # who cannot connect does not keep others from it
    await connected(scene)


async def test_what_waits_between_processes_is_sealed(scene: RobotScene) -> None:
    assert await scene.line.hold(NAME, "holder")
    asked = asyncio.create_task(scene.sender().send(PERSON, "污水厂完成80%", again=False))

    async def is_waiting() -> bool:
        return bool(await scene.redis.exists(f"{KEY}:out"))

    await until(is_waiting)
    seen = await scene.redis.lrange(f"{KEY}:out", 0, -1)
    assert "污水厂" not in str(seen)
    taken = await scene.line.next(NAME)
    assert taken is not None
    await scene.line.answer(NAME, taken[0], {"errcode": 0})
    assert (await asked).state is DeliveryState.DELIVERED
