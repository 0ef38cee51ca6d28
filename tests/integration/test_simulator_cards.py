"""Cards in the simulator: their documented limits, presses and the one use of a permission."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from tests.integration.test_simulator_wecom import a_message, a_token, send
from tests.support.simulated import Scene, a_scene


@pytest.fixture
async def scene() -> AsyncIterator[Scene]:
    async with a_scene(dingtalk=None) as made:
        yield made


def a_template_card(**changes: object) -> dict[str, object]:
    card: dict[str, object] = {
        "card_type": "button_interaction",
        "main_title": {"title": "请选择"},
        "button_list": [{"text": "第7项", "key": "1"}],
        "task_id": "q7-ab",
    }
    return a_message(msgtype="template_card", template_card=card | changes)


async def renew(scene: Scene, code: str) -> object:
    url = f"{scene.base}/wecom/cgi-bin/message/update_template_card"
    fields = {"userids": ["ZhangSan"], "response_code": code, "button": {"replace_name": "已选"}}
    query = {"access_token": await a_token(scene)}
    async with scene.client.post(url, params=query, json=fields) as response:
        return (await response.json())["errcode"]


@pytest.mark.parametrize(
    "changes",
    [
        {"card_type": "text_notice"},
        {"task_id": "有空格 的"},
        {"task_id": "x" * 129},
        {"main_title": {}},
        {"button_list": []},
        {"button_list": [{"text": "甲", "key": str(n)} for n in range(7)]},
        {"button_list": [{"text": "甲", "key": "长" * 342}]},
        {"select_list": [{"question_key": "d", "option_list": [{"id": "1", "text": "a"}] * 11}]},
    ],
)
async def test_a_card_outside_the_documented_limits_is_refused(
    scene: Scene, changes: dict[str, object]
) -> None:
    assert (await send(scene, a_template_card(**changes)))["errcode"] == 40058


async def test_w6_a_press_permits_one_renewal_within_72_hours(scene: Scene) -> None:
    assert (await send(scene, a_template_card()))["errcode"] == 0
    card = scene.simulator.chat.messages[-1]
    await scene.simulator.press(card.id, "1")
    _, code = scene.simulator.stage.presses.open
    assert (await renew(scene, code), await renew(scene, code)) == (0, 40058)
    assert scene.simulator.chat.messages[-1].buttons == ()
    await send(scene, a_template_card(task_id="q8-ab"))
    await scene.simulator.press(scene.simulator.chat.messages[-1].id, "1")
    *_, code = scene.simulator.stage.presses.open
    await scene.clock.move(timedelta(hours=72))
    assert await renew(scene, code) == 40058


async def test_w6_the_card_itself_permits_one_renewal_too(scene: Scene) -> None:
    code = (await send(scene, a_template_card()))["response_code"]
    assert isinstance(code, str)
    assert (await renew(scene, code), await renew(scene, code)) == (0, 40058)
    assert scene.simulator.chat.messages[-1].buttons == ()
    assert "response_code" not in await send(scene, a_message())
