"""Keeping the data: `backup` and `restore`."""

from pathlib import Path
from typing import Annotated

import typer

from bot import backup
from bot.attachments import open_files
from bot.commands.terminal import remarks, run, screen, settings_and_logs
from bot.embedded import open_servers


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


def _described(kept: backup.Manifest) -> str:
    return f"{len(kept)}张表，共{sum(count for count, _ in kept.values())}行"
