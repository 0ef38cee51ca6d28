"""Sending through DingTalk over real HTTP to a server that answers as told."""

import json
from dataclasses import replace
from datetime import timedelta

import aiohttp
import pytest

from bot.platforms.dingtalk.client import DingTalkSender
from reporting.messages import AddressKind, Delivery
from reporting.ports import Limit
from tests.support.callbacks import DINGTALK, NOW
from tests.support.dingtalk_scene import (
    BAD_TOKEN,
    DELIVERED,
    FRESH,
    GROUP,
    GROUP_SEND,
    PERSON,
    REFUSED,
    RETRY,
    SEND,
    SENT,
    SESSION,
    TOKEN,
    UNKNOWN,
    a_scene,
)
from tests.support.platform_server import (
    HTML,
    FakeBudget,
    FakeClock,
    FakeTokens,
    Reply,
    running,
)


async def test_a_text_reaches_a_person() -> None:
    async with a_scene() as scene:
        assert await scene.send() == Delivery(state=DELIVERED, reference="sent-1")
        (call,) = scene.server.calls(SEND)
        assert call.headers["x-acs-dingtalk-access-token"] == "token-1"
        assert not call.query
        body = call.json()
        assert body["robotCode"] == DINGTALK.robot_code
        assert body["userIds"] == ["0123"]
        assert json.loads(str(body["msgParam"])) == {"content": "请报进度"}
        assert "请报进度".encode() in call.body
        (token,) = scene.server.calls(TOKEN)
        assert token.json() == {"appKey": DINGTALK.app_key, "appSecret": DINGTALK.app_secret}


@pytest.mark.parametrize("target", ["督查工作群", "cidOTHER=="])
async def test_a_text_reaches_a_group_by_name_or_conversation(target: str) -> None:
    async with a_scene() as scene:
        assert (await scene.send(replace(GROUP, target=target))).reference == "sent-2"
        expected = DINGTALK.groups.get(target, target)
        assert scene.server.calls(GROUP_SEND)[0].json()["openConversationId"] == expected


async def test_an_unknown_group_is_refused_by_name() -> None:
    async with a_scene() as scene:
        delivery = await scene.send(replace(GROUP, target="无此群"))
        assert (delivery.state, delivery.code) == (REFUSED, "no_group")


async def test_an_answer_goes_to_the_session_address_and_needs_no_token() -> None:
    async with a_scene() as scene:
        assert (await scene.send(scene.session())).state is DELIVERED
        (call,) = scene.server.received
        assert call.path == SESSION
        assert call.json() == {"msgtype": "text", "text": {"content": "请报进度"}}


@pytest.mark.parametrize(
    "reply",
    [
        Reply(fields={"errcode": 300001, "errmsg": "session 不存在"}),
        Reply(fields={"errcode": 310000, "errmsg": "keywords not in content"}),
        Reply(fields={"errcode": 88, "sub_code": "40014"}),
        Reply(fields={"status": 1111, "source": "x5", "punish": "deny"}),
        Reply(text=HTML),
        Reply(text="gone", status=404),
        Reply(text="busy", status=503),
        BAD_TOKEN,
    ],
)
async def test_d6_whatever_fails_for_certain_falls_back_to_one_to_one_once(reply: Reply) -> None:
    async with a_scene() as scene:
        scene.server.answer(SESSION, reply)
        assert (await scene.send(scene.session())).reference == "sent-1"
        assert len(scene.server.calls(SESSION)) == 1
        assert len(scene.server.calls(SEND)) == 1


@pytest.mark.parametrize("reply", [Reply(behaviour="hang"), Reply(behaviour="drop")])
async def test_d6_an_unknown_outcome_is_never_answered_by_a_second_message(reply: Reply) -> None:
    async with a_scene(reply.patience) as scene:
        scene.server.answer(SESSION, reply)
        assert (await scene.send(scene.session())).state is UNKNOWN
        assert not scene.server.calls(SEND)


