"""Administration: offices, channels and liaisons."""

import json
import re
from dataclasses import replace
from datetime import time
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from bot.app import choose_clock
from bot.channels import read_channel_settings
from bot.commands.doctor import inspect_channel
from bot.commands.terminal import run, screen, settings_and_logs, show, with_store
from bot.platforms.channel import group_names
from documents.directory_reader import read_directory
from reporting.errors import UserMistake
from reporting.messages import Platform
from reporting.round import RoundRules
from storage.channels import ChannelRow
from storage.roster import bind_liaison, list_liaisons
from storage.seal import Json
from storage.unit_of_work import PostgresUnitOfWork, Store

OfficeName = Annotated[
    str,
    typer.Option(
        "--office",
        envvar="LIAISON_OFFICE",
        default_factory=str,
        show_default=False,
        help="督查室名称；只有一个督查室时可不写",
    ),
]

MOST_NAMED = 5  # offices in one line of text

_CHANNEL_NAME = re.compile(r"[A-Za-z0-9_-]{1,64}")


def offices() -> typer.Typer:
    """The `office` commands."""
    app = typer.Typer(no_args_is_help=True)
    app.command("add")(save_office)
    app.command("list")(list_offices)
    return app


def channels() -> typer.Typer:
    """The `channel` commands."""
    app = typer.Typer(no_args_is_help=True)
    app.command("add")(save_channel)
    app.command("list")(list_channels)
    app.command("check")(inspect_channel)
    return app


def liaisons() -> typer.Typer:
    """The `liaison` commands."""
    app = typer.Typer(no_args_is_help=True)
    app.command("list")(show_liaisons)
    app.command("import")(import_directory)
    app.command("bind")(bind)
    return app


async def office_id_of(work: PostgresUnitOfWork, name: str) -> int:
    """The office's id; without a name that of the only one. UserMistake: none, or which one?"""
    if not name:
        return await _only_office(work)
    found = await work.registry.find(name)
    if found is None:
        raise UserMistake(f"没有名为“{name}”的督查室；用 liaison-bot office list 查看")
    return found


async def _only_office(work: PostgresUnitOfWork) -> int:
    known = await work.plans.offices()
    if not known:
        raise UserMistake("还没有督查室；先用 liaison-bot office add 建立")
    if len(known) > 1:
        names = "、".join(office.name for office in known[:MOST_NAMED])
        more = "等" if len(known) > MOST_NAMED else ""
        raise UserMistake(f"有{len(known)}个督查室，请用 --office 写明是哪一个：{names}{more}")
    return known[0].id


def save_office(
    name: Annotated[str, typer.Argument(help="督查室全称")],
    cutoff_day: Annotated[int | None, typer.Option(help="每月截止日，新建时默认 25")] = None,
    cutoff_time: Annotated[str | None, typer.Option(help="截止时刻，如 18:00")] = None,
    phone: Annotated[str | None, typer.Option(help="督查室电话，印在每条通知上")] = None,
    move_cutoff: Annotated[
        bool | None, typer.Option(help="截止日逢休息日是否提前到前一个工作日")
    ] = None,
) -> None:
    """建立督查室，或修改它的截止规则与电话；没写的选项保持原样。

    例：liaison-bot office add 青河县人民政府督查室 --cutoff-day 25 --phone 0539-0000000
    """
    settings = settings_and_logs()
    told = None if cutoff_time is None else read_time(cutoff_time)

    async def work(store: Store) -> None:
        async with store.unit_of_work(choose_clock(settings).now()) as unit:
            found = await unit.registry.find(name)
            held = None if found is None else await unit.plans.office(found)
            rules = held.rules if held else RoundRules(cutoff_day=25)
            rules = replace(
                rules,
                cutoff_day=cutoff_day or rules.cutoff_day,
                cutoff_time=told or rules.cutoff_time,
                move_to_working_day=(
                    rules.move_to_working_day if move_cutoff is None else move_cutoff
                ),
            )
            number = phone if phone is not None else (held.phone if held else "")
            await unit.registry.save_office(name, rules, number)
        cutoff = f"每月{rules.cutoff_day}日{rules.cutoff_time:%H:%M}截止"
        screen().print(f"已保存：{name}，{cutoff}，电话{number or '未填'}。")

    run(with_store(settings, work))


def read_time(text: str) -> time:
    """A time of day like 18:00; UserMistake says how to write it."""
    try:
        return time.fromisoformat(text)
    except ValueError:
        raise UserMistake(f"时刻“{text}”应写作 18:00") from None


def list_offices() -> None:
    """列出督查室。

    例：liaison-bot office list
    """
    settings = settings_and_logs()

    async def work(store: Store) -> None:
        table = Table("编号", "督查室", "每月截止", "电话")
        async with store.unit_of_work(choose_clock(settings).now()) as unit:
            for office in await unit.plans.offices():
                cutoff = f"{office.rules.cutoff_day}日 {office.rules.cutoff_time:%H:%M}"
                table.add_row(str(office.id), office.name, cutoff, office.phone)
        show(table, "还没有督查室；用 liaison-bot office add 建立。")

    run(with_store(settings, work))


