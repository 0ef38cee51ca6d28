"""DingTalk without the app's robot: work notifications, and groups with a custom robot."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta

import aiohttp
import pytest

from bot.platforms.channel import DingTalkSettings, GroupWebhook
from bot.platforms.dingtalk.client import DingTalkSender
from reporting.messages import Address, AddressKind, Delivery, DeliveryState
from reporting.ports import Limit
from simulator.fault import Endpoint, Fault, FaultKind
from simulator.world import CustomRobot, Person
from tests.support.platform_server import FakeBudget, FakeTokens
from tests.support.simulated import DINGTALK, Scene, a_scene, texts
from tests.support.simulated_edge import D

GROUP, PLAIN, KEYED = "县政府群", "没有加签的群", "要关键词的群"
OUTSIDER = Person(user_id="ZhaoLiu", name="赵六")
WORLD = replace(
    DINGTALK,
    agent_id=42,
    outsiders=(OUTSIDER,),
    custom_robots=(
        CustomRobot(group=GROUP, token="token-1", secret="SECsecret"),
        CustomRobot(group=PLAIN, token="token-2"),
        CustomRobot(group=KEYED, token="token-3", keyword="督查"),
    ),
)
WEBHOOKS = {
    GROUP: GroupWebhook(token="token-1", secret="SECsecret"),
    PLAIN: GroupWebhook(token="token-2"),
    KEYED: GroupWebhook(token="token-3", keyword="督查"),
}
NOTICE, RESULT, HOOK = (
    Endpoint.DINGTALK_NOTICE,
    Endpoint.DINGTALK_RESULT,
    Endpoint.DINGTALK_WEBHOOK,
)
DELIVERED, REFUSED = DeliveryState.DELIVERED, DeliveryState.REFUSED
RETRY, UNKNOWN = DeliveryState.RETRY, DeliveryState.UNKNOWN


@dataclass(frozen=True, slots=True)
class Office:
    """A sender and the platform it sends to."""

    scene: Scene
    sender: DingTalkSender

    async def notify(self, text: str = "请报进展", person: str = "ZhaoLiu") -> Delivery:
        """Write to a person."""
        address = Address(channel="c", kind=AddressKind.PERSON, target=person)
        return await self.sender.send(address, text, again=False, key=text)

    async def post(self, group: str = GROUP, text: str = "摘要") -> Delivery:
        """Write to a group."""
        address = Address(channel="c", kind=AddressKind.GROUP, target=group)
        return await self.sender.send(address, text, again=False, key=text)

    def order(self, kind: FaultKind, endpoint: Endpoint, code: str = "", times: int = 1) -> None:
        """Let the platform misbehave."""
        people = (OUTSIDER.user_id,)
        fault = Fault(kind=kind, endpoint=endpoint, code=code, people=people, times=times)
        self.scene.simulator.misbehave(fault)

    def posted(self, group: str = GROUP) -> list[str]:
        """What the group reads."""
        return [one.text for one in self.scene.simulator.chat.in_group(D, group)]


def settings_of(base: str) -> DingTalkSettings:
    return DingTalkSettings(
        channel="c",
        app_key=DINGTALK.app_key,
        app_secret=DINGTALK.app_secret,
        robot_code=DINGTALK.robot_code,
        agent_id=WORLD.agent_id,
        webhooks=WEBHOOKS,
        api_base=f"{base}/dingtalk",
        oapi_base=f"{base}/dingtalk",
    )


@asynccontextmanager
async def an_office(agent_id: int = WORLD.agent_id) -> AsyncIterator[Office]:
    """An office that may send notifications as this app."""
    async with a_scene(wecom=None, dingtalk=WORLD) as scene, aiohttp.ClientSession() as session:
        settings = replace(settings_of(scene.base), agent_id=agent_id)
        sender = DingTalkSender(settings, session, FakeTokens(), FakeBudget(), scene.clock)
        yield Office(scene, sender)


async def test_d11_whom_the_robot_cannot_reach_gets_a_work_notification() -> None:
    async with an_office() as office:
        assert (await office.notify()).state is DELIVERED
        (told,) = office.scene.simulator.chat.with_person(D, "ZhaoLiu")
        assert told.kind == "work_notification"
        assert told.text.startswith("请报进展\n（06-22 09:00）")
        assert (await office.notify(person="ZhangSan")).state is DELIVERED
        assert office.scene.simulator.stage.calls[NOTICE] == 1


async def test_d11_without_an_agent_id_he_is_refused_as_before() -> None:
    async with an_office(agent_id=0) as office:
        assert (await office.notify()).state is REFUSED
        assert office.scene.simulator.stage.calls[NOTICE] == 0


async def test_d11_the_same_reminder_twice_a_day_is_varied() -> None:
    async with an_office() as office:
        assert (await office.notify()).state is DELIVERED
        office.scene.clock.moment += timedelta(hours=3)
        assert (await office.notify()).state is DELIVERED
        assert len(set(texts(office.scene, D, "ZhaoLiu"))) == 2


async def test_d11_a_success_that_reached_nobody_is_found_in_the_result() -> None:
    async with an_office() as office:
        await office.notify()
        delivery = await office.notify()
        assert (delivery.state, delivery.code) == (REFUSED, "forbidden_user_id_list")
        assert "同文一天一次" in delivery.detail
        assert delivery.missed == ()
        assert len(texts(office.scene, D, "ZhaoLiu")) == 1


@pytest.mark.parametrize(
    ("named", "state"), [("invalid", REFUSED), ("failed", RETRY), ("read", DELIVERED)]
)
async def test_d11_each_list_of_the_result_has_its_outcome(
    named: str, state: DeliveryState
) -> None:
    async with an_office() as office:
        office.order(FaultKind.PARTIAL, NOTICE, named)
        delivery = await office.notify()
        assert delivery.state is state
        assert delivery.missed == (("ZhaoLiu",) if named == "invalid" else ())


async def test_d11_nobody_at_all_of_this_id_is_stale() -> None:
    async with an_office() as office:
        delivery = await office.notify(person="Nobody")
        assert (delivery.state, delivery.missed) == (REFUSED, ("Nobody",))


@pytest.mark.parametrize("kind", [FaultKind.SERVER_ERROR, FaultKind.HTML, FaultKind.EXPIRED_TOKEN])
async def test_d11_a_result_that_comes_late_or_badly_is_waited_for(kind: FaultKind) -> None:
    async with an_office() as office:
        office.order(FaultKind.DELAY, RESULT)
        office.order(kind, RESULT)
        assert (await office.notify()).state is DELIVERED
        assert len(texts(office.scene, D, "ZhaoLiu")) == 1


async def test_d11_a_result_that_never_comes_is_unknown_and_nothing_is_sent_twice() -> None:
    async with an_office() as office:
        office.order(FaultKind.SERVER_ERROR, RESULT, times=20)
        assert (await office.notify()).state is UNKNOWN
        assert office.scene.simulator.stage.calls[NOTICE] == 1


@pytest.mark.parametrize(
    ("code", "state"), [("41011", REFUSED), ("90002", RETRY), ("90020", RETRY), ("-1", RETRY)]
)
async def test_d11_a_notification_that_is_refused_has_its_outcome(
    code: str, state: DeliveryState
) -> None:
    async with an_office() as office:
        office.order(FaultKind.REFUSED, NOTICE, code)
        assert (await office.notify()).state is state


async def test_d8_the_old_api_says_88_and_one_refresh_helps() -> None:
    async with an_office() as office:
        office.order(FaultKind.EXPIRED_TOKEN, NOTICE)
        assert (await office.notify()).state is DELIVERED
        assert office.scene.simulator.stage.calls[NOTICE] == 2


@pytest.mark.parametrize("group", [GROUP, PLAIN, KEYED])
async def test_a_group_with_a_custom_robot_is_posted_to_with_what_it_asks_for(group: str) -> None:
    async with an_office() as office:
        assert (await office.post(group)).state is DELIVERED
        assert office.posted(group) == ["摘要\n督查" if group == KEYED else "摘要"]


@pytest.mark.parametrize(
    ("message", "told"),
    [
        ("keywords not in content", "关键词"),
        ("sign not match", "加签密钥"),
        ("invalid timestamp", "时钟"),
        ("ip 1.2.3.4 not in whitelist", "IP"),
        ("other", "安全设置"),
    ],
)
async def test_d15_each_cause_of_310000_is_told_apart(message: str, told: str) -> None:
    async with an_office() as office:
        fault = Fault(kind=FaultKind.REFUSED, endpoint=HOOK, code="310000", message=message)
        office.scene.simulator.misbehave(fault)
        delivery = await office.post()
        assert (delivery.state, delivery.code) == (REFUSED, "310000")
        assert told in delivery.detail


async def test_d15_a_wrong_clock_is_refused_by_the_robot_itself() -> None:
    async with an_office() as office:
        office.scene.simulator.stage.ahead = timedelta(hours=2)
        assert "时钟" in (await office.post()).detail


@pytest.mark.parametrize(
    ("code", "state"),
    [("300005", REFUSED), ("300001", REFUSED), ("130101", RETRY), ("460101", REFUSED)],
)
async def test_each_failure_of_a_custom_robot_has_its_outcome(
    code: str, state: DeliveryState
) -> None:
    async with an_office() as office:
        office.order(FaultKind.REFUSED, HOOK, code)
        delivery = await office.post()
        assert delivery.state is state
        assert delivery.missed == ()
        assert office.posted() == []


async def test_posts_to_a_custom_robot_keep_to_twenty_a_minute() -> None:
    async with a_scene(wecom=None, dingtalk=WORLD) as scene, aiohttp.ClientSession() as session:
        budget = FakeBudget()
        settings = settings_of(scene.base)
        sender = DingTalkSender(settings, session, FakeTokens(), budget, scene.clock)
        await Office(scene, sender).post()
        assert (f"dingtalk:{DINGTALK.app_key}:webhook:{GROUP}", (Limit(count=18, seconds=60),)) in [
            (name, limits) for name, limits in budget.taken
        ]


async def test_d12_neither_token_nor_secret_of_a_custom_robot_is_ever_shown(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.DEBUG):
        async with an_office() as office:
            office.order(FaultKind.REFUSED, HOOK, "300005")
            delivery = await office.post()
            seen = f"{delivery} {settings_of(office.scene.base)} {caplog.text}"
    assert "token-1" not in seen
    assert "SECsecret" not in seen
