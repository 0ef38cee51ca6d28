"""The bot's own codecs and senders, written apart from the simulator, understand each other."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta

import aiohttp
import pytest

from bot.platforms.channel import CallbackRequest, DingTalkSettings, WeComSettings
from bot.platforms.dingtalk.client import DingTalkSender
from bot.platforms.dingtalk.codec import DingTalkCodec
from bot.platforms.wecom.client import WeComSender
from bot.platforms.wecom.codec import WeComCodec
from reporting.errors import CallbackForged, CallbackStale
from reporting.messages import (
    Address,
    AddressKind,
    DeliveryState,
    IncomingKind,
    IncomingMessage,
    Platform,
)
from reporting.ports import Sender
from simulator.fault import Endpoint, Fault, FaultKind
from tests.support.platform_server import FakeBudget, FakeTokens
from tests.support.simulated import DINGTALK, MONDAY, WECOM, Received, Scene, a_scene, texts

W, D = Platform.WECOM, Platform.DINGTALK


@dataclass(frozen=True, slots=True, kw_only=True)
class Ends:
    """A running simulator and the bot's ends of both platforms."""

    scene: Scene
    codecs: dict[Platform, WeComCodec | DingTalkCodec]
    senders: dict[Platform, Sender]

    def heard(self, platform: Platform, number: int = -1) -> IncomingMessage:
        """What the bot makes of a callback."""
        message = self.codecs[platform].decode(as_request(self.last(number)), MONDAY).message
        assert message is not None
        return message

    def last(self, number: int = -1) -> Received:
        """A callback as it came."""
        return self.scene.bot.received[number]

    async def send(self, platform: Platform, address: Address, text: str) -> DeliveryState:
        """Send one part and tell what became of it."""
        sender = self.senders[platform]
        (part,) = sender.parts(address, text)
        return (await sender.send(address, part, again=False, key="receipt-1")).state


def as_request(received: Received) -> CallbackRequest:
    return CallbackRequest(
        method=received.method, query=received.query, headers=received.headers, body=received.body
    )


def to(kind: AddressKind, target: str) -> Address:
    return Address(channel="qinghe", kind=kind, target=target)


def wecom_settings(base: str) -> WeComSettings:
    return WeComSettings(
        channel="qinghe",
        corp_id=WECOM.corp_id,
        agent_id=WECOM.agent_id,
        secret=WECOM.secret,
        token=WECOM.token,
        encoding_aes_key=WECOM.encoding_aes_key,
        groups={group.name: group.key for group in WECOM.groups},
        api_base=f"{base}/wecom",
    )


def dingtalk_settings(base: str) -> DingTalkSettings:
    return DingTalkSettings(
        channel="qinghe",
        app_key=DINGTALK.app_key,
        app_secret=DINGTALK.app_secret,
        robot_code=DINGTALK.robot_code,
        groups={group.name: group.key for group in DINGTALK.groups},
        api_base=f"{base}/dingtalk",
        session_hosts=(base.removeprefix("http://"),),
    )


@pytest.fixture
async def ends() -> AsyncIterator[Ends]:
    async with a_scene() as scene, aiohttp.ClientSession() as session:
        wecom, dingtalk = wecom_settings(scene.base), dingtalk_settings(scene.base)
        tokens, budget = FakeTokens(), FakeBudget()
        yield Ends(
            scene=scene,
            codecs={W: WeComCodec(wecom), D: DingTalkCodec(dingtalk)},
            senders={
                W: WeComSender(wecom, session, tokens, budget),
                D: DingTalkSender(dingtalk, session, tokens, budget, scene.clock),
            },
        )


@pytest.mark.parametrize("platform", [W, D])
async def test_the_bot_hears_what_was_said(ends: Ends, platform: Platform) -> None:
    text = "民1：完成80%]]>，下一步<竣工>&验收😀"
    spoken = await ends.scene.simulator.say(platform, "ZhangSan", text)
    message = ends.heard(platform)
    assert (message.text, message.sender_id, message.sent_at) == (text, "ZhangSan", MONDAY)
    assert message.key == spoken.message_key


@pytest.mark.parametrize("platform", [W, D])
async def test_the_bot_knows_a_retry_by_its_key(ends: Ends, platform: Platform) -> None:
    ends.scene.bot.statuses = [500]
    await ends.scene.simulator.say(platform, "ZhangSan", "完成80%")
    assert ends.heard(platform, 0).key == ends.heard(platform, 1).key


@pytest.mark.parametrize("platform", [W, D])
async def test_the_bot_tells_a_quote_from_the_senders_own_words(
    ends: Ends, platform: Platform
) -> None:
    await ends.send(platform, to(AddressKind.PERSON, "ZhangSan"), "请报：民1、民2")
    (shown,) = ends.scene.simulator.chat.messages
    await ends.scene.simulator.say(platform, "ZhangSan", "完成80%", quote=shown.id)
    message = ends.heard(platform)
    assert (message.text, "请报：民1、民2" in message.quoted_text) == ("完成80%", True)


