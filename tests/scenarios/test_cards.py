"""Questions as cards: a press answers as the number would, once, and the card is renewed."""

import pytest
import sqlalchemy as sa

from bot.demo.stage import Stage
from reporting.messages import Platform
from simulator.chat import ChatMessage
from simulator.fault import Endpoint, Fault, FaultKind
from storage.database import transaction
from tests.scenarios.chat import Chat

W = Platform.WECOM
PERSON = "l11"
ASKED = "l11：水库除险加固60%\n → 说的是哪一项 … 1. 第70项 … 2. 第71项"


def last(stage: Stage) -> ChatMessage:
    """What the person sees last."""
    return stage.simulator.chat.with_person(W, PERSON)[-1]


async def press(chat: Chat, card: ChatMessage, label: str) -> str:
    """Press the button that says so; what the bot answered."""
    [key] = [one.key for one in card.buttons if one.label == label]
    spoken = await chat.stage.simulator.press(card.id, key)
    assert spoken.acknowledged
    await chat.player.settle()
    return last(chat.stage).text


def shown(stage: Stage, card: ChatMessage) -> ChatMessage:
    """The card as it looks now."""
    found = stage.simulator.chat.find(card.id)
    assert found is not None
    return found


async def alarms_and_refused(stage: Stage) -> tuple[int, int]:
    """How many alarms are open, and how many messages the operator finds refused."""
    async with transaction(stage.bot.store.engine) as connection:
        alarms = await connection.scalar(sa.text("SELECT count(*) FROM alarms"))
        refused = await connection.scalar(
            sa.text("SELECT count(*) FROM outbox WHERE state = 'refused'")
        )
        return int(alarms or 0), int(refused or 0)


async def test_a_button_answers_as_its_number_would_and_the_card_is_renewed(
    chat: Chat, stage: Stage
) -> None:
    await chat.play(ASKED)
    card = last(stage)
    assert card.kind == "template_card"
    assert [one.label for one in card.buttons] == ["第70项", "第71项", "都不是"]
    told = await press(chat, card, "第71项")
    assert "已记录1项" in told
    assert "第71项" in told
    assert shown(stage, card).buttons == ()
    assert "已选2" in shown(stage, card).text


async def test_none_of_them_can_be_pressed(chat: Chat, stage: Stage) -> None:
    await chat.play(ASKED)
    card = last(stage)
    assert "没有记录" in await press(chat, card, "都不是")
    assert "［都不是］" in shown(stage, card).text


async def test_w6_an_old_card_never_answers_a_newer_question(chat: Chat, stage: Stage) -> None:
    await chat.play(ASKED)
    old = last(stage)
    fault = Fault(kind=FaultKind.REFUSED, endpoint=Endpoint.WECOM_CARD, code="40058")
    stage.simulator.misbehave(fault)
    await chat.play("l11：水库除险加固65%\n → 说的是哪一项")
    new = last(stage)
    assert "已经答过或已过期" in await press(chat, old, "第70项")
    assert "已失效" in shown(stage, old).text
    assert "65%" in await press(chat, new, "第70项")


async def test_an_answer_in_words_takes_the_buttons_off_the_card(chat: Chat, stage: Stage) -> None:
    answers = {
        "都不是\n → 没有记录": "［都不是］",
        "水库除险加固65%\n → 说的是哪一项": "［已失效］",
        "2\n → 已记录1项 … 第71项": "［已选2］",
    }
    await chat.play(ASKED)
    for said, words in answers.items():
        card = last(stage)
        if not card.buttons:
            await chat.play("l11：水库除险加固62%\n → 说的是哪一项")
            card = last(stage)
        await chat.play(f"l11：{said}")
        assert shown(stage, card).buttons == ()
        assert words in shown(stage, card).text
    assert stage.simulator.stage.calls[Endpoint.WECOM_CARD] == len(answers)


async def test_after_72_hours_a_card_is_left_alone_and_a_press_is_told(
    chat: Chat, stage: Stage
) -> None:
    await chat.play(ASKED)
    card = last(stage)
    await chat.play("== 06-05 10:00\nl11：2\n → 已记录1项 … 第71项")
    assert stage.simulator.stage.calls[Endpoint.WECOM_CARD] == 0
    assert "已经答过或已过期" in await press(chat, card, "第70项")
    assert "已失效" in shown(stage, card).text


async def test_w6_a_press_delivered_twice_records_once_and_renews_once(
    chat: Chat, stage: Stage
) -> None:
    await chat.play(ASKED)
    card = last(stage)
    stage.simulator.misbehave(Fault(kind=FaultKind.DUPLICATE, endpoint=Endpoint.WECOM_CALLBACK))
    assert "已记录1项" in await press(chat, card, "第70项")
    assert stage.simulator.stage.calls[Endpoint.WECOM_CARD] == 1
    assert len(stage.simulator.stage.presses.open) == 1  # what came with the card itself


@pytest.mark.parametrize("code", ["43012", "40058", "40008"])
async def test_where_cards_are_refused_the_question_goes_out_as_text(
    chat: Chat, stage: Stage, code: str
) -> None:
    fault = Fault(kind=FaultKind.REFUSED, endpoint=Endpoint.WECOM_MESSAGE, code=code)
    stage.simulator.misbehave(fault)
    await chat.play(f"{ASKED} … 回复编号即可")
    assert last(stage).kind == "text"
    assert await alarms_and_refused(stage) == (0, 0)
    await chat.play("l11：2\n → 已记录1项 … 第71项")


async def test_a_card_that_cannot_be_renewed_troubles_nobody(chat: Chat, stage: Stage) -> None:
    await chat.play(ASKED)
    card = last(stage)
    fault = Fault(kind=FaultKind.REFUSED, endpoint=Endpoint.WECOM_CARD, code="40058")
    stage.simulator.misbehave(fault)
    assert "已记录1项" in await press(chat, card, "第70项")
    assert shown(stage, card).buttons
    alarms, _ = await alarms_and_refused(stage)
    assert alarms == 0
