"""A picture or file sent by hand through a channel: to a group, or to one person."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from bot.app import choose_clock
from bot.channels import read_channel_settings
from bot.commands.terminal import run, screen, settings_and_logs, with_store
from bot.inspection import open_outside
from bot.platforms.channel import FileSender
from bot.platforms.registry import open_sender
from reporting.errors import UserMistake
from reporting.messages import Address, AddressKind, Delivery, DeliveryState
from reporting.ports import Clock
from storage.channels import ChannelRow
from storage.unit_of_work import Store


def post_file(
    name: Annotated[str, typer.Argument(help="通道名")],
    file: Annotated[Path, typer.Argument(help="图片或文件", exists=True, dir_okay=False)],
    group: Annotated[str, typer.Option(help="发到这个群（设置里的群名）")] = "",
    person: Annotated[str, typer.Option("--to", help="或发给这个账号")] = "",
) -> None:
    """把一张图片或一份文件（如通报、台账）发到群里或发给一个人，结果当场显示，不自动重发。

    例：liaison-bot channel post qinghe-wx-7f3a 六月通报.docx --group 县政府领导工作群
    """
    if bool(group) == bool(person):
        raise typer.BadParameter("请写 --group 或 --to，二者只写一个")
    settings = settings_and_logs()
    kind = AddressKind.GROUP if group else AddressKind.PERSON
    address = Address(channel=name, kind=kind, target=group or person)

    async def work(store: Store) -> Delivery:
        clock = choose_clock(settings)
        async with store.unit_of_work(clock.now()) as unit:
            rows = [row for row in await unit.channels.all() if row.name == name]
            if not rows:
                raise UserMistake(f"没有名为“{name}”的通道；用 liaison-bot channel list 查看")
            details = {"to": address.target, "file": file.name}
            subject = f"channel:{name}"
            # Noted before it goes out: what may have been sent must not go unrecorded.
            await unit.audit.note(rows[0].office_id, "operator", "file_posted", subject, details)
        return await _send(rows[0], address, file, clock)

    delivery = run(with_store(settings, work))
    if delivery.state is not DeliveryState.DELIVERED:
        screen().print(f"[bold red]没有确认送达[/]：{delivery.detail}（{delivery.code}）")
        raise typer.Exit(1)
    screen().print(f"已发给{address.target}：{file.name}")


async def _send(row: ChannelRow, address: Address, file: Path, clock: Clock) -> Delivery:
    async with open_outside(clock) as outside:
        sender = open_sender(read_channel_settings(row.platform, row.name, row.settings), outside)
        if not isinstance(sender, FileSender):
            raise UserMistake("这个通道不能发文件：目前只有企业微信自建应用可以")
        return await sender.send_file(address, file.name, await asyncio.to_thread(file.read_bytes))