def save_channel(
    name: Annotated[str, typer.Argument(help="通道名，即回调地址的最后一段，宜不易猜到")],
    office: OfficeName,
    platform: Annotated[Platform, typer.Option(help="wecom、aibot（智能机器人）或 dingtalk")],
    settings_file: Annotated[
        Path,
        typer.Option("--settings", help="通道设置 JSON 文件（含密钥，用后请删除）", exists=True),
    ],
    groups: Annotated[
        list[str] | None, typer.Option("--leaders", help="收摘要的领导群名，可多次填写")
    ] = None,
) -> None:
    """接入一个企业微信应用或钉钉机器人，或更换它的设置。

    例：liaison-bot channel add qinghe-wx-7f3a --office 青河县人民政府督查室 --platform wecom
    --settings wecom.json --leaders 县政府领导工作群
    """
    settings = settings_and_logs()

    if not _CHANNEL_NAME.fullmatch(name):
        raise typer.BadParameter(
            f"通道名“{name}”是回调地址的一段，只能用英文字母、数字、短横和下划线"
        )

    async def work(store: Store) -> None:
        content = read_json(settings_file)
        checked = read_channel_settings(platform, name, content)
        missing = sorted(set(groups or ()) - set(group_names(checked)))
        if missing:
            raise UserMistake(f"设置文件的 groups 里没有这些群：{'、'.join(missing)}")
        async with store.unit_of_work(choose_clock(settings).now()) as unit:
            office_id = await office_id_of(unit, office)
            row = ChannelRow(name=name, office_id=office_id, platform=platform, settings=content)
            await unit.channels.save(row, groups or [])
            await unit.channels.bind_all(office_id)
        screen().print(f"已保存通道{name}。回调地址：https://<本机域名>/callbacks/{name}")
        if not groups:
            screen().print("没有写 --leaders：截止时不向领导群发摘要。")

    run(with_store(settings, work))


def read_json(path: Path) -> dict[str, Json]:
    """A JSON object in a file; UserMistake where it is none."""
    try:
        content = json.loads(path.read_text("utf-8"))
    except ValueError as fault:
        raise UserMistake(f"{path} 不是有效的 JSON：{_place(fault)}") from None
    if not isinstance(content, dict):
        raise UserMistake(f"{path} 应是一个 JSON 对象")
    return content


def _place(fault: ValueError) -> str:
    """Where a JSON text goes wrong, in words."""
    if not isinstance(fault, json.JSONDecodeError):
        return "请存为 UTF-8 编码"
    return f"第{fault.lineno}行第{fault.colno}个字附近，请检查逗号、引号和括号"


def list_channels() -> None:
    """列出通道（不显示密钥）。

    例：liaison-bot channel list
    """
    settings = settings_and_logs()

    async def work(store: Store) -> None:
        table = Table("通道", "平台", "督查室编号", "群")
        async with store.unit_of_work(choose_clock(settings).now()) as unit:
            for row in await unit.channels.all():
                checked = read_channel_settings(row.platform, row.name, row.settings)
                groups = "、".join(group_names(checked))
                table.add_row(row.name, row.platform.value, str(row.office_id), groups)
        show(table, "还没有通道；用 liaison-bot channel add 接入。")

    run(with_store(settings, work))


def show_liaisons(office: OfficeName) -> None:
    """列出联络员和他们绑定的账号。

    例：liaison-bot liaison list --office 青河县人民政府督查室
    """
    settings = settings_and_logs()

    async def work(store: Store) -> None:
        table = Table("编号", "姓名", "单位", "账号", "失效账号")
        async with store.unit_of_work(choose_clock(settings).now()) as unit:
            office_id = await office_id_of(unit, office)
            for line in await list_liaisons(unit.connection, office_id):
                bound = "、".join(line.accounts) or "未绑定"
                lost = "、".join(line.stale)
                table.add_row(line.key, line.name, "、".join(line.units), bound, lost)
        show(table, "还没有联络员；用 liaison-bot liaison import 导入通讯录。")

    run(with_store(settings, work))


def import_directory(
    file: Annotated[Path, typer.Argument(help="通讯录 xlsx", exists=True)], office: OfficeName
) -> None:
    """导入或更新通讯录（单位简称、联络员账号、领导）。

    例：liaison-bot liaison import 通讯录.xlsx --office 青河县人民政府督查室
    """
    settings = settings_and_logs()

    async def work(store: Store) -> None:
        directory = read_directory(file)
        async with store.unit_of_work(choose_clock(settings).now()) as unit:
            office_id = await office_id_of(unit, office)
            await unit.registry.save_directory(office_id, directory)
            await unit.channels.bind_all(office_id)
            await unit.registry.touch(office_id)
        screen().print(f"已导入{len(directory.liaisons)}名联络员、{len(directory.units)}个单位。")

    run(with_store(settings, work))


def bind(
    key: Annotated[str, typer.Argument(help="联络员编号，见 liaison list")],
    channel: Annotated[str, typer.Argument(help="通道名")],
    user_id: Annotated[str, typer.Argument(help="平台上的账号")],
    office: OfficeName,
) -> None:
    """把平台账号绑定到联络员。

    例：liaison-bot liaison bind l01 qinghe-wx-7f3a zhangsan --office 青河县人民政府督查室
    """
    settings = settings_and_logs()

    async def work(store: Store) -> None:
        async with store.unit_of_work(choose_clock(settings).now()) as unit:
            office_id = await office_id_of(unit, office)
            if not any(row.name == channel for row in await unit.channels.all()):
                raise UserMistake(f"没有名为“{channel}”的通道；用 liaison-bot channel list 查看")
            if not await bind_liaison(unit.connection, office_id, key, channel, user_id):
                raise UserMistake(f"没有编号为“{key}”的联络员；用 liaison-bot liaison list 查看")
        screen().print(f"已把{channel}上的{user_id}绑定到联络员{key}。")

    run(with_store(settings, work))
