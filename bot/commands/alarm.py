"""Alarms: what the platforms say an operator must see to."""

from typing import Annotated

import typer
from rich.table import Table

from bot.app import choose_clock
from bot.commands.administration import OfficeName, office_id_of
from bot.commands.terminal import run, settings_and_logs, show, with_store
from reporting.errors import UserMistake
from storage.unit_of_work import Store


def show_alarms(
    office: OfficeName,
    everything: Annotated[bool, typer.Option("--all", help="连已解除的一起列出")] = False,
    done: Annotated[int | None, typer.Option(help="解除这个编号的告警")] = None,
) -> None:
    """列出需要人处理的告警：应用将被停用、IP 不可信、密钥失效等。

    例：liaison-bot alarms --office 青河县人民政府督查室
    """
    settings = settings_and_logs()

    async def work(store: Store) -> None:
        table = Table("编号", "时间", "通道", "类型", "说明", "解除")
        async with store.unit_of_work(choose_clock(settings).now()) as work:
            office_id = await office_id_of(work, office)
            if done is not None and not await work.alarms.settle_one(office_id, done):
                raise UserMistake(f"没有编号为{done}的未解除告警")
            for alarm in await work.alarms.all(office_id, settled=everything):
                raised = f"{alarm.raised_at.astimezone(settings.timezone):%m-%d %H:%M}"
                over = "已解除" if alarm.settled_at else ""
                table.add_row(str(alarm.id), raised, alarm.channel, alarm.kind, alarm.detail, over)
        show(table, "没有告警。")

    run(with_store(settings, work))
