"""A question on its way through WeCom: card, markdown, text, whichever is set and taken first."""

from collections.abc import Mapping
from dataclasses import replace

import aiohttp
import pytest

from bot.platforms.channel import QuestionForm
from bot.platforms.wecom.client import WeComSender
from reporting.messages import AddressKind, Card, CardDoubt, CardOption, DeliveryState
from tests.support.callbacks import WECOM
from tests.support.platform_server import FakeBudget, FakeTokens, Reply
from tests.support.wecom_scene import PERSON, REFUSED, RETRY, SEND, UNKNOWN, a_scene

RENEW = "/cgi-bin/message/update_template_card"
OPTION = CardOption(key="1", label="第7项", text="1. 第7项 修路")
CARD = Card(key="q7-ab", doubts=(CardDoubt(words="“修路”说的是这一项吗？", options=(OPTION,)),))
TEXT = "“修路”说的是这一项吗？\n1. 第7项 修路"
PRESSED = replace(PERSON, kind=AddressKind.CARD, session_url="one-use-code")


async def forms_tried(
    *answers: Reply | Mapping[str, object], forms: tuple[QuestionForm, ...] = ()
) -> tuple[list[object], str]:
    """The message types sent while the platform answers so, and the delivery's state."""
    async with a_scene() as scene, aiohttp.ClientSession() as session:
        scene.server.answer(SEND, *answers)
        settings = replace(WECOM, api_base=scene.server.url, question_forms=forms)
        sender = WeComSender(settings, session, FakeTokens(), FakeBudget())
        delivery = await sender.send_card(PERSON, TEXT, CARD, key="7.0")
        return [call.json()["msgtype"] for call in scene.server.calls(SEND)], delivery.state


@pytest.mark.parametrize("code", [43012, 40058, 40008, 48002, 99999])
async def test_a_refused_card_goes_out_in_the_next_form(code: int) -> None:
    refused, done = {"errcode": code}, {"errcode": 0}
    forms: tuple[QuestionForm, ...] = ("template_card", "markdown")
    assert await forms_tried(refused, refused, done, forms=forms) == (
        ["template_card", "markdown", "text"],
        DeliveryState.DELIVERED,
    )
    assert await forms_tried(refused, done, forms=forms[:1]) == (
        ["template_card", "text"],
        DeliveryState.DELIVERED,
    )
    assert await forms_tried(done, forms=()) == (["text"], DeliveryState.DELIVERED)


@pytest.mark.parametrize(
    ("reply", "state"),
    [
        ({"errcode": 81013}, REFUSED),
        ({"errcode": 45009}, RETRY),
        (Reply(text="", status=504), UNKNOWN),
    ],
)
async def test_no_second_form_is_tried_where_the_first_may_have_arrived_or_none_would(
    reply: Reply | Mapping[str, object], state: DeliveryState
) -> None:
    assert await forms_tried(reply, forms=("template_card",)) == (["template_card"], state)


async def test_a_card_is_repeated_byte_for_byte() -> None:
    async with a_scene() as scene:
        for _ in range(2):
            await scene.sender.send_card(PERSON, TEXT, CARD, key="7.0")
        first, again = (call.body for call in scene.server.calls(SEND))
        assert first == again


async def test_a_pressed_card_is_renewed_by_its_permission() -> None:
    async with a_scene() as scene:
        scene.server.answer(RENEW, {"errcode": 0, "invaliduser": []})
        delivery = await scene.sender.renew_card(PRESSED, "已选1", CARD)
        assert delivery.state is DeliveryState.DELIVERED
        assert scene.server.calls(RENEW)[0].json() == {
            "userids": ["ZhangSan"],
            "agentid": WECOM.agent_id,
            "response_code": "one-use-code",
            "button": {"replace_name": "已选1"},
        }


async def test_w6_a_permission_used_up_is_refused_without_showing_it() -> None:
    async with a_scene() as scene:
        scene.server.answer(RENEW, {"errcode": 40058, "errmsg": "invalid one-use-code"})
        delivery = await scene.sender.renew_card(PRESSED, "已选1", CARD)
        assert (delivery.state, delivery.code) == (REFUSED, "40058")
        assert "one-use-code" not in repr(delivery)


async def test_a_person_who_left_is_named_in_the_array_of_a_renewal() -> None:
    async with a_scene() as scene:
        scene.server.answer(RENEW, {"errcode": 0, "invaliduser": ["zhangsan"]})
        delivery = await scene.sender.renew_card(PRESSED, "已选1", CARD)
        assert (delivery.state, delivery.missed) == (REFUSED, ("ZhangSan",))
