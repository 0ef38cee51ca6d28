"""Sending through WeCom over real HTTP to a server that answers as told."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace

import aiohttp
import pytest

from bot.platforms.wecom.client import WeComSender
from reporting.messages import Address, AddressKind, Delivery, DeliveryState
from reporting.ports import Limit
from tests.support.callbacks import WECOM
from tests.support.platform_server import (
    HTML,
    FakeBudget,
    FakeTokens,
    PlatformServer,
    Reply,
    running,
)

TOKEN, SEND, HOOK = "/cgi-bin/gettoken", "/cgi-bin/message/send", "/cgi-bin/webhook/send"
PERSON = Address(channel="qinghe", kind=AddressKind.PERSON, target="ZhangSan")
GROUP = Address(channel="qinghe", kind=AddressKind.GROUP, target="督查工作群")
FRESH = ({"errcode": 0, "access_token": "token-1", "expires_in": 7200},)
TWO_TOKENS = (*FRESH, {"errcode": 0, "access_token": "token-2", "expires_in": 7200})
SECRETS = (WECOM.secret, *WECOM.groups.values(), "token-1", "token-2", "access_token=", "http://")


@dataclass(frozen=True, slots=True)
class Scene:
    """A sender and the server it talks to."""

    sender: WeComSender
    server: PlatformServer
    tokens: FakeTokens
    budget: FakeBudget

    async def send(self, text: str = "请报进度", address: Address = PERSON) -> Delivery:
        return await self.sender.send(address, text, again=False, key="reminder-1")


@asynccontextmanager
async def a_scene(proxy: str | None = None) -> AsyncIterator[Scene]:
    async with running() as server, aiohttp.ClientSession() as session:
        server.answer(TOKEN, *FRESH)
        server.answer(SEND, {"errcode": 0, "msgid": "sent-1"})
        server.answer(HOOK, {"errcode": 0})
        settings = replace(WECOM, api_base=server.url, timeout_seconds=0.6, proxy=proxy)
        tokens, budget = FakeTokens(), FakeBudget()
        yield Scene(WeComSender(settings, session, tokens, budget), server, tokens, budget)


async def test_a_text_reaches_a_person() -> None:
    async with a_scene() as scene:
        delivery = await scene.send("请报进度：污水厂")
        assert delivery == Delivery(state=DeliveryState.DELIVERED, reference="sent-1")
        (call,) = scene.server.calls(SEND)
        assert call.query == {"access_token": "token-1"}
        assert call.json()["touser"] == "ZhangSan"
        assert call.json()["agentid"] == WECOM.agent_id
        assert call.json()["text"] == {"content": "请报进度：污水厂"}
        assert "请报进度".encode() in call.body, "Chinese goes unescaped"


async def test_a_repeat_is_byte_identical_and_another_message_of_the_same_words_is_not() -> None:
    async with a_scene() as scene:
        for key in ("help-1", "help-1", "help-2"):
            await scene.sender.send(PERSON, "用法……", again=False, key=key)
        first, again, other = (call.body for call in scene.server.calls(SEND))
        assert first == again != other
        for call in scene.server.calls(SEND):
            assert call.json()["enable_duplicate_check"] == 1
            assert 10_800 < int(str(call.json()["duplicate_check_interval"])) <= 14_400
        assert scene.sender.repeatable(PERSON)


async def test_without_a_key_the_longest_interval_is_asked_for() -> None:
    async with a_scene() as scene:
        await scene.sender.send(PERSON, "用法……", again=True)
        assert scene.server.calls(SEND)[0].json()["duplicate_check_interval"] == 14_400


async def test_a_text_reaches_a_group_by_its_webhook() -> None:
    async with a_scene() as scene:
        assert (await scene.send(address=GROUP)).state is DeliveryState.DELIVERED
        (call,) = scene.server.calls(HOOK)
        assert call.query == {"key": WECOM.groups["督查工作群"]}
        assert call.json() == {"msgtype": "text", "text": {"content": "请报进度"}}
        assert not scene.server.calls(TOKEN), "a webhook needs no token"
        assert not scene.sender.repeatable(GROUP)


async def test_an_unknown_group_is_refused_by_name() -> None:
    async with a_scene() as scene:
        delivery = await scene.send(address=replace(GROUP, target="无此群"))
        assert (delivery.state, delivery.code) == (DeliveryState.REFUSED, "no_group")
        assert "无此群" in delivery.detail


@pytest.mark.parametrize("target", ["", "@all", "a|b"])
async def test_an_address_that_would_reach_others_is_refused(target: str) -> None:
    async with a_scene() as scene:
        delivery = await scene.send(address=replace(PERSON, target=target))
        assert (delivery.state, delivery.missed) == (DeliveryState.REFUSED, (target,))
        assert not scene.server.received


@pytest.mark.parametrize("code", [40001, 40014, 42001])
async def test_w9_an_expired_token_is_refreshed_once_and_the_message_goes_out(code: int) -> None:
    async with a_scene() as scene:
        scene.server.answer(TOKEN, *TWO_TOKENS)
        scene.server.answer(SEND, {"errcode": code}, {"errcode": 0, "msgid": "sent-2"})
        assert (await scene.send()).reference == "sent-2"
        used = [call.query["access_token"] for call in scene.server.calls(SEND)]
        assert used == ["token-1", "token-2"]
        first, second = scene.server.calls(SEND)
        assert first.body == second.body


@pytest.mark.parametrize("code", [40001, 40014, 42001])
async def test_w9_endless_refusal_of_the_token_ends_after_one_refresh(code: int) -> None:
    async with a_scene() as scene:
        scene.server.answer(SEND, {"errcode": code})
        delivery = await scene.send()
        assert (delivery.state, delivery.code) == (DeliveryState.REFUSED, str(code))
        assert len(scene.server.calls(SEND)) == 2
        assert len(scene.server.calls(TOKEN)) == 2


async def test_w9_ten_cold_calls_fetch_one_token() -> None:
    async with a_scene() as scene:
        deliveries = await asyncio.gather(*(scene.send() for _ in range(10)))
        assert {delivery.state for delivery in deliveries} == {DeliveryState.DELIVERED}
        assert len(scene.server.calls(TOKEN)) == 1


RETRY, REFUSED, UNKNOWN = DeliveryState.RETRY, DeliveryState.REFUSED, DeliveryState.UNKNOWN


@pytest.mark.parametrize(
    ("reply", "state", "code", "wait"),
    [
        (Reply(text=HTML), RETRY, "page", 60),
        (Reply(text="busy", status=503), RETRY, "http_503", None),
        (Reply(text=HTML, status=502), RETRY, "http_502", None),
        (Reply(text="", status=504), UNKNOWN, "http_504", None),
        (Reply(text='{"errcode": 0, "msg'), UNKNOWN, "http_200", None),
        (Reply(fields={"hello": 1}), UNKNOWN, "http_200", None),
        (Reply(text="[]"), UNKNOWN, "http_200", None),
        (Reply(text=HTML, status=302), REFUSED, "http_302", None),
        (Reply(text="", status=404), REFUSED, "http_404", None),
        (Reply(fields={"errcode": -1}), RETRY, "-1", None),
        (Reply(fields={"errcode": 45009}), RETRY, "45009", 60),
        (Reply(fields={"errcode": 45033}), RETRY, "45033", 5),
        (Reply(fields={"errcode": 99999}), REFUSED, "99999", None),
        (Reply(behaviour="hang"), UNKNOWN, "no_answer", None),
        (Reply(behaviour="drop"), UNKNOWN, "no_answer", None),
    ],
)
@pytest.mark.parametrize("address", [PERSON, GROUP])
async def test_w10_each_way_of_failing_has_its_outcome(
    reply: Reply, state: DeliveryState, code: str, wait: float | None, address: Address
) -> None:
    async with a_scene() as scene:
        scene.server.answer(SEND, reply)
        scene.server.answer(HOOK, reply)
        delivery = await scene.send(address=address)
        assert (delivery.state, delivery.code, delivery.retry_after) == (state, code, wait)
        assert delivery.detail
        assert len(scene.server.calls(SEND)) + len(scene.server.calls(HOOK)) == 1


@pytest.mark.parametrize("field", ["invaliduser", "unlicenseduser"])
async def test_w10_a_person_named_in_another_letter_case_was_not_reached(field: str) -> None:
    async with a_scene() as scene:
        scene.server.answer(SEND, {"errcode": 0, "msgid": "m", field: "zhangsan"})
        delivery = await scene.send()
        assert (delivery.state, delivery.missed) == (REFUSED, ("ZhangSan",))
        assert delivery.detail


async def test_w10_somebody_else_not_reached_is_partly() -> None:
    async with a_scene() as scene:
        scene.server.answer(SEND, {"errcode": 0, "invaliduser": "lisi|wangwu"})
        delivery = await scene.send()
        assert (delivery.state, delivery.missed) == (DeliveryState.PARTLY, ("lisi", "wangwu"))


async def test_w10_no_server_means_nothing_was_sent() -> None:
    async with a_scene(proxy="http://127.0.0.1:9") as scene:
        for address in (PERSON, GROUP):
            delivery = await scene.send(address=address)
            assert (delivery.state, delivery.code) == (RETRY, "no_connection")


@pytest.mark.parametrize(
    ("reply", "state", "code"),
    [
        (Reply(behaviour="hang"), RETRY, "no_answer"),
        (Reply(text=HTML), RETRY, "page"),
        (Reply(fields={"errcode": 40013}), REFUSED, "40013"),
        (Reply(fields={"errcode": 40001}), REFUSED, "40001"),
        (Reply(fields={"errcode": 0}), RETRY, "token"),
        (Reply(fields={"errcode": 0, "access_token": "", "expires_in": 1}), RETRY, "token"),
    ],
)
async def test_without_a_token_nothing_is_ever_unknown(
    reply: Reply, state: DeliveryState, code: str
) -> None:
    async with a_scene() as scene:
        scene.server.answer(TOKEN, reply)
        delivery = await scene.send()
        assert (delivery.state, delivery.code) == (state, code)
        assert not scene.server.calls(SEND)
        assert len(scene.server.calls(TOKEN)) == 1


async def test_the_operator_learns_the_address_to_add_to_the_trusted_list() -> None:
    async with a_scene() as scene:
        message = "not allow to access from your ip, hint: [1_2], from ip: 203.0.113.7, more info"
        scene.server.answer(SEND, {"errcode": 60020, "errmsg": message})
        delivery = await scene.send()
        assert delivery.state is REFUSED
        assert "企业可信IP" in delivery.detail
        assert "203.0.113.7" in delivery.detail
        assert "hint" not in delivery.detail


async def test_w13_a_message_over_a_budget_waits_and_is_not_sent() -> None:
    async with a_scene() as scene:
        scene.budget.waits = {"member": 12.5, "group": 3.0}
        for address, wait in ((PERSON, 12.5), (GROUP, 3.0)):
            delivery = await scene.send(address=address)
            assert (delivery.state, delivery.retry_after) == (RETRY, wait)
        assert not scene.server.received


async def test_w13_member_group_and_app_have_budgets_of_their_own() -> None:
    async with a_scene() as scene:
        await scene.send()
        await scene.send(address=replace(PERSON, target="ZHANGSAN"))
        await scene.send(address=GROUP)
        member, app, same_member, _, group = scene.budget.taken
        assert member == same_member, "ids differ in nothing but letter case"
        assert member[1] == (Limit(count=28, seconds=60), Limit(count=950, seconds=3600))
        assert len({member[0], app[0], group[0]}) == 3
        assert group[1] == (Limit(count=18, seconds=60),)


async def test_w12_no_secret_shows_in_outcomes_logs_names_or_settings(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    said: list[object] = []
    async with a_scene() as scene:
        for reply in (
            Reply(behaviour="hang"),
            Reply(behaviour="drop"),
            Reply(text=HTML),
            Reply(fields={"errcode": 40001, "errmsg": f"bad {WECOM.secret} token-1"}),
            Reply(fields={"errcode": 93000, "errmsg": str(WECOM.groups)}),
            Reply(fields={"errcode": f"{WECOM.secret}"}),
        ):
            for path in (TOKEN, SEND, HOOK):
                scene.server.answer(TOKEN, *FRESH)
                scene.server.answer(path, reply)
                said += [await scene.send(), await scene.send(address=GROUP)]
                scene.tokens.held.clear()
        said += [scene.budget.taken, repr(replace(WECOM, api_base=""))]
    heard = [record.getMessage() for record in caplog.records if record.name != "aiohttp.access"]
    for secret in SECRETS:
        assert secret not in f"{said}{heard}"


async def test_w15_one_proxy_carries_every_request() -> None:
    async with running() as proxy, aiohttp.ClientSession() as session:
        proxy.answer(TOKEN, *FRESH)
        proxy.answer(SEND, {"errcode": 0})
        proxy.answer(HOOK, {"errcode": 0})
        settings = replace(WECOM, api_base="http://gov.invalid/", proxy=proxy.url)
        sender = WeComSender(settings, session, FakeTokens(), FakeBudget())
        for address in (PERSON, GROUP):
            delivery = await sender.send(address, "x", again=False)
            assert delivery.state is DeliveryState.DELIVERED
        assert [call.path for call in proxy.received] == [TOKEN, SEND, HOOK]
        assert {call.headers["Host"] for call in proxy.received} == {"gov.invalid"}


async def test_w15_a_base_address_with_a_path_is_kept() -> None:
    async with a_scene() as scene, aiohttp.ClientSession() as session:
        settings = replace(WECOM, api_base=f"{scene.server.url}/qyapi/")
        scene.server.answer(f"/qyapi{HOOK}", {"errcode": 0})
        sender = WeComSender(settings, session, FakeTokens(), FakeBudget())
        assert (await sender.send(GROUP, "x", again=False)).state is DeliveryState.DELIVERED


@pytest.mark.parametrize("base", ["not a url", "ftp://127.0.0.1", "http://", "qyapi.weixin.qq.com"])
async def test_a_base_address_that_is_none_is_refused(base: str) -> None:
    async with aiohttp.ClientSession() as session:
        settings = replace(WECOM, api_base=base)
        sender = WeComSender(settings, session, FakeTokens(), FakeBudget())
        delivery = await sender.send(GROUP, "x", again=False)
        assert delivery.state is REFUSED, delivery
