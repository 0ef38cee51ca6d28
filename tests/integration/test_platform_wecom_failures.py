"""WeCom answering badly: each way of failing has its outcome, and none tells a secret."""

import asyncio
import logging
from dataclasses import replace

import aiohttp
import pytest

from bot.platforms.wecom.client import WeComSender
from reporting.messages import Address, DeliveryState
from tests.support.callbacks import WECOM
from tests.support.platform_server import (
    HASTY,
    HTML,
    FakeBudget,
    FakeTokens,
    Reply,
)
from tests.support.wecom_scene import (
    FRESH,
    GROUP,
    HOOK,
    PERSON,
    REFUSED,
    RETRY,
    SECRETS,
    SEND,
    TOKEN,
    TWO_TOKENS,
    UNKNOWN,
    a_scene,
)


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
    async with a_scene(reply.patience) as scene:
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
        assert (delivery.code, bool(delivery.detail)) == (field, True)


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
    async with a_scene(reply.patience) as scene:
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


async def test_w12_no_secret_shows_in_outcomes_logs_names_or_settings(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    said: list[object] = []
    async with a_scene(HASTY) as scene:
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


@pytest.mark.parametrize(
    "base",
    [
        "not a url",
        "ftp://127.0.0.1",
        "http://",
        "qyapi.weixin.qq.com",
        "http://\ud800",
        "http://[::1",
        "http://127.0.0.1:99999",
    ],
)
async def test_a_base_address_that_is_none_is_refused(base: str) -> None:
    async with aiohttp.ClientSession() as session:
        settings = replace(WECOM, api_base=base)
        sender = WeComSender(settings, session, FakeTokens(), FakeBudget())
        delivery = await sender.send(GROUP, "x", again=False)
        assert delivery.state is REFUSED, delivery
