"""The simulated DingTalk API: success and error shapes, partial lists, sessions, faults."""

import json
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest

from reporting.messages import Platform
from simulator.fault import Endpoint, Fault, FaultKind
from tests.support.simulated import DINGTALK, Scene, a_scene, texts

PERSON = Endpoint.DINGTALK_PERSON
BATCH = "/dingtalk/v1.0/robot/oToMessages/batchSend"
Answer = tuple[int, dict[str, object]]


@pytest.fixture
async def scene() -> AsyncIterator[Scene]:
    async with a_scene(wecom=None) as made:
        yield made


async def post(
    scene: Scene, path: str, body: dict[str, object], headers: dict[str, str] | None = None
) -> Answer:
    raw = json.dumps(body, ensure_ascii=False).encode()
    async with scene.client.post(f"{scene.base}{path}", data=raw, headers=headers) as response:
        return response.status, await response.json()


async def a_token(scene: Scene) -> str:
    asked = {"appKey": DINGTALK.app_key, "appSecret": DINGTALK.app_secret}
    _, answer = await post(scene, "/dingtalk/v1.0/oauth2/accessToken", {**asked})
    return str(answer["accessToken"])


def a_message(text: str = "请报进度", **changes: object) -> dict[str, object]:
    return {
        "robotCode": DINGTALK.robot_code,
        "userIds": ["ZhangSan"],
        "msgKey": "sampleText",
        "msgParam": json.dumps({"content": text}, ensure_ascii=False),
    } | changes


async def send(scene: Scene, message: dict[str, object], token: str | None = None) -> Answer:
    value = await a_token(scene) if token is None else token
    return await post(scene, BATCH, message, {"x-acs-dingtalk-access-token": value})


async def send_to_group(scene: Scene, conversation: str) -> Answer:
    message = a_message("摘要") | {"openConversationId": conversation}
    headers = {"x-acs-dingtalk-access-token": await a_token(scene)}
    return await post(scene, "/dingtalk/v1.0/robot/groupMessages/send", message, headers)


async def a_session(scene: Scene, group: str | None = None) -> str:
    await scene.simulator.say(Platform.DINGTALK, "ZhangSan", "我的任务", group=group)
    webhook: str = json.loads(scene.bot.received[-1].body)["sessionWebhook"]
    return webhook.removeprefix(scene.base)


async def test_a_message_reaches_the_person(scene: Scene) -> None:
    status, answer = await send(scene, a_message())
    assert (status, answer["invalidStaffIdList"]) == (200, [])
    (message,) = scene.simulator.chat.with_person(Platform.DINGTALK, "ZhangSan")
    assert (message.text, message.reference) == ("请报进度", answer["processQueryKey"])


async def test_markdown_has_a_title_and_a_text(scene: Scene) -> None:
    param = json.dumps({"title": "提醒", "text": "**请报进度**"}, ensure_ascii=False)
    await send(scene, a_message(msgKey="sampleMarkdown", msgParam=param))
    (message,) = scene.simulator.chat.messages
    assert (message.kind, message.title, message.text) == ("markdown", "提醒", "**请报进度**")


