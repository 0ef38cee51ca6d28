"""The simulated WeCom API: success and error shapes, limits, duplicates, faults."""

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from datetime import timedelta

import pytest

from reporting.messages import Platform
from simulator.chat import MessageState
from simulator.fault import Endpoint, Fault, FaultKind
from tests.support.simulated import WECOM, Scene, a_scene, texts

MESSAGE = Endpoint.WECOM_MESSAGE


@pytest.fixture
async def scene() -> AsyncIterator[Scene]:
    async with a_scene(dingtalk=None) as made:
        yield made


async def a_token(scene: Scene) -> str:
    query = {"corpid": WECOM.corp_id, "corpsecret": WECOM.secret}
    url = f"{scene.base}/wecom/cgi-bin/gettoken"
    async with scene.client.get(url, params=query) as response:
        token: str = (await response.json())["access_token"]
        return token


def a_message(text: str = "请报进度", **changes: object) -> dict[str, object]:
    return {
        "touser": "ZhangSan",
        "msgtype": "text",
        "agentid": WECOM.agent_id,
        "text": {"content": text},
    } | changes


async def send(
    scene: Scene, message: Mapping[str, object], token: str | None = None
) -> dict[str, object]:
    url = f"{scene.base}/wecom/cgi-bin/message/send"
    query = {"access_token": await a_token(scene) if token is None else token}
    body = json.dumps(message, ensure_ascii=False).encode()
    async with scene.client.post(url, params=query, data=body) as response:
        assert response.status == 200
        answer: dict[str, object] = await response.json()
        return answer


async def post_to_group(scene: Scene, key: str, kind: str, content: str) -> dict[str, object]:
    url = f"{scene.base}/wecom/cgi-bin/webhook/send"
    message = {"msgtype": kind, kind: {"content": content}}
    async with scene.client.post(url, params={"key": key}, json=message) as response:
        answer: dict[str, object] = await response.json()
        return answer


async def test_a_token_lasts_two_hours_and_is_the_same_within(scene: Scene) -> None:
    first = await a_token(scene)
    await scene.clock.move(timedelta(seconds=7199))
    assert await a_token(scene) == first
    await scene.clock.move(timedelta(seconds=1))
    assert await a_token(scene) != first


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ({"corpid": "other", "corpsecret": WECOM.secret}, 40013),
        ({"corpid": WECOM.corp_id, "corpsecret": "wrong"}, 40001),
        ({}, 40013),
    ],
)
async def test_wrong_credentials_get_no_token(
    scene: Scene, query: dict[str, str], code: int
) -> None:
    url = f"{scene.base}/wecom/cgi-bin/gettoken"
    async with scene.client.get(url, params=query) as response:
        assert (await response.json())["errcode"] == code


async def test_a_message_reaches_the_member_whatever_the_case_of_his_id(scene: Scene) -> None:
    answer = await send(scene, a_message(touser="zhangsan"))
    assert (answer["errcode"], answer["invaliduser"]) == (0, "")
    assert texts(scene, Platform.WECOM, "ZhangSan") == ["请报进度"]
    assert scene.simulator.chat.messages[0].reference == answer["msgid"]


async def test_unknown_members_are_named_in_lower_case_while_the_others_are_reached(
    scene: Scene,
) -> None:
    answer = await send(scene, a_message(touser="ZhangSan|NoBody|LiSi"))
    assert (answer["errcode"], answer["invaliduser"]) == (0, "nobody")
    assert texts(scene, Platform.WECOM, "LiSi") == ["请报进度"]


async def test_all_reaches_every_member(scene: Scene) -> None:
    await send(scene, a_message(touser="@all"))
    assert len(scene.simulator.chat.messages) == len(WECOM.members)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"touser": "NoBody"}, 81013),
        ({"touser": ""}, 81013),
        ({"touser": "|".join(["ZhangSan"] * 1001)}, 40058),
        ({"agentid": 1}, 301002),
        ({"agentid": str(WECOM.agent_id)}, 301002),
        ({"msgtype": "poem"}, 40008),
        ({"text": {"content": ""}}, 44004),
        ({"msgtype": "markdown", "markdown": {"content": "汉" * 683}}, 45002),
    ],
)
async def test_a_faulty_message_is_refused_with_its_code(
    scene: Scene, changes: dict[str, object], code: int
) -> None:
    assert (await send(scene, a_message() | changes))["errcode"] == code
    assert not scene.simulator.chat.messages