async def test_d6_a_session_past_its_time_is_not_used() -> None:
    async with a_scene() as scene:
        scene.clock.at = NOW + timedelta(minutes=90)
        assert (await scene.send(scene.session())).reference == "sent-1"
        assert not scene.server.calls(SESSION)


async def test_d6_a_session_without_a_time_is_tried() -> None:
    async with a_scene() as scene:
        address = replace(scene.session(), session_until=None)
        assert (await scene.send(address)).state is DELIVERED
        assert len(scene.server.calls(SESSION)) == 1


@pytest.mark.parametrize("url", [None, "", "http://169.254.169.254/latest", "https://evil.example"])
async def test_a_session_address_we_do_not_trust_is_not_used(url: str | None) -> None:
    async with a_scene() as scene:
        address = replace(scene.session(), session_url=url)
        assert (await scene.send(address)).reference == "sent-1"


async def test_d6_a_session_server_that_is_away_falls_back() -> None:
    async with a_scene() as scene, aiohttp.ClientSession() as session:
        settings = replace(DINGTALK, api_base=scene.server.url, session_hosts=("127.0.0.1:9",))
        sender = DingTalkSender(settings, session, scene.tokens, scene.budget, scene.clock)
        address = replace(scene.session(), session_url="http://127.0.0.1:9/robot")
        assert (await sender.send(address, "x", again=False)).reference == "sent-1"


async def test_a_person_outside_the_organisation_is_reached_by_session_alone() -> None:
    async with a_scene() as scene:
        assert (await scene.send(scene.session(target=""))).state is DELIVERED
        scene.server.answer(SESSION, {"errcode": 300001})
        delivery = await scene.send(scene.session(target=""))
        assert (delivery.state, delivery.code) == (REFUSED, "no_account")


async def test_budgets_are_kept_for_each_api() -> None:
    async with a_scene() as scene:
        for address in (PERSON, GROUP, scene.session()):
            await scene.send(address)
        names = {name for name, _ in scene.budget.taken}
        assert len(names) == 3
        assert {limits for _, limits in scene.budget.taken} == {(Limit(count=18, seconds=1),)}
        scene.budget.waits = {"batchSend": 0.7}
        delivery = await scene.send()
        assert (delivery.state, delivery.retry_after, delivery.code) == (RETRY, 0.7, "budget")


async def test_an_answer_over_the_budget_waits_instead_of_changing_its_address() -> None:
    async with a_scene() as scene:
        scene.budget.waits = {"session": 0.3}
        assert (await scene.send(scene.session())).retry_after == 0.3
        assert not scene.server.received


async def test_credentials_are_checked_past_the_cache() -> None:
    async with a_scene() as scene:
        scene.tokens.held["dingtalk:dingappkey"] = "old"
        assert (await scene.sender.check()).state is DELIVERED
        scene.server.answer(TOKEN, Reply(fields={"code": "invalidClientIdOrSecret"}, status=400))
        assert "AppSecret" in (await scene.sender.check()).detail


async def test_one_proxy_carries_every_request() -> None:
    async with running() as proxy, aiohttp.ClientSession() as session:
        for path, fields in ((TOKEN, FRESH[0]), (SEND, SENT), (SESSION, {"errcode": 0})):
            proxy.answer(path, fields)
        settings = replace(
            DINGTALK,
            api_base="http://api.invalid",
            session_hosts=("oapi.invalid:80",),
            proxy=proxy.url,
        )
        sender = DingTalkSender(settings, session, FakeTokens(), FakeBudget(), FakeClock())
        url = f"http://oapi.invalid:80{SESSION}"
        for address in (PERSON, replace(PERSON, kind=AddressKind.SESSION, session_url=url)):
            assert (await sender.send(address, "x", again=False)).state is DELIVERED
        assert {call.headers["Host"] for call in proxy.received} == {"api.invalid", "oapi.invalid"}