async def test_unknown_people_are_listed_though_the_answer_is_200(scene: Scene) -> None:
    status, answer = await send(scene, a_message(userIds=["ZhangSan", "nobody"]))
    assert (status, answer["invalidStaffIdList"]) == (200, ["nobody"])
    assert len(scene.simulator.chat.messages) == 1


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("invalid", "invalidStaffIdList"),
        ("flow", "flowControlledStaffIdList"),
        ("filtered", "filteredStaffIdList"),
    ],
)
async def test_people_on_a_partial_list_get_nothing(scene: Scene, code: str, name: str) -> None:
    fault = Fault(kind=FaultKind.PARTIAL, endpoint=PERSON, people=("LiSi",), code=code)
    scene.simulator.misbehave(fault)
    status, answer = await send(scene, a_message(userIds=["ZhangSan", "LiSi"]))
    assert (status, answer[name]) == (200, ["LiSi"])
    assert texts(scene, Platform.DINGTALK, "LiSi") == []
    assert texts(scene, Platform.DINGTALK, "ZhangSan") == ["请报进度"]


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"userIds": ["nobody"]}, 400, "staffId.notExisted"),
        ({"userIds": []}, 400, "invalidParameter.userIds.empty"),
        ({"userIds": ["ZhangSan"] * 21}, 400, "invalidParameter.userIds.overMax"),
        ({"robotCode": "other"}, 404, "resource.not.found"),
        ({"msgKey": "samplePoem"}, 400, "invalidParameter.msgKey.invalid"),
        ({"msgParam": "请报进度"}, 400, "invalidParameter.msgParam.invalid"),
        ({"msgParam": '{"content": ""}'}, 400, "invalidParameter.msgParam.invalid"),
        ({"msgParam": f'{{"content": "{"汉" * 5000}"}}'}, 400, "invalidParameter.param.invalid"),
    ],
)
async def test_a_faulty_message_is_refused_with_its_code(
    scene: Scene, changes: dict[str, object], status: int, code: str
) -> None:
    answer = await send(scene, a_message() | changes)
    assert (answer[0], answer[1]["code"]) == (status, code)
    assert not scene.simulator.chat.messages


async def test_a_bad_token_is_http_400(scene: Scene) -> None:
    token = await a_token(scene)
    await scene.clock.move(timedelta(hours=2))
    for value in ("", "strange", token):
        status, answer = await send(scene, a_message(), value)
        assert (status, answer["code"]) == (400, "InvalidAuthentication")


async def test_wrong_credentials_get_no_token(scene: Scene) -> None:
    asked: dict[str, object] = {"appKey": DINGTALK.app_key, "appSecret": "wrong"}
    status, answer = await post(scene, "/dingtalk/v1.0/oauth2/accessToken", asked)
    assert (status, answer["code"]) == (400, "invalidClientIdOrSecret")


async def test_the_old_api_gives_the_same_token(scene: Scene) -> None:
    url = f"{scene.base}/dingtalk/gettoken"
    query = {"appkey": DINGTALK.app_key, "appsecret": DINGTALK.app_secret}
    async with scene.client.get(url, params=query) as response:
        answer = await response.json()
    assert (answer["errcode"], answer["access_token"]) == (0, await a_token(scene))
    async with scene.client.get(url) as response:
        assert (await response.json())["errcode"] == 40089


async def test_a_group_message_is_shown_in_its_group(scene: Scene) -> None:
    status, answer = await send_to_group(scene, "cidgroup==")
    assert (status, set(answer)) == (200, {"processQueryKey"})
    (message,) = scene.simulator.chat.in_group(Platform.DINGTALK, "县委督办群")
    assert message.text == "摘要"


async def test_an_unknown_conversation_is_refused(scene: Scene) -> None:
    status, answer = await send_to_group(scene, "cidother")
    assert (status, answer["code"]) == (400, "invalid.openConversationId")


async def test_a_session_answers_the_person_who_opened_it(scene: Scene) -> None:
    path = await a_session(scene)
    body: dict[str, object] = {"msgtype": "text", "text": {"content": "您有2项待报"}}
    assert await post(scene, path, body) == (200, {"errcode": 0, "errmsg": "ok"})
    assert texts(scene, Platform.DINGTALK, "ZhangSan") == ["我的任务", "您有2项待报"]


async def test_a_session_of_a_group_answers_in_the_group(scene: Scene) -> None:
    path = await a_session(scene, group="县委督办群")
    body: dict[str, object] = {"msgtype": "markdown", "markdown": {"title": "答", "text": "好"}}
    await post(scene, path, body)
    messages = scene.simulator.chat.in_group(Platform.DINGTALK, "县委督办群")
    assert [message.text for message in messages] == ["我的任务", "好"]


