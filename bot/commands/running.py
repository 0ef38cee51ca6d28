"""Running the bot: `run`, `demo`, `migrate`, `new-key`."""

import asyncio
import shutil
import signal
from typing import Annotated

import typer
from rich.table import Table

from bot.app import Role, open_bot, working
from bot.commands.terminal import progress_bar, remarks, run, screen, settings_and_logs, with_store
from bot.demo.month import Played, moments, play_month
from bot.demo.script import read_script
from bot.demo.stage import BEGINNING, SAMPLE, seat_overseers, set_stage
from bot.embedded import open_servers
from bot.memory import settle
from bot.settings import Settings
from storage.seal import new_key
from storage.unit_of_work import Store

# A bot started together with its database, or while that restarts, waits for it.
START_PATIENCE = 120.0


def serve(
    role: Annotated[
        Role, typer.Option(help="all：全部；web：只收回调；worker：只处理作业")
    ] = Role.ALL,
) -> None:
    """启动机器人。

    例：liaison-bot run --role web
    """
    settings = settings_and_logs()
    run(_serve(settings, role))


async def _serve(settings: Settings, role: Role) -> None:
    opening = open_bot(settings, patience=START_PATIENCE)
    async with opening as bot, working(bot, role) as address:
        settle()
        if address:
            remarks().print(f"机器人已启动，回调地址：{address}/callbacks/<通道名>")
        await until_told_to_stop()


async def until_told_to_stop() -> None:
    """Wait for Ctrl-C or SIGTERM."""
    told = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, told.set)
    await told.wait()


def demo(
    unattended: Annotated[bool, typer.Option(help="不用人操作，自动演完一个月并核对台账")] = False,
    port: Annotated[int, typer.Option(help="演示网页的端口，0 为任意空闲端口")] = 8765,
    fresh: Annotated[bool, typer.Option(help="放弃上次的演示数据，从头开始")] = False,
) -> None:
    """演示：样例督查室、模拟的企业微信和钉钉、可拨动的时钟。

    例：liaison-bot demo --unattended
    """
    settings = settings_and_logs()
    folder = settings.data_folder / ("unattended" if unattended else "demo")
    settings = settings.model_copy(
        update={"data_folder": folder, "port": 0, "clock_file": folder / "clock"}
    )
    run(_play(settings) if unattended else _show(settings, port, fresh=fresh))


async def _show(settings: Settings, port: int, *, fresh: bool) -> None:
    if fresh:
        await asyncio.to_thread(start_afresh, settings)
    async with set_stage(settings, simulator_port=port) as stage:
        await seat_overseers(stage)
        screen().print(f"\n演示网页：[bold]{stage.simulator.base_url}/[/]（按 Ctrl-C 结束）\n")
        await until_told_to_stop()


async def _play(settings: Settings) -> None:
    await asyncio.to_thread(start_afresh, settings)
    lines = read_script(SAMPLE / "month.jsonl")
    async with set_stage(settings) as stage:
        until = lines[-1].at
        with progress_bar("演示一个月", len(moments(BEGINNING, lines, until))) as step:
            played = await play_month(stage, lines, step)
    _print_summary(played)
    if played.differences:
        for difference in played.differences:
            remarks().print(f"[red]不一致[/] {difference}")
        raise typer.Exit(1)
    screen().print(f"台账{played.recorded}项与联络员所报完全一致。")


def start_afresh(settings: Settings) -> None:
    """Forget an earlier demonstration: its database and its clock."""
    if settings.data_folder.exists():
        # A demonstration that was killed may have left its servers running there.
        with open_servers(settings):
            pass
        shutil.rmtree(settings.data_folder)


def _print_summary(played: Played) -> None:
    counted = played.statistics
    table = Table(title="演示月汇总", show_header=False)
    reminders = "，".join(f"{step} {count}人" for step, count in counted.reminders.items())
    deliveries = "，".join(f"{state} {count}" for state, count in counted.deliveries.items())
    rows = (
        ("收到回调", played.callbacks),
        ("其中重复丢弃", played.callbacks - counted.messages),
        ("记录进展（版次）", counted.reports),
        ("撤回", counted.withdrawn),
        ("提问", counted.asked),
        ("提问得到编号答复", counted.answered),
        ("分级提醒", reminders),
        ("送达人数", counted.reached),
        ("群内摘要", counted.digests),
        ("发送结果", deliveries),
    )
    for name, value in rows:
        table.add_row(name, str(value))
    screen().print(table)


def migrate_database() -> None:
    """把数据库结构升级到最新（启动时也会自动执行）。

    例：DATABASE_URL=postgresql://… liaison-bot migrate
    """

    async def nothing_more(_: Store) -> None:
        screen().print("数据库结构已是最新。")

    run(with_store(settings_and_logs(), nothing_more))


def print_new_key() -> None:
    """生成一个密钥，供 LIAISON_SECRET_KEY 使用。

    例：export LIAISON_SECRET_KEY=$(liaison-bot new-key)
    """
    screen().print(new_key())
