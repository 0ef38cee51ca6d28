"""Pictures, files and forms in chat: kept with the report they belong to."""

import hashlib
import io
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import openpyxl
import pytest
import sqlalchemy as sa

from bot.demo.stage import Stage
from reporting.attachment import MOST_BYTES
from reporting.messages import Platform
from simulator.fault import Endpoint, Fault, FaultKind
from storage.database import transaction
from tests.faults.trouble import LeftOut, small_disk, write_all_there_is
from tests.scenarios.chat import Chat
from tests.support.town_at_work import until
from tests.unit.test_film import PLACE, box, film, track
from tests.unit.test_photo import POSITION, SCAN, exif

W = Platform.WECOM
PHOTO = b"\xff\xd8" + exif(6) + SCAN


async def send(chat: Chat, person: str, kind: str, data: bytes, name: str = "") -> str:
    """A person sends a file; what the bot answered."""
    spoken = await chat.stage.simulator.send_file(W, person, kind, data, name=name)
    assert spoken.acknowledged
    await chat.player.settle()
    return chat.stage.simulator.chat.with_person(W, person)[-1].text


async def kept(stage: Stage) -> list[tuple[object, ...]]:
    """Every attachment: its path, hash, whether it belongs to a report."""
    columns = "path, sha256, report_inbox_id IS NOT NULL"
    async with transaction(stage.bot.store.engine) as connection:
        rows = await connection.execute(sa.text(f"SELECT {columns} FROM attachments ORDER BY id"))
        return [tuple(row) for row in rows]


@contextmanager
def no_room(folder: Path) -> Iterator[None]:
    """A full disk in a folder's place; where none may be mounted, something else in its way."""
    with ExitStack() as stack:
        try:
            disk = stack.enter_context(small_disk(1))
        except LeftOut:
            folder.write_text("in the way")
        else:
            write_all_there_is(disk / "filler")
            folder.symlink_to(disk)
        yield
        folder.unlink()


async def alarms(stage: Stage) -> list[str]:
    """What the operator is alarmed of."""
    async with stage.bot.store.unit_of_work(stage.clock.now()) as work:
        return [alarm.detail for alarm in await work.alarms.all(stage.office_id)]


def person_of(stage: Stage) -> str:
    """A liaison on WeCom."""
    return stage.simulator.people(W)[0].user_id


def workbook(*rows: tuple[str | None, ...]) -> bytes:
    """An Excel file with these rows."""
    book, stream = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.worksheets[0].append(row)
    book.save(stream)
    return stream.getvalue()


async def own_codes(stage: Stage, person: str) -> list[str]:
    """The codes of the tasks a liaison's units lead."""
    async with stage.bot.store.unit_of_work(stage.clock.now()) as work:
        found = await work.people.correspondent("demo-wecom", person)
        assert found is not None
        planned = await work.registry.open_tasks(stage.office_id, 2026)
    return [p.task.code for p in planned if set(p.task.leads) & set(found.liaison.units)]


async def test_a_photograph_joins_the_report_before_it_without_its_position(
    chat: Chat, stage: Stage
) -> None:
    person = person_of(stage)
    code = (await own_codes(stage, person))[0]
    await chat.play(f"{person}：第{code}项完成60%\n  → 已记录1项")
    assert f"附在：第{code}项" in await send(chat, person, "image", PHOTO)
    [(path, digest, belongs)] = await kept(stage)
    data = (stage.bot.settings.data_folder / str(path)).read_bytes()
    assert belongs
    assert POSITION not in data
    assert hashlib.sha256(data).hexdigest() == digest
    assert Path(str(path)).parts[:2] == ("attachments", str(stage.office_id))


async def test_a_film_loses_its_position_or_is_not_taken(chat: Chat, stage: Stage) -> None:
    person = person_of(stage)
    told = film(box(b"udta", box(b"\xa9xyz", PLACE)))
    assert "已收到文件" in await send(chat, person, "video", told)
    [(path, _, _)] = await kept(stage)
    data = (stage.bot.settings.data_folder / str(path)).read_bytes()
    assert (len(data), PLACE in data) == (len(told), False)
    measured = film(track(b"meta", described=b"gpmd"))
    assert "视频里逐秒记着拍摄地点" in await send(chat, person, "video", measured)
    assert "视频已损坏" in await send(chat, person, "video", told[:-1])
    assert len(await kept(stage)) == 1


