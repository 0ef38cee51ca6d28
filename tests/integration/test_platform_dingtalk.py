"""Sending through DingTalk over real HTTP to a server that answers as told."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from urllib.parse import urlsplit

import aiohttp
import pytest

from bot.platforms.dingtalk.client import DingTalkSender
from reporting.messages import Address, AddressKind, Delivery, DeliveryState
from reporting.ports import Limit
from tests.support.callbacks import DINGTALK, NOW
from tests.support.platform_server import (
    HTML,
    FakeBudget,
    FakeClock,
    FakeTokens,
    PlatformServer,
    Reply,
    running,
)

TOKEN = "/v1.0/oauth2/accessToken"
SEND = "/v1.0/robot/oToMessages/batchSend"
GROUP_SEND = "/v1.0/robot/groupMessages/send"
SESSION = "/robot/sendBySession"
PERSON = Address(channel="linhu", kind=AddressKind.PERSON, target="0123")
GROUP = Address(channel="linhu", kind=AddressKind.GROUP, target="督查工作群")
FRESH = ({"accessToken": "token-1", "expireIn": 7200},)
TWO_TOKENS = (*FRESH, {"accessToken": "token-2", "expireIn": 7200})
SENT = {"processQueryKey": "sent-1", "invalidStaffIdList": [], "flowControlledStaffIdList": []}
BAD_TOKEN = Reply(fields={"code": "InvalidAuthentication", "message": "x"}, status=400)
RETRY, REFUSED, UNKNOWN = DeliveryState.RETRY, DeliveryState.REFUSED, DeliveryState.UNKNOWN
DELIVERED = DeliveryState.DELIVERED


@dataclass(frozen=True, slots=True)
class Scene:
    """A sender and the server it talks to."""

    sender: DingTalkSender
    server: PlatformServer
    tokens: FakeTokens
    budget: FakeBudget
    clock: FakeClock

    async def send(self, address: Address = PERSON, text: str = "请报进度") -> Delivery:
        return await self.sender.send(address, text, again=False, key="reminder-1")

    def session(self, target: str = "0123") -> Address:
        return Address(
            channel="linhu",
            kind=AddressKind.SESSION,
            target=target,
            session_url=f"{self.server.url}{SESSION}?session=s3cr3t",
            session_until=NOW + timedelta(minutes=90),
        )


@asynccontextmanager
async def a_scene() -> AsyncIterator[Scene]:
    async with running() as server, aiohttp.ClientSession() as session:
        server.answer(TOKEN, *FRESH)
        server.answer(SEND, SENT)
        server.answer(GROUP_SEND, {"processQueryKey": "sent-2"})
        server.answer(SESSION, {"errcode": 0, "errmsg": "ok"})
        settings = replace(
            DINGTALK,
            api_base=server.url,
            session_hosts=(urlsplit(server.url).netloc,),
            timeout_seconds=0.6,
        )
        tokens, budget, clock = FakeTokens(), FakeBudget(), FakeClock()
        sender = DingTalkSender(settings, session, tokens, budget, clock)
        yield Scene(sender, server, tokens, budget, clock)


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
    async with a_scene() as scene:
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


@pytest.mark.parametrize(
    ("name", "state"),
    [
        ("invalidStaffIdList", REFUSED),
        ("filteredStaffIdList", REFUSED),
        ("flowControlledStaffIdList", RETRY),
    ],
)
async def test_d7_a_person_named_in_a_list_was_not_sent_to(name: str, state: DeliveryState) -> None:
    async with a_scene() as scene:
        scene.server.answer(SEND, {**SENT, name: ["0123"]})
        delivery = await scene.send()
        assert (delivery.state, delivery.code) == (state, name)
        assert delivery.missed == (("0123",) if state is REFUSED else ())
        assert delivery.detail


@pytest.mark.parametrize(
    "refusal",
    [
        BAD_TOKEN,
        Reply(fields={"errcode": 40014}),
        Reply(fields={"errcode": 88, "sub_code": "40014"}),
        Reply(fields={"error_response": {"code": 88, "sub_code": "40014"}}),
    ],
)
async def test_d8_a_refused_token_means_one_refresh_and_one_retry(refusal: Reply) -> None:
    async with a_scene() as scene:
        scene.server.answer(TOKEN, *TWO_TOKENS)
        scene.server.answer(SEND, refusal, SENT)
        assert (await scene.send()).state is DELIVERED
        names = [call.headers["x-acs-dingtalk-access-token"] for call in scene.server.calls(SEND)]
        assert names == ["token-1", "token-2"]
        scene.server.answer(SEND, refusal)
        assert (await scene.send()).state is REFUSED
        assert len(scene.server.calls(SEND)) == 4, "a permanent refusal stops"


async def test_d8_concurrent_callers_make_one_fetch() -> None:
    async with a_scene() as scene:
        await asyncio.gather(*(scene.send() for _ in range(10)))
        assert len(scene.server.calls(TOKEN)) == 1


async def test_d8_wrong_credentials_stop_at_once() -> None:
    async with a_scene() as scene:
        scene.server.answer(TOKEN, Reply(fields={"code": "invalidClientIdOrSecret"}, status=400))
        delivery = await scene.send()
        assert (delivery.state, delivery.code) == (REFUSED, "invalidClientIdOrSecret")
        assert "AppSecret" in delivery.detail
        assert len(scene.server.calls(TOKEN)) == 1


QUOTA = "Forbidden.AccessDenied.ApiCountLimitForOrg"


@pytest.mark.parametrize(
    ("reply", "state", "code", "wait"),
    [
        (Reply(text=HTML), RETRY, "page", 60),
        (Reply(fields={"status": 1111, "source": "x5", "punish": "deny"}), RETRY, "x5", 300),
        (Reply(text="busy", status=500), RETRY, "http_500", None),
        (Reply(fields={"code": "InternalError"}, status=500), RETRY, "http_500", None),
        (Reply(fields={"code": "ServiceUnavailable"}, status=503), RETRY, None, None),
        (Reply(text="", status=429), RETRY, "http_429", None),
        (Reply(text="", status=504), UNKNOWN, "http_504", None),
        (Reply(fields={"code": "Timeout"}, status=504), UNKNOWN, "http_504", None),
        (Reply(fields={}), UNKNOWN, "http_200", None),
        (Reply(fields={"processQueryKey": ""}), UNKNOWN, "http_200", None),
        (Reply(fields={"code": "QpsLimit.ExceedRealQps"}, status=403), RETRY, None, 2),
        (
            Reply(fields={"code": "Forbidden.AccessDenied.QpsLimitForApi"}, status=403),
            RETRY,
            None,
            2,
        ),
        (Reply(fields={"code": QUOTA}, status=403), REFUSED, QUOTA, None),
        (Reply(fields={"errcode": 90020}), REFUSED, "90020", None),
        (Reply(fields={"errcode": 130101}), RETRY, "130101", 600),
        (Reply(fields={"errcode": 460101}), REFUSED, "460101", None),
        (Reply(fields={"errcode": 88, "sub_code": ""}), UNKNOWN, "88", None),
        (Reply(fields={"errcode": 15}), UNKNOWN, "15", None),
        (Reply(fields={"code": "brand.new"}, status=400), REFUSED, "brand.new", None),
        (Reply(behaviour="hang"), UNKNOWN, "no_answer", None),
        (Reply(behaviour="drop"), UNKNOWN, "no_answer", None),
    ],
)
@pytest.mark.parametrize("address", [PERSON, GROUP])
async def test_d9_each_way_of_failing_has_its_outcome(
    reply: Reply, state: DeliveryState, code: str | None, wait: float | None, address: Address
) -> None:
    async with a_scene() as scene:
        scene.server.answer(SEND, reply)
        scene.server.answer(GROUP_SEND, reply)
        delivery = await scene.send(address)
        assert (delivery.state, delivery.retry_after) == (state, wait)
        assert code is None or delivery.code == code
        assert delivery.detail
        assert len(scene.server.calls(SEND)) + len(scene.server.calls(GROUP_SEND)) == 1
        assert not scene.sender.repeatable(address)


async def test_the_operator_learns_which_permission_is_missing() -> None:
    async with a_scene() as scene:
        fields = {
            "code": "Forbidden.AccessDenied.AccessTokenPermissionDenied",
            "accessdenieddetail": {"requiredScopes": ["qyapi_robot_sendmsg", "<script>"]},
        }
        scene.server.answer(SEND, Reply(fields=fields, status=403))
        delivery = await scene.send()
        assert delivery.state is REFUSED
        assert "权限管理" in delivery.detail
        assert "qyapi_robot_sendmsg" in delivery.detail
        assert "script" not in delivery.detail


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


async def test_d12_no_secret_shows_in_outcomes_logs_or_names(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    said: list[object] = []
    async with a_scene() as scene:
        for reply in (
            Reply(behaviour="hang"),
            Reply(text=HTML),
            Reply(fields={"code": DINGTALK.app_secret, "message": DINGTALK.app_secret}, status=400),
            Reply(fields={"errcode": 310000, "errmsg": "s3cr3t"}),
        ):
            for path in (TOKEN, SEND, SESSION):
                scene.server.answer(TOKEN, *FRESH)
                scene.server.answer(SEND, SENT)
                scene.server.answer(path, reply)
                said.append(await scene.send(scene.session()))
                scene.tokens.held.clear()
        said += [scene.budget.taken, repr(replace(DINGTALK, api_base=""))]
    heard = [record.getMessage() for record in caplog.records if record.name != "aiohttp.access"]
    for secret in (DINGTALK.app_secret, "token-1", "s3cr3t", "session=", "http://"):
        assert secret not in f"{said}{heard}"


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
