"""A private deployment of DingTalk: every request goes to the set hosts, through the set proxy."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta

import aiohttp

from bot.platforms.channel import DingTalkSettings, GroupWebhook, Outside
from bot.platforms.dingtalk.client import DingTalkSender
from bot.platforms.dingtalk.login import DingTalkLogin
from bot.platforms.dingtalk.stream import StreamClient
from reporting.messages import Address, AddressKind, Card, CardDoubt, CardOption, IncomingMessage
from tests.support.callbacks import DINGTALK, NOW
from tests.support.dingtalk_scene import FRESH, GROUP_SEND, SEND, SENT, SESSION, TOKEN
from tests.support.platform_server import (
    FakeBudget,
    FakeClock,
    FakeTokens,
    PlatformServer,
    Reply,
    running,
)
from tests.support.town_at_work import until

API, OLD, CHAT, STORE = "api.gov.invalid", "oapi.gov.invalid", "chat.gov.invalid", "files.invalid"
LOCATE, FILE = "/v1.0/robot/messageFiles/download", "/f/1"
DELIVER, RENEW = "/v1.0/card/instances/createAndDeliver", "/v1.0/card/instances"
TOPIC = "/topapi/message/corpconversation"
HOOK, OPEN = "/robot/send", "/v1.0/gateway/connections/open"
OWN, ME = "/v1.0/oauth2/userAccessToken", "/v1.0/contact/users/me"
UNION = "/topapi/user/getbyunionid"
MISSED = {**SENT, "filteredStaffIdList": ["0123"]}
CARD = Card(key="q1-a", doubts=(CardDoubt(words="", options=(CardOption(key="1", label="1"),)),))
ANSWERS: dict[str, Reply | dict[str, object]] = {
    GROUP_SEND: {"processQueryKey": "k"},
    SESSION: {"errcode": 0},
    LOCATE: {"downloadUrl": f"http://{STORE}{FILE}"},
    FILE: Reply(text="picture"),
    DELIVER: {"success": True, "result": {"outTrackId": "q1-a"}},
    RENEW: {"success": True},
    f"{TOPIC}/asyncsend_v2": {"errcode": 0, "task_id": 7},
    f"{TOPIC}/getsendresult": {"errcode": 0, "send_result": {"unread_user_id_list": ["0123"]}},
    HOOK: {"errcode": 0},
    OWN: {"accessToken": "own", "expireIn": 7200},
    ME: {"unionId": "u"},
    UNION: {"errcode": 0, "result": {"contact_type": 0, "userid": "0123"}},
    OPEN: {"endpoint": f"ws://{CHAT}/connect", "ticket": "t"},
}


def settings_through(proxy: PlatformServer) -> DingTalkSettings:
    """A deployment nobody can reach but through the proxy."""
    return replace(
        DINGTALK,
        api_base=f"http://{API}/",
        oapi_base=f"http://{OLD}",
        session_hosts=(f"{CHAT}:80",),
        proxy=proxy.url,
        stream=True,
        card_template_id="t.schema",
        agent_id=1,
        webhooks={"群": GroupWebhook(token="hook", secret="SEC")},
    )


@asynccontextmanager
async def a_proxy() -> AsyncIterator[PlatformServer]:
    """A proxy that answers for every host."""
    async with running() as proxy:
        proxy.answer(TOKEN, *FRESH)
        proxy.answer(SEND, MISSED)
        for path, answer in ANSWERS.items():
            proxy.answer(path, answer)
        yield proxy


async def test_every_request_goes_to_its_host_through_the_proxy() -> None:
    async with a_proxy() as proxy, aiohttp.ClientSession() as session:
        settings = settings_through(proxy)
        ports = (FakeTokens(), FakeBudget(), FakeClock())
        sender = DingTalkSender(settings, session, *ports)
        person = Address(channel="c", kind=AddressKind.PERSON, target="0123")
        answered = replace(
            person,
            kind=AddressKind.SESSION,
            session_url=f"http://{CHAT}:80{SESSION}?session=s",
            session_until=NOW + timedelta(hours=1),
        )
        await sender.send(answered, "回执", again=False)
        await sender.send(person, "提醒", again=False)
        for group in ("督查工作群", "群"):
            await sender.send(
                replace(person, kind=AddressKind.GROUP, target=group), "摘要", again=False
            )
        await sender.send_card(person, "1. 甲", CARD, key="k")
        await sender.renew_card(person, "已选1", CARD)
        assert await sender.fetch_media("code", 100) == b"picture"
        reached = {(call.headers["Host"].removesuffix(":80"), call.path) for call in proxy.received}
    asked = {(API, path) for path in (TOKEN, SEND, GROUP_SEND, LOCATE, DELIVER, RENEW)}
    old = {(OLD, path) for path in (f"{TOPIC}/asyncsend_v2", f"{TOPIC}/getsendresult", HOOK)}
    assert reached == asked | old | {(CHAT, SESSION), (STORE, FILE)}


async def test_a_login_goes_through_the_proxy_too() -> None:
    async with a_proxy() as proxy, aiohttp.ClientSession() as session:
        outside = Outside(
            session=session, tokens=FakeTokens(), budget=FakeBudget(), clock=FakeClock()
        )
        assert await DingTalkLogin(settings_through(proxy), outside).user_of("code") == "0123"
        reached = {(call.headers["Host"], call.path) for call in proxy.received}
    assert reached == {(API, OWN), (API, ME), (API, TOKEN), (OLD, UNION)}


async def test_the_long_connection_goes_through_the_proxy_too() -> None:
    async def receive(message: IncomingMessage) -> None:
        raise AssertionError(message)

    async with a_proxy() as proxy, aiohttp.ClientSession() as session:
        client = StreamClient(settings_through(proxy), session, receive, FakeClock())
        running_client = asyncio.create_task(client.run())

        async def is_asked() -> bool:
            return {call.path for call in proxy.received} == {OPEN, "/connect"}

        await until(is_asked)
        running_client.cancel()
        await asyncio.gather(running_client, return_exceptions=True)
        hosts = {call.path: call.headers["Host"] for call in proxy.received}
    assert (hosts[OPEN], hosts["/connect"]) == (API, CHAT)
