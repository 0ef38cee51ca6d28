"""What every command shares: settings, logs, errors in words, progress bars."""

import asyncio
import os
import sys
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from contextlib import contextmanager
from typing import NoReturn, TypeVar

import typer
import uvloop
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn
from rich.table import Table

from bot.app import open_store
from bot.embedded import open_servers
from bot.settings import Settings, read_settings
from bot.telemetry import configure_logging
from reporting.errors import LiaisonBotError, UserMistake
from storage.unit_of_work import Store

T = TypeVar("T")

MISTAKE, TROUBLE = 2, 1
WIDE = 400  # columns; no table of ours is wider


def screen() -> Console:
    """Where answers go; into a pipe or a file as wide as they are."""
    fixed = sys.stdout.isatty() or "COLUMNS" in os.environ
    return Console(soft_wrap=True, highlight=False, width=None if fixed else WIDE)


def show(table: Table, nothing: str) -> None:
    """Print a table, or what to say where it has no row."""
    screen().print(table if table.row_count else nothing)


def remarks() -> Console:
    """Where progress and complaints go, so that answers can be piped."""
    return Console(stderr=True, soft_wrap=True, highlight=False)


def settings_and_logs() -> Settings:
    """The settings of this process, with logs set up as they say."""
    try:
        settings = read_settings()
    except LiaisonBotError as fault:
        give_up(fault)
    configure_logging(settings.log_level, settings.log_format)
    return settings


def run(work: Coroutine[object, object, T]) -> T:
    """Run to the end; what went wrong is said in one line, without a traceback."""
    try:
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            return runner.run(work)
    except LiaisonBotError as fault:
        give_up(fault)


def give_up(fault: LiaisonBotError) -> NoReturn:
    """Say what went wrong and leave: 2 where the person can mend it, else 1."""
    remarks().print(f"[bold red]错误：[/]{fault}", markup=True)
    raise typer.Exit(MISTAKE if isinstance(fault, UserMistake) else TROUBLE) from fault


async def with_store(settings: Settings, work: Callable[[Store], Awaitable[T]]) -> T:
    """Do something with the migrated database."""
    with open_servers(
        settings, progress=lambda line: remarks().print(line, style="dim")
    ) as servers:
        async with open_store(settings, servers.database_url) as store:
            return await work(store)


@contextmanager
def progress_bar(title: str, total: int | None) -> Iterator[Callable[[str], None]]:
    """A bar on the terminal; each call moves it one step and says where it is."""
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[place]}"),
    )
    with Progress(*columns, console=remarks(), transient=True) as progress:
        bar = progress.add_task(title, total=total, place="")

        def step(place: str) -> None:
            progress.update(bar, advance=1, place=place)

        yield step