async def test_the_bot_gets_the_key_of_its_own_message_from_a_dingtalk_quote(ends: Ends) -> None:
    await ends.send(D, to(AddressKind.PERSON, "ZhangSan"), "请报：民1")
    (shown,) = ends.scene.simulator.chat.messages
    await ends.scene.simulator.say(D, "ZhangSan", "完成80%", quote=shown.id)
    assert ends.heard(D).quoted_key == shown.reference


async def test_the_bot_hears_a_mention_in_a_dingtalk_group(ends: Ends) -> None:
    await ends.scene.simulator.say(D, "WangWu", "谁没报", group="县委督办群")
    message = ends.heard(D)
    assert (message.text, message.group_id) == ("谁没报", "cidgroup==")


async def test_the_bot_hears_an_event(ends: Ends) -> None:
    await ends.scene.simulator.send_event("ZhangSan", "enter_agent", {"EventKey": ""})
    message = ends.heard(W)
    assert (message.kind, message.event) == (IncomingKind.EVENT, "enter_agent")


async def test_the_bot_gives_the_echo_that_verifies_its_url(ends: Ends) -> None:
    await ends.scene.simulator.verify_url()
    decoded = ends.codecs[W].decode(as_request(ends.last()), MONDAY)
    assert decoded.message is None
    assert decoded.answer.isdigit()


@pytest.mark.parametrize("platform", [W, D])
async def test_the_bot_refuses_what_is_forged_or_stale(ends: Ends, platform: Platform) -> None:
    endpoint = Endpoint.WECOM_CALLBACK if platform is W else Endpoint.DINGTALK_CALLBACK
    forged = Fault(kind=FaultKind.BAD_SIGNATURE, endpoint=endpoint)
    stale = Fault(kind=FaultKind.CLOCK_SKEW, endpoint=endpoint, seconds=-7200)
    for fault, error in ((forged, CallbackForged), (stale, CallbackStale)):
        ends.scene.simulator.misbehave(fault)
        await ends.scene.simulator.say(platform, "ZhangSan", "完成80%")
        with pytest.raises(error):
            ends.heard(platform)


@pytest.mark.parametrize("platform", [W, D])
async def test_a_person_reads_what_the_bot_sends(ends: Ends, platform: Platform) -> None:
    sent = await ends.send(platform, to(AddressKind.PERSON, "LiSi"), "请报：民1")
    assert sent is DeliveryState.DELIVERED
    assert "请报：民1" in texts(ends.scene, platform, "LiSi")[0]


@pytest.mark.parametrize(("platform", "group"), [(W, "县政府督办群"), (D, "县委督办群")])
async def test_a_group_reads_what_the_bot_sends(ends: Ends, platform: Platform, group: str) -> None:
    sent = await ends.send(platform, to(AddressKind.GROUP, group), "6月摘要")
    assert sent is DeliveryState.DELIVERED
    (message,) = ends.scene.simulator.chat.in_group(platform, group)
    assert "6月摘要" in message.text


@pytest.mark.parametrize("platform", [W, D])
async def test_a_stranger_is_refused(ends: Ends, platform: Platform) -> None:
    sent = await ends.send(platform, to(AddressKind.PERSON, "nobody"), "请报：民1")
    assert sent in {DeliveryState.PARTLY, DeliveryState.REFUSED}


@pytest.mark.parametrize("platform", [W, D])
async def test_a_token_that_ran_out_is_renewed(ends: Ends, platform: Platform) -> None:
    person = to(AddressKind.PERSON, "LiSi")
    for hours in (0, 3):
        await ends.scene.clock.move(timedelta(hours=hours))
        assert await ends.send(platform, person, f"第{hours}次") is DeliveryState.DELIVERED
    assert len(texts(ends.scene, platform, "LiSi")) == 2


async def test_the_bot_answers_in_the_session_while_it_lasts(ends: Ends) -> None:
    await ends.scene.simulator.say(D, "ZhangSan", "我的任务")
    heard = ends.heard(D)
    address = Address(
        channel="qinghe",
        kind=AddressKind.SESSION,
        target="ZhangSan",
        session_url=heard.session_url,
        session_until=heard.session_until,
    )
    for hours, calls in ((0, 1), (2, 1)):
        await ends.scene.clock.move(timedelta(hours=hours))
        assert await ends.send(D, address, f"第{hours}次") is DeliveryState.DELIVERED
        assert ends.scene.simulator.stage.calls[Endpoint.DINGTALK_SESSION] == calls
    assert len(texts(ends.scene, D, "ZhangSan")) == 3
