"""Sending through WeCom over real HTTP to a server that answers as told."""

from dataclasses import replace

import aiohttp
import pytest

from bot.platforms.channel import Outside, WeComSettings
from bot.platforms.wecom.client import WeComSender
from bot.platforms.wecom.login import WeComLogin
from reporting.messages import Card, Delivery, DeliveryState
from reporting.ports import Limit
from tests.support.callbacks import WECOM
from tests.support.platform_server import (
    FakeBudget,
    FakeClock,
    FakeTokens,
    Reply,
    running,
)
from tests.support.wecom_scene import (
    FRESH,
    GROUP,
    HOOK,
    PERSON,
    REFUSED,
    RETRY,
    SEND,
    TOKEN,
    a_scene,
)

API = "/cgi-bin"
CHAT, RENEW = f"{API}/appchat/send", f"{API}/message/update_template_card"
UPLOAD, HOOK_UPLOAD = f"{API}/media/upload", f"{API}/webhook/upload_media"
MEDIA, WHO = f"{API}/media/get", f"{API}/auth/getuserinfo"


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


@pytest.mark.parametrize(
    ("code", "state", "word"),
    [
        (0, DeliveryState.DELIVERED, ""),
        (40013, REFUSED, "CorpID"),
        (40001, REFUSED, "Secret"),
        (60020, REFUSED, "企业可信IP"),
        (-1, RETRY, "繁忙"),
    ],
)
async def test_credentials_are_checked_past_the_cache(
    code: int, state: DeliveryState, word: str
) -> None:
    async with a_scene() as scene:
        scene.tokens.held["wecom"] = "old"
        scene.server.answer(TOKEN, {**FRESH[0], "errcode": code})
        delivery = await scene.sender.check()
        assert (delivery.state, word in delivery.detail) == (state, True)


async def use_everything(settings: WeComSettings, session: aiohttp.ClientSession) -> None:
    """Every kind of request a channel makes."""
    tokens, budget = FakeTokens(), FakeBudget()
    sender = WeComSender(settings, session, tokens, budget)
    for address in (PERSON, GROUP, replace(GROUP, target="专班群")):
        assert (await sender.send(address, "x", again=False)).state is DeliveryState.DELIVERED
        sent = await sender.send_file(address, "通报.docx", b"PK document")
        assert sent.state is DeliveryState.DELIVERED
    await sender.renew_card(replace(PERSON, session_url="code"), "已选1", Card(key="q1-a"))
    assert await sender.fetch_media("m", 100) == b"a file"
    outside = Outside(session=session, tokens=tokens, budget=budget, clock=FakeClock())
    assert await WeComLogin(settings, outside).user_of("code") == "ZhangSan"


async def test_w15_one_proxy_carries_every_request() -> None:
    async with running() as proxy, aiohttp.ClientSession() as session:
        proxy.answer(TOKEN, *FRESH)
        proxy.answer(SEND, {"errcode": 0})
        for path in (HOOK, CHAT, RENEW):
            proxy.answer(path, {"errcode": 0})
        for path in (UPLOAD, HOOK_UPLOAD):
            proxy.answer(path, {"errcode": 0, "media_id": "m"})
        proxy.answer(MEDIA, Reply(text="a file", headers={"Content-Disposition": "attachment"}))
        proxy.answer(WHO, {"errcode": 0, "userid": "ZhangSan"})
        settings = replace(WECOM, api_base="http://gov.invalid/", proxy=proxy.url)
        settings = replace(settings, chats={"专班群": "chat1"})
        await use_everything(settings, session)
        assert {call.headers["Host"] for call in proxy.received} == {"gov.invalid"}
        asked = {call.path for call in proxy.received}
        assert asked == {TOKEN, SEND, HOOK, CHAT, RENEW, UPLOAD, HOOK_UPLOAD, MEDIA, WHO}


async def test_w15_a_base_address_with_a_path_is_kept() -> None:
    async with a_scene() as scene, aiohttp.ClientSession() as session:
        settings = replace(WECOM, api_base=f"{scene.server.url}/qyapi/")
        scene.server.answer(f"/qyapi{HOOK}", {"errcode": 0})
        sender = WeComSender(settings, session, FakeTokens(), FakeBudget())
        assert (await sender.send(GROUP, "x", again=False)).state is DeliveryState.DELIVERED