async def test_a_session_ends_after_ninety_minutes(scene: Scene) -> None:
    path = await a_session(scene)
    body: dict[str, object] = {"msgtype": "text", "text": {"content": "您有2项待报"}}
    await scene.clock.move(timedelta(minutes=89, seconds=59))
    assert (await post(scene, path, body))[1]["errcode"] == 0
    await scene.clock.move(timedelta(seconds=1))
    assert (await post(scene, path, body))[1]["errcode"] == 300001


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"msgtype": "poem", "poem": {"content": "诗"}}, 400106),
        ({"msgtype": "text", "text": {"content": ""}}, 400106),
        ({"msgtype": "text", "text": {"content": "汉" * 6700}}, 460101),
    ],
)
async def test_a_session_refuses_what_it_cannot_show(
    scene: Scene, body: dict[str, object], code: int
) -> None:
    assert (await post(scene, await a_session(scene), body))[1]["errcode"] == code


@pytest.mark.parametrize(
    ("kind", "code", "errcode"),
    [
        (FaultKind.EXPIRED_TOKEN, "", 300001),
        (FaultKind.RATE_LIMIT, "", 130101),
        (FaultKind.REFUSED, "310000", 310000),
    ],
)
async def test_a_session_fails_as_ordered(
    scene: Scene, kind: FaultKind, code: str, errcode: int
) -> None:
    path = await a_session(scene)
    scene.simulator.misbehave(Fault(kind=kind, endpoint=Endpoint.DINGTALK_SESSION, code=code))
    body: dict[str, object] = {"msgtype": "text", "text": {"content": "好"}}
    assert (await post(scene, path, body))[1]["errcode"] == errcode


@pytest.mark.parametrize(
    ("kind", "code", "expected"),
    [
        (FaultKind.EXPIRED_TOKEN, "", (400, "InvalidAuthentication")),
        (FaultKind.RATE_LIMIT, "", (403, "QpsLimit.ExceedRealQps")),
        (FaultKind.REFUSED, "Forbidden.AccessDenied", (403, "Forbidden.AccessDenied")),
    ],
)
async def test_an_error_on_order_delivers_nothing(
    scene: Scene, kind: FaultKind, code: str, expected: tuple[int, str]
) -> None:
    scene.simulator.misbehave(Fault(kind=kind, endpoint=PERSON, code=code))
    status, answer = await send(scene, a_message())
    assert (status, answer["code"]) == expected
    assert not scene.simulator.chat.messages


async def test_tokens_and_groups_fail_as_ordered(scene: Scene) -> None:
    asked: dict[str, object] = {"appKey": DINGTALK.app_key, "appSecret": DINGTALK.app_secret}
    for endpoint in (Endpoint.DINGTALK_TOKEN, Endpoint.DINGTALK_OLD_TOKEN):
        scene.simulator.misbehave(Fault(kind=FaultKind.REFUSED, endpoint=endpoint, code="88"))
    status, answer = await post(scene, "/dingtalk/v1.0/oauth2/accessToken", asked)
    assert (status, answer["code"]) == (403, "88")
    async with scene.client.get(f"{scene.base}/dingtalk/gettoken") as response:
        assert (await response.json())["errcode"] == 88
    scene.simulator.misbehave(Fault(kind=FaultKind.RATE_LIMIT, endpoint=Endpoint.DINGTALK_GROUP))
    assert (await send_to_group(scene, "cidgroup=="))[0] == 403


async def test_calls_over_the_rate_of_an_edition_are_refused() -> None:
    async with a_scene(wecom=None, dingtalk=replace(DINGTALK, calls_per_second=2)) as scene:
        statuses = [(await send(scene, a_message()))[0] for _ in range(3)]
        assert statuses == [200, 200, 403]
        await scene.clock.move(timedelta(seconds=1))
        assert (await send(scene, a_message()))[0] == 200
