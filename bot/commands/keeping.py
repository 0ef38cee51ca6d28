"""Keeping the data, and not keeping it: `backup`, `restore`, `office forget`."""

from pathlib import Path
from typing import Annotated

import typer

from bot import backup
from bot.app import choose_clock
from bot.attachments import open_files
from bot.commands.administration import OfficeName, office_id_of
from bot.commands.terminal import remarks, run, screen, settings_and_logs, with_store
from bot.embedded import open_servers
from bot.forgetting import Forgetter
from storage.unit_of_work import Store


def back_up(
    file: Annotated[Path, typer.Argument(help="备份文件，不能已经存在")],
) -> None:
    """备份数据库和附件，机器人不必停下。密钥不在其中，请另行保管。

    例：liaison-bot backup /backup/2026-06-30.tar
    """
    settings = settings_and_logs()
    with open_servers(settings, progress=remarks().print) as servers:
        kept = run(backup.back_up(servers.database_url, open_files(settings), file))
    screen().print(f"已备份到{file}：{_described(kept)}。")


def restore(
    file: Annotated[Path, typer.Argument(help="备份文件")],
) -> None:
    """把备份恢复到一个空的数据库，逐表核对行数与校验和。

    例：DATABASE_URL=postgresql://…/new liaison-bot restore /backup/2026-06-30.tar
    """
    settings = settings_and_logs()
    with open_servers(settings, progress=remarks().print) as servers:
        kept = run(backup.restore(servers.database_url, open_files(settings), file))
    screen().print(f"已恢复，逐表核对一致：{_described(kept)}。")


def forget(
    office: OfficeName,
    dry_run: Annotated[bool, typer.Option(help="只数一数，不删除")] = False,
) -> None:
    """删除不属于任何任务的旧消息（闲聊、命令及其答复）；台账、卷宗和留痕永久保留。

    期限用 office set keep_months=月数 设定，机器人每天夜里自动执行；不设则全部保留。

    例：liaison-bot office forget --office 青河县人民政府督查室 --dry-run
    """
    settings = settings_and_logs()

    async def work(store: Store) -> None:
        forgetter = Forgetter(store=store, clock=choose_clock(settings))
        async with store.unit_of_work(forgetter.clock.now()) as unit:
            held = await unit.plans.office(await office_id_of(unit, office))
        gone = await (forgetter.count(held) if dry_run else forgetter.forget(held))
        verb = "可以删除" if dry_run else "已删除"
        screen().print(f"{verb}：收到的消息{gone.messages}条，发出的消息{gone.sendings}条。")

    run(with_store(settings, work))


def _described(kept: backup.Manifest) -> str:
    return f"{len(kept)}张表，共{sum(count for count, _ in kept.values())}行"
