"""DingTalk answering badly: each way of failing has its outcome, and none tells a secret."""

import asyncio
import logging
from dataclasses import replace

import pytest

from reporting.messages import Address, DeliveryState
from tests.support.callbacks import DINGTALK
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
    TWO_TOKENS,
    UNKNOWN,
    a_scene,
)
from tests.support.platform_server import (
    HASTY,
    HTML,
    Reply,
)


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
        (Reply(fields={"code": QUOTA}, status=403), RETRY, QUOTA, 3600),
        (Reply(fields={"errcode": 90020}), RETRY, "90020", 3600),
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
    async with a_scene(reply.patience) as scene:
        scene.server.answer(SEND, reply)
        scene.server.answer(GROUP_SEND, reply)
        delivery = await scene.send(address)
        assert (delivery.state, delivery.retry_after) == (state, wait)
        assert code is None or delivery.code == code
        assert delivery.rests_channel == (delivery.code in {QUOTA, "90020", "x5"})
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


async def test_d12_no_secret_shows_in_outcomes_logs_or_names(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    said: list[object] = []
    async with a_scene(HASTY) as scene:
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


async def test_a_token_that_fits_no_header_sends_nothing() -> None:
    async with a_scene() as scene:
        scene.server.answer(TOKEN, {"accessToken": "token\r\nX: 1", "expireIn": 7200})
        delivery = await scene.send()
        assert (delivery.state, delivery.code) == (RETRY, "token")
        assert not scene.server.calls(SEND)
