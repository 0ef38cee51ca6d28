"""The attachments of an office's reports: listing them, and taking them out for the file."""

import asyncio
import csv
import re
from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from bot.app import choose_clock
from bot.attachments import open_files
from bot.commands.administration import OfficeName, office_id_of
from bot.commands.planning import read_month
from bot.commands.terminal import remarks, run, screen, settings_and_logs, show, with_store
from bot.settings import Settings
from reporting.attachment import PhotoRule
from reporting.errors import UserMistake
from reporting.wording import code_list
from storage.filing import Filed, list_filed
from storage.unit_of_work import Store

UNSAFE = re.compile(r"[^\w（）()-]+")  # what no file system minds in a name
INDEX = "目录.csv"
HEADINGS: tuple[str, ...] = ("文件", "时间", "单位", "联络员", "事项", "原名", "SHA-256")
Month = Annotated[str, typer.Option(help="只要这个月报送的，如 2026-06；不填为全部")]


def attachments() -> typer.Typer:
    """The `attachment` commands."""
    app = typer.Typer(no_args_is_help=True)
    app.command("list")(list_attachments)
    app.command("export")(export)
    app.command("photos")(set_photo_rule)
    return app


def set_photo_rule(
    office: Annotated[str, typer.Argument(help="督查室名称")],
    rule: Annotated[PhotoRule, typer.Argument(help="strip 去掉拍摄地点和设备，keep 原样保留")],
) -> None:
    """照片里的拍摄地点和设备信息怎么办；不设置时去掉。

    例：liaison-bot attachment photos 青河县人民政府督查室 keep
    """
    settings = settings_and_logs()

    async def work(store: Store) -> None:
        async with store.unit_of_work(choose_clock(settings).now()) as unit:
            office_id = await office_id_of(unit, office)
            await unit.registry.set_photo_rule(office_id, rule)
            details = {"rule": rule.value}
            await unit.audit.note(office_id, "operator", "photo_rule_set", "office", details)
        said = "原样保留拍摄地点" if rule is PhotoRule.KEEP else "去掉拍摄地点"
        screen().print(f"已保存：{office}，照片{said}。")

    run(with_store(settings, work))


def list_attachments(office: OfficeName, month: Month = "") -> None:
    """列出附件：时间、单位、事项、类型、大小。

    例：liaison-bot attachment list --office 青河县人民政府督查室 --month 2026-06
    """
    settings = settings_and_logs()

    async def work(store: Store) -> Sequence[Filed]:
        return await _filed(store, settings, office, month)

    table = Table("编号", "时间", "单位", "联络员", "事项", "类型", "KB", "原名")
    for one in run(with_store(settings, work)):
        received = one.received_at.astimezone(settings.timezone).strftime("%m-%d %H:%M")
        codes = code_list(one.codes) if one.codes else "（未附在填报上）"
        told = ("、".join(one.units), one.sender, codes, one.content_type)
        size = str(-(-one.size // 1024))
        table.add_row(str(one.id), received, *map(escape, told), size, escape(one.name))
    show(table, "没有附件。")


def export(
    office: OfficeName,
    to: Annotated[Path, typer.Option(help="导出到这个文件夹", file_okay=False)],
    month: Month = "",
) -> None:
    """把附件按事项和单位命名导出到文件夹，另写一份目录。

    例：liaison-bot attachment export --office 青河县人民政府督查室 --month 2026-06 --to 六月附件
    """
    settings = settings_and_logs()

    async def work(store: Store) -> tuple[int, list[str]]:
        filed = await _filed(store, settings, office, month, exported=True)
        return await take_out(settings, filed, to)

    count, lost = run(with_store(settings, work))
    for path in lost:
        remarks().print(f"[yellow]缺失[/] {escape(path)}")
    screen().print(f"已导出附件{count}个到{to}。")


async def _filed(
    store: Store, settings: Settings, office: str, month: str, *, exported: bool = False
) -> Sequence[Filed]:
    async with store.unit_of_work(choose_clock(settings).now()) as unit:
        office_id = await office_id_of(unit, office)
        found = await list_filed(unit.connection, office_id, read_month(month) if month else None)
        if exported:
            details = {"month": month, "count": len(found)}
            subject = f"office:{office_id}"
            await unit.audit.note(office_id, "operator", "attachments_exported", subject, details)
        return found


async def take_out(
    settings: Settings, filed: Sequence[Filed], folder: Path
) -> tuple[int, list[str]]:
    """Write the files and their index: how many, and the paths of those that are lost."""
    files, lost = open_files(settings), []
    try:
        await asyncio.to_thread(folder.mkdir, parents=True, exist_ok=True)
        index = [HEADINGS]
        for one in filed:
            data = await files.get(one.path)
            if data is None:
                lost.append(one.path)
                continue
            name = file_name(one, settings)
            await asyncio.to_thread((folder / name).write_bytes, data)
            index.append(_line(one, name, settings))
        await asyncio.to_thread(_write_index, folder / INDEX, index)
    except OSError as fault:
        raise UserMistake(f"文件夹 {folder} 写不进：请检查路径、空间和权限。") from fault
    return len(filed) - len(lost), lost


def file_name(one: Filed, settings: Settings) -> str:
    """第12项_县住建局_0608-1030_17.jpg: what it is about, from whom, when, and its number."""
    at = one.received_at.astimezone(settings.timezone).strftime("%m%d-%H%M")
    about = code_list(one.codes) if one.codes else "未附"
    parts = (about, "、".join(one.units), at, str(one.id))
    stem = "_".join(UNSAFE.sub("-", part)[:60] for part in parts)
    return stem + PurePosixPath(one.path).suffix


def _line(one: Filed, name: str, settings: Settings) -> tuple[str, ...]:
    at = one.received_at.astimezone(settings.timezone).strftime("%Y-%m-%d %H:%M")
    units, codes = "、".join(one.units), "、".join(one.codes)
    return (name, at, units, one.sender, codes, one.name, one.sha256)


def _write_index(path: Path, lines: Sequence[tuple[str, ...]]) -> None:
    """With the mark by which Excel knows that it is UTF-8; no cell begins a formula."""
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        for line in lines:
            csv.writer(stream).writerow(
                f"'{cell}" if cell[:1] in {"=", "+", "-", "@"} else cell for cell in line
            )