async def test_a_photograph_there_is_no_room_for_waits_and_the_operator_is_told_why(
    chat: Chat, stage: Stage
) -> None:
    person = person_of(stage)
    with no_room(stage.bot.settings.data_folder / "attachments"):
        spoken = await stage.simulator.send_file(W, person, "image", PHOTO)
        assert spoken.acknowledged

        async def is_told() -> bool:
            return bool(await alarms(stage))

        await until(is_told)
        [told] = await alarms(stage)
        assert told.startswith("附件存不下：")
        assert "请" in told
        assert await kept(stage) == []
    await chat.player.settle()
    assert "已收到图片" in stage.simulator.chat.with_person(W, person)[-1].text
    assert len(await kept(stage)) == 1
    assert await alarms(stage) == []


async def test_a_photograph_sent_first_waits_for_its_report(chat: Chat, stage: Stage) -> None:
    person = person_of(stage)
    code = (await own_codes(stage, person))[0]
    assert "再发一句话" in await send(chat, person, "image", PHOTO)
    await chat.play(f"{person}：第{code}项完成60%\n  → 已记录1项 … 已附上您发来的文件1个")
    assert [belongs for _, _, belongs in await kept(stage)] == [True]


async def test_a_progress_form_is_read_as_if_it_were_written(chat: Chat, stage: Stage) -> None:
    person = person_of(stage)
    first, second = (await own_codes(stage, person))[:2]
    form = workbook(
        ("2026年重点工作进展表",),
        ("序号", "工作事项", "进展情况", "存在问题"),
        (first, "甲", "完成60%", None),
        (second, "乙", "完成35%", "资金未到位"),
    )
    told = await send(chat, person, "file", form, "六月进展.xlsx")
    assert "已记录2项" in told
    assert "资金未到位" in told
    assert [belongs for _, _, belongs in await kept(stage)] == [True]


async def test_a_table_that_is_no_form_is_kept_as_a_file(chat: Chat, stage: Stage) -> None:
    told = await send(chat, person_of(stage), "file", workbook(("姓名", "电话")), "通讯录.xlsx")
    assert "已收到文件" in told


@pytest.mark.parametrize("data", [b"MZ\x90\x00 program", b"\xff\xd8 torn"])
async def test_what_is_not_taken_is_told_with_the_place_to_send_it(
    chat: Chat, stage: Stage, data: bytes
) -> None:
    told = await send(chat, person_of(stage), "file", data, "a.bin")
    assert "没有收下" in told
    assert "督查室" in told
    assert await kept(stage) == []


async def test_a_file_is_fetched_again_after_a_bad_answer_and_never_twice_kept(
    chat: Chat, stage: Stage
) -> None:
    stage.simulator.misbehave(Fault(kind=FaultKind.SERVER_ERROR, endpoint=Endpoint.WECOM_MEDIA))
    stage.simulator.misbehave(Fault(kind=FaultKind.DUPLICATE, endpoint=Endpoint.WECOM_CALLBACK))
    assert "已收到图片" in await send(chat, person_of(stage), "image", PHOTO)
    assert len(await kept(stage)) == 1


async def test_a_file_that_has_expired_on_the_platform_is_asked_for_again(
    chat: Chat, stage: Stage
) -> None:
    stage.simulator.misbehave(
        Fault(kind=FaultKind.REFUSED, endpoint=Endpoint.WECOM_MEDIA, code="40007")
    )
    assert "取不到" in await send(chat, person_of(stage), "image", PHOTO)


async def test_a_file_too_large_is_not_taken(chat: Chat, stage: Stage) -> None:
    large = b"\xff\xd8\xff" + bytes(MOST_BYTES)
    assert "超过20MB" in await send(chat, person_of(stage), "image", large)
