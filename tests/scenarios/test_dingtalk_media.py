"""Pictures, files and voice on DingTalk: fetched by their code at once, kept with the report."""

import hashlib

import pytest
import sqlalchemy as sa

from bot.demo.stage import GROUP, Stage
from reporting.attachment import PhotoRule
from reporting.messages import Platform
from simulator.fault import Endpoint, Fault, FaultKind
from storage.database import transaction
from tests.scenarios.chat import Chat
from tests.scenarios.test_attachments import PHOTO, workbook
from tests.unit.test_photo import POSITION, SCAN, exif

D = Platform.DINGTALK
SECOND = b"\xff\xd8" + exif(1) + b"\xff\xe2\x00\x04ab" + SCAN
PDF = b"%PDF-1.7 report"


@pytest.fixture
def person(stage: Stage) -> str:
    """A liaison on DingTalk."""
    return stage.simulator.people(D)[0].user_id


@pytest.fixture
async def codes(stage: Stage, person: str) -> list[str]:
    """The codes of the tasks his units lead."""
    async with stage.bot.store.unit_of_work(stage.clock.now()) as work:
        found = await work.people.correspondent("demo-dingtalk", person)
        assert found is not None
        planned = await work.registry.open_tasks(stage.office_id, 2026)
    return [p.task.code for p in planned if set(p.task.leads) & set(found.liaison.units)]


async def kept(stage: Stage) -> list[tuple[object, ...]]:
    """Every attachment: its path, hash, type, and whether it belongs to a report."""
    columns = "path, sha256, content_type, report_inbox_id IS NOT NULL"
    async with transaction(stage.bot.store.engine) as connection:
        rows = await connection.execute(sa.text(f"SELECT {columns} FROM attachments ORDER BY id"))
        return [tuple(row) for row in rows]


async def send(chat: Chat, person: str, kind: str, data: bytes, name: str = "") -> str:
    """A person sends a file; what the bot answered."""
    spoken = await chat.stage.simulator.send_file(D, person, kind, data, name=name)
    assert spoken.acknowledged
    await chat.player.settle()
    return chat.stage.simulator.chat.with_person(D, person)[-1].text


async def write(chat: Chat, person: str, text: str, *pictures: bytes, group: str = "") -> str:
    """A person writes a rich text with pictures in it; what the bot answered."""
    simulator = chat.stage.simulator
    pieces: list[dict[str, str]] = [{"text": text}]
    for data in pictures:
        code = simulator.stage.media.put(data, "p.jpg", chat.stage.clock.now())
        pieces.append({"type": "picture", "downloadCode": code, "pictureDownloadCode": "p"})
    content = {"content": {"richText": pieces}}
    spoken = await simulator.send(D, person, "richText", content, group=group or None)
    assert spoken.acknowledged
    await chat.player.settle()
    return simulator.chat.messages[-1].text


async def test_a_photograph_is_fetched_by_its_code_and_loses_its_position(
    chat: Chat, stage: Stage, person: str, codes: list[str]
) -> None:
    await chat.play(f"{person}：第{codes[0]}项完成60%\n  → 已记录1项")
    assert f"附在：第{codes[0]}项" in await send(chat, person, "picture", PHOTO)
    [(path, digest, _, belongs)] = await kept(stage)
    data = (stage.bot.settings.data_folder / str(path)).read_bytes()
    assert belongs
    assert POSITION not in data
    assert hashlib.sha256(data).hexdigest() == digest
    assert stage.simulator.stage.calls[Endpoint.DINGTALK_FILE] == 1


async def test_an_office_may_ask_for_the_place_a_photograph_was_taken_at(
    chat: Chat, stage: Stage, person: str
) -> None:
    async with stage.bot.store.unit_of_work(stage.clock.now()) as work:
        await work.registry.set_photo_rule(stage.office_id, PhotoRule.KEEP)
    await send(chat, person, "picture", PHOTO)
    [(path, *_)] = await kept(stage)
    assert (stage.bot.settings.data_folder / str(path)).read_bytes() == PHOTO


async def test_what_comes_with_marked_words_is_not_even_fetched(
    chat: Chat, stage: Stage, person: str, codes: list[str]
) -> None:
    assert "保密规定" in await write(chat, person, f"机密★ 第{codes[0]}项完成60%", PHOTO)
    assert stage.simulator.stage.calls[Endpoint.DINGTALK_MEDIA] == 0
    assert await kept(stage) == []