async def test_a_body_that_is_no_json_is_refused(scene: Scene) -> None:
    url = f"{scene.base}/wecom/cgi-bin/message/send"
    query = {"access_token": await a_token(scene)}
    async with scene.client.post(url, params=query, data=b"{") as response:
        assert (await response.json())["errcode"] == 47001


async def test_absent_strange_and_expired_tokens_are_told_apart(scene: Scene) -> None:
    token = await a_token(scene)
    await scene.clock.move(timedelta(hours=2))
    codes = [(await send(scene, a_message(), one))["errcode"] for one in ("", "strange", token)]
    assert codes == [41001, 40014, 42001]


async def test_a_text_over_2048_bytes_is_cut_between_characters(scene: Scene) -> None:
    assert (await send(scene, a_message("汉" * 683)))["errcode"] == 0
    message = scene.simulator.chat.messages[0]
    assert (message.text, message.cut) == ("汉" * 682, True)


async def test_a_byte_identical_repeat_is_dropped_within_its_interval(scene: Scene) -> None:
    message = a_message(enable_duplicate_check=1, duplicate_check_interval=600)
    first, again = await send(scene, message), await send(scene, message)
    assert (again["errcode"], again["msgid"]) == (0, first["msgid"])
    assert len(scene.simulator.chat.messages) == 1
    await send(scene, message | {"safe": 0})
    assert len(scene.simulator.chat.messages) == 2
    await scene.clock.move(timedelta(seconds=600))
    await send(scene, message)
    assert len(scene.simulator.chat.messages) == 3


async def test_without_the_check_a_repeat_arrives_twice(scene: Scene) -> None:
    await send(scene, a_message())
    await send(scene, a_message())
    assert len(scene.simulator.chat.messages) == 2


async def test_the_31st_message_of_a_minute_is_dropped_without_a_word(scene: Scene) -> None:
    token = await a_token(scene)
    answers = [await send(scene, a_message(f"第{n}条"), token) for n in range(31)]
    assert {answer["errcode"] for answer in answers} == {0}
    states = [message.state for message in scene.simulator.chat.messages]
    assert states == [MessageState.SHOWN] * 30 + [MessageState.DROPPED]
    await scene.clock.move(timedelta(minutes=1))
    await send(scene, a_message(), token)
    assert scene.simulator.chat.messages[-1].state is MessageState.SHOWN


async def test_a_group_message_is_shown_in_its_group(scene: Scene) -> None:
    answer = await post_to_group(scene, "wecom-key", "markdown", "**摘要**")
    assert answer == {"errcode": 0, "errmsg": "ok"}
    (message,) = scene.simulator.chat.in_group(Platform.WECOM, "县政府督办群")
    assert (message.kind, message.text) == ("markdown", "**摘要**")


@pytest.mark.parametrize(
    ("key", "kind", "content", "code"),
    [
        ("wrong", "text", "摘要", 93000),
        ("", "text", "摘要", 93000),
        ("wecom-key", "poem", "摘要", 40008),
        ("wecom-key", "text", "", 44004),
        ("wecom-key", "text", "汉" * 683, 40058),
        ("wecom-key", "markdown", "汉" * 1366, 40058),
        ("wecom-key", "markdown_v2", "汉" * 1365, 0),
    ],
)
async def test_a_webhook_refuses_as_documented(
    scene: Scene, key: str, kind: str, content: str, code: int
) -> None:
    assert (await post_to_group(scene, key, kind, content))["errcode"] == code
    assert len(scene.simulator.chat.messages) == (1 if code == 0 else 0)


