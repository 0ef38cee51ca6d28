"""Our edges against the simulated platforms, which share no code with them."""

from dataclasses import replace
from datetime import timedelta

import pytest

from reporting.messages import (
    Address,
    AddressKind,
    IncomingKind,
    Platform,
)
from simulator.fault import Endpoint, Fault, FaultKind
from tests.support.simulated import texts
from tests.support.simulated_edge import (
    BOTH,
    CALLING,
    DELIVERED,
    GROUPS,
    D,
    W,
    an_edge,
)


@BOTH
async def test_what_a_liaison_writes_arrives_once_and_in_his_words(platform: Platform) -> None:
    async with an_edge(platform) as edge:
        spoken = await edge.scene.simulator.say(platform, "ZhangSan", "3-2 完成80%\n无困难")
        assert spoken.acknowledged
        (message,) = edge.messages
        assert (message.kind, message.text) == (IncomingKind.TEXT, "3-2 完成80%\n无困难")
        assert (message.sender_id, message.key) == ("ZhangSan", spoken.message_key)
        assert message.sent_at == edge.scene.clock.now()


async def test_w1_wecom_verifies_our_address() -> None:
    async with an_edge(W) as edge:
        assert await edge.scene.simulator.verify_url()
        assert not edge.messages


@BOTH
async def test_a_quoted_reminder_is_kept_apart_from_the_answer(platform: Platform) -> None:
    async with an_edge(platform) as edge:
        reminder = "【待报】3-2 污水处理厂\n4-1 清河大桥"
        address = Address(channel="c", kind=AddressKind.PERSON, target="ZhangSan")
        delivery = await edge.sender.send(address, reminder, again=False)
        sent = edge.scene.simulator.chat.with_person(platform, "ZhangSan")[0]
        await edge.scene.simulator.say(platform, "ZhangSan", "已完成", quote=sent.id)
        (message,) = edge.messages
        assert (message.text, message.quoted_text) == ("已完成", reminder)
        assert message.quoted_key == (delivery.reference if platform is D else None)


@BOTH
@pytest.mark.parametrize("kind", [FaultKind.DUPLICATE, FaultKind.DROP_ACK])
async def test_w4_d1_a_redelivery_has_the_same_key(platform: Platform, kind: FaultKind) -> None:
    async with an_edge(platform) as edge:
        edge.order(kind, CALLING)
        await edge.scene.simulator.say(platform, "ZhangSan", "完成")
        first, second = edge.messages
        assert first.key == second.key


@BOTH
async def test_w3_d3_a_forged_and_a_stale_callback_are_refused(platform: Platform) -> None:
    async with an_edge(platform) as edge:
        edge.order(FaultKind.BAD_SIGNATURE, CALLING)
        forged = await edge.scene.simulator.say(platform, "ZhangSan", "完成")
        edge.scene.simulator.misbehave(
            Fault(kind=FaultKind.CLOCK_SKEW, endpoint=CALLING[platform], seconds=-7200)
        )
        stale = await edge.scene.simulator.say(platform, "ZhangSan", "完成")
        assert (forged.status, stale.status) == (403, 403)
        assert set(edge.rejected) == {"forged", "stale"}
        assert not edge.messages


async def test_w5_two_events_of_one_second_are_two() -> None:
    async with an_edge(W) as edge:
        for event in ("enter_agent", "subscribe"):
            await edge.scene.simulator.send_event("ZhangSan", event)
        assert len({message.key for message in edge.messages}) == 2
        assert [message.event for message in edge.messages] == ["enter_agent", "subscribe"]


async def test_a_group_message_names_the_group_and_is_answered_there() -> None:
    async with an_edge(D) as edge:
        await edge.scene.simulator.say(D, "WangWu", "查看进度", group=GROUPS[D].name)
        (message,) = edge.messages
        assert (message.text, message.group_id) == ("查看进度", GROUPS[D].key)
        address = Address(
            channel="c",
            kind=AddressKind.SESSION,
            target="WangWu",
            session_url=message.session_url,
            session_until=message.session_until,
        )
        assert (await edge.sender.send(address, "共8项", again=False)).state is DELIVERED
        assert not texts(edge.scene, D, "WangWu"), "the answer went to the group"


async def test_d6_an_expired_session_is_answered_one_to_one_and_once() -> None:
    async with an_edge(D) as edge:
        await edge.scene.simulator.say(D, "ZhangSan", "帮助")
        (message,) = edge.messages
        address = Address(
            channel="c",
            kind=AddressKind.SESSION,
            target="ZhangSan",
            session_url=message.session_url,
            session_until=message.session_until,
        )
        await edge.scene.clock.move(timedelta(minutes=91))
        assert (await edge.sender.send(address, "按时钟", again=False)).state is DELIVERED
        assert edge.calls({D: Endpoint.DINGTALK_SESSION}) == 0
        unaware = replace(address, session_until=None)
        assert (await edge.sender.send(unaware, "按回答", again=False)).state is DELIVERED
        assert edge.calls({D: Endpoint.DINGTALK_SESSION}) == 1
        assert texts(edge.scene, D, "ZhangSan")[1:] == ["按时钟", "按回答"]