async def test_all_pictures_of_a_rich_text_join_the_report_in_it(
    chat: Chat, stage: Stage, person: str, codes: list[str]
) -> None:
    told = await write(chat, person, f"第{codes[0]}项完成60%，见图", PHOTO, SECOND, PHOTO)
    assert "已记录1项" in told
    assert "已附上您发来的文件2个" in told
    assert [belongs for *_, belongs in await kept(stage)] == [True, True]


async def test_pictures_beside_words_that_report_nothing_join_the_report_before(
    chat: Chat, stage: Stage, person: str, codes: list[str]
) -> None:
    await chat.play(f"{person}：第{codes[0]}项完成60%\n  → 已记录1项")
    assert "图片2张" in await write(chat, person, "照片", PHOTO, SECOND)
    assert [belongs for *_, belongs in await kept(stage)] == [True, True]


async def test_a_report_is_recorded_though_its_picture_is_not_taken(
    chat: Chat, stage: Stage, person: str, codes: list[str]
) -> None:
    stage.simulator.misbehave(
        Fault(kind=FaultKind.REFUSED, endpoint=Endpoint.DINGTALK_FILE, times=None)
    )
    told = await write(chat, person, f"第{codes[0]}项完成60%", PHOTO)
    assert "已记录1项" in told
    assert "图片没有收下" in told
    assert await kept(stage) == []


async def test_files_forms_and_recordings_are_kept_and_heard_words_are_read(
    chat: Chat, stage: Stage, person: str, codes: list[str]
) -> None:
    assert "已收到文件" in await send(chat, person, "file", PDF, "报告.pdf")
    form = workbook(("序号", "工作事项", "进展情况", "存在问题"), (codes[0], "甲", "完成60%", None))
    assert "已记录1项" in await send(chat, person, "file", form, "六月进展.xlsx")
    assert "已收到语音" in await send(chat, person, "audio", b"#!AMR recording")
    types = [content_type for _, _, content_type, _ in await kept(stage)]
    assert types == ["application/pdf", "application/vnd.openxmlformats", "audio/amr"]
    heard = {"content": {"recognition": f"第{codes[1]}项完成百分之七十", "downloadCode": "x"}}
    await stage.simulator.send(D, person, "audio", heard)
    await chat.player.settle()
    assert "已记录1项" in stage.simulator.chat.with_person(D, person)[-1].text
    assert len(await kept(stage)) == 3


@pytest.mark.parametrize("endpoint", [Endpoint.DINGTALK_MEDIA, Endpoint.DINGTALK_FILE])
@pytest.mark.parametrize("kind", [FaultKind.SERVER_ERROR, FaultKind.HTML])
async def test_a_file_is_fetched_again_after_a_bad_answer_and_kept_once(
    chat: Chat, stage: Stage, person: str, endpoint: Endpoint, kind: FaultKind
) -> None:
    stage.simulator.misbehave(Fault(kind=kind, endpoint=endpoint))
    stage.simulator.misbehave(Fault(kind=FaultKind.DUPLICATE, endpoint=Endpoint.DINGTALK_CALLBACK))
    assert "已收到图片" in await send(chat, person, "picture", PHOTO)
    assert len(await kept(stage)) == 1


async def test_an_expired_code_and_an_expired_token_are_told_apart(
    chat: Chat, stage: Stage, person: str
) -> None:
    media = Endpoint.DINGTALK_MEDIA
    stage.simulator.misbehave(Fault(kind=FaultKind.EXPIRED_TOKEN, endpoint=media))
    assert "已收到图片" in await send(chat, person, "picture", PHOTO)
    code = "invalidParameter.downloadCode"
    stage.simulator.misbehave(Fault(kind=FaultKind.REFUSED, endpoint=media, code=code))
    assert "取不到" in await send(chat, person, "picture", SECOND)


async def test_a_picture_that_a_group_swallowed_is_asked_for_in_private(
    chat: Chat, stage: Stage, person: str, codes: list[str]
) -> None:
    simulator = stage.simulator
    await simulator.say(D, person, f"第{codes[0]}项完成60%，见图", group=GROUP)
    await chat.player.settle()
    told = simulator.chat.in_group(D, GROUP)[-1].text
    assert "已记录1项" in told
    assert "单独（一对一）发给我" in told
    await simulator.say(D, person, "现场情况见附件", group=GROUP)
    await chat.player.settle()
    assert "单独（一对一）发给我" in simulator.chat.in_group(D, GROUP)[-1].text
    assert "一对一" not in await write(chat, person, f"第{codes[1]}项完成60%，见图", PHOTO)