async def test_a_webhook_fails_as_ordered_or_for_want_of_json(scene: Scene) -> None:
    scene.simulator.misbehave(Fault(kind=FaultKind.RATE_LIMIT, endpoint=Endpoint.WECOM_WEBHOOK))
    assert (await post_to_group(scene, "wecom-key", "text", "摘要"))["errcode"] == 45009
    url = f"{scene.base}/wecom/cgi-bin/webhook/send"
    async with scene.client.post(url, params={"key": "wecom-key"}, data=b"{") as response:
        assert (await response.json())["errcode"] == 47001


async def test_the_21st_group_message_of_a_minute_is_refused(scene: Scene) -> None:
    answers = [await post_to_group(scene, "wecom-key", "text", f"第{n}条") for n in range(21)]
    assert [answer["errcode"] for answer in answers] == [0] * 20 + [45009]
    assert len(scene.simulator.chat.messages) == 20


async def test_an_expired_token_on_order_is_really_gone(scene: Scene) -> None:
    scene.simulator.misbehave(Fault(kind=FaultKind.EXPIRED_TOKEN, endpoint=MESSAGE))
    token = await a_token(scene)
    assert (await send(scene, a_message(), token))["errcode"] == 42001
    assert (await send(scene, a_message(), token))["errcode"] == 42001
    assert (await send(scene, a_message()))["errcode"] == 0


async def test_a_token_can_be_expired_without_end(scene: Scene) -> None:
    scene.simulator.misbehave(Fault(kind=FaultKind.EXPIRED_TOKEN, endpoint=MESSAGE, times=None))
    assert {(await send(scene, a_message()))["errcode"] for _ in range(5)} == {42001}
    scene.simulator.behave()
    assert (await send(scene, a_message()))["errcode"] == 0


async def test_a_partial_failure_names_the_people_ordered(scene: Scene) -> None:
    fault = Fault(kind=FaultKind.PARTIAL, endpoint=MESSAGE, people=("LiSi",))
    scene.simulator.misbehave(fault)
    answer = await send(scene, a_message(touser="ZhangSan|LiSi"))
    assert (answer["errcode"], answer["invaliduser"]) == (0, "lisi")
    assert texts(scene, Platform.WECOM, "LiSi") == []


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (Fault(kind=FaultKind.RATE_LIMIT, endpoint=MESSAGE), 45009),
        (Fault(kind=FaultKind.REFUSED, endpoint=MESSAGE, code="60020"), 60020),
        (Fault(kind=FaultKind.REFUSED, endpoint=MESSAGE, code="-1"), -1),
    ],
)
async def test_an_error_on_order_delivers_nothing(scene: Scene, fault: Fault, code: int) -> None:
    scene.simulator.misbehave(fault)
    assert (await send(scene, a_message()))["errcode"] == code
    assert not scene.simulator.chat.messages


@pytest.mark.parametrize(
    ("kind", "status", "content_type"),
    [
        (FaultKind.SERVER_ERROR, 503, "text/plain"),
        (FaultKind.HTML, 200, "text/html"),
        (FaultKind.BLOCKED, 200, "application/json"),
        (FaultKind.REFUSED, 200, "application/json"),
    ],
)
async def test_a_gateway_may_answer_instead(
    scene: Scene, kind: FaultKind, status: int, content_type: str
) -> None:
    scene.simulator.misbehave(Fault(kind=kind, endpoint=Endpoint.WECOM_TOKEN, code="60020"))
    async with scene.client.get(f"{scene.base}/wecom/cgi-bin/gettoken") as response:
        assert (response.status, response.content_type) == (status, content_type)
    assert scene.simulator.stage.calls[Endpoint.WECOM_TOKEN] == 1


async def test_an_answer_may_never_come_though_the_message_was_taken(scene: Scene) -> None:
    scene.simulator.misbehave(Fault(kind=FaultKind.HANG, endpoint=MESSAGE))
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(send(scene, a_message()), 0.2)
    assert texts(scene, Platform.WECOM, "ZhangSan") == ["请报进度"]


async def test_a_slow_answer_comes_in_the_end(scene: Scene) -> None:
    scene.simulator.misbehave(Fault(kind=FaultKind.SLOW, endpoint=MESSAGE, seconds=0.1))
    assert (await send(scene, a_message()))["errcode"] == 0
