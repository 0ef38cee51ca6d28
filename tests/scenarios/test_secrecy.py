"""Marked texts and card numbers sent in chat are not kept, and their sender is told alone."""

import io

import openpyxl
import sqlalchemy as sa

from bot.demo.stage import CHANNELS, Stage
from reporting.messages import Address, AddressKind, OutgoingKind, OutgoingMessage, Platform
from reporting.secrecy import NumberRule
from storage.database import transaction
from tests.scenarios.chat import Chat
from tests.unit.test_secrecy import checked

W = Platform.WECOM
NUMBER = checked("37010019000101001")


async def everything(stage: Stage) -> str:
    """All words the database keeps."""
    tables = ("inbox", "reports", "outbox", "questions", "audit", "alarms")
    async with transaction(stage.bot.store.engine) as connection:
        found = [await connection.execute(sa.text(f"SELECT * FROM {one}")) for one in tables]
        return str([rows.all() for rows in found])


def answers(stage: Stage, person: str) -> list[str]:
    """What the bot wrote to a person."""
    chat = stage.simulator.chat.with_person(W, person)
    return [message.text for message in chat if message.direction == "from_bot"]


async def test_a_marked_message_leaves_nothing_but_an_alarm(chat: Chat, stage: Stage) -> None:
    person = stage.simulator.people(W)[0].user_id
    await chat.play(f"{person}：机密★ 雷达站建设完成60%\n  → 没有记录 … 保密规定")
    kept = await everything(stage)
    assert "雷达站" not in kept
    assert "message_quarantined" in kept
    async with stage.bot.store.unit_of_work(stage.clock.now()) as work:
        assert [one.kind for one in await work.alarms.all(stage.office_id)] == ["secrecy:1"]


async def test_a_card_number_is_masked_everywhere_and_the_report_kept(
    chat: Chat, stage: Stage
) -> None:
    spoken = await stage.simulator.say(W, "l01", f"第1项增长5.8%，经办人{NUMBER}")
    assert spoken.acknowledged
    await chat.player.settle()
    told = answers(stage, "l01")
    assert any("已遮盖" in text for text in told)
    assert any("已记录1项" in text for text in told)
    assert NUMBER not in await everything(stage)


async def test_an_office_may_want_nothing_kept_of_such_messages(chat: Chat, stage: Stage) -> None:
    async with stage.bot.store.unit_of_work(stage.clock.now()) as work:
        await work.registry.set_number_rule(stage.office_id, NumberRule.QUARANTINE)
    await chat.play(f"l01：第1项增长5.8%，经办人{NUMBER}\n  → 没有记录 … 身份证号")
    assert "5.8%" not in await everything(stage)


async def test_a_marked_form_is_not_stored(chat: Chat, stage: Stage) -> None:
    book, stream = openpyxl.Workbook(), io.BytesIO()
    for row in (("序号", "事项", "进展情况"), ("1", "甲", "【秘密】完成60%")):
        book.worksheets[0].append(row)
    book.save(stream)
    await stage.simulator.send_file(W, "l01", "file", stream.getvalue(), name="a.xlsx")
    await chat.player.settle()
    assert "没有收下：带有密级" in answers(stage, "l01")[-1]
    folder = stage.bot.settings.data_folder / "attachments"
    assert [path for path in folder.rglob("*") if path.is_file()] == []


async def test_nothing_marked_goes_out(chat: Chat, stage: Stage) -> None:
    address = Address(channel=CHANNELS[W], kind=AddressKind.PERSON, target="l01")
    notice = OutgoingMessage(
        key="test", kind=OutgoingKind.NOTICE, address=address, text="【秘密】请报第1项"
    )
    async with stage.bot.store.unit_of_work(stage.clock.now()) as work:
        await work.outbox.write(stage.office_id, notice, about=())
    await chat.player.settle()
    assert answers(stage, "l01") == []
    async with stage.bot.store.unit_of_work(stage.clock.now()) as work:
        assert [one.kind for one in await work.alarms.all(stage.office_id)] == ["delivery:secrecy"]
