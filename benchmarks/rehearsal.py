"""How long the rehearsal of a month takes for an office of 1,000 liaisons: under a minute.

`python -m benchmarks.rehearsal` starts its own database, imports 1,000 units with three tasks
each, binds every liaison to an account, and rehearses June 2026.
"""

import asyncio
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path

from pydantic import SecretStr

from bot.app import open_store
from bot.embedded import open_servers
from bot.rehearsal import rehearse_month
from bot.settings import Settings
from handlers.import_plan import import_plan
from reporting.calendar import OFFICE_ZONE
from reporting.liaison import Liaison
from reporting.messages import Platform
from reporting.plan import Directory, Plan
from reporting.task import Task
from reporting.unit import Unit
from storage.channels import ChannelRow
from storage.seal import new_key
from storage.unit_of_work import Store

LIAISONS, TASKS_EACH = 1000, 3
# Four reminders before the cutoff and one after it.
MESSAGES_EACH = 5
BOUND_SECONDS = 60.0
BEGINNING = datetime(2026, 6, 1, 9, 30, tzinfo=OFFICE_ZONE)


def large_plan(liaisons: int) -> Plan:
    """An office of so many units, each with a liaison and three tasks."""
    units = [f"第{number}镇人民政府" for number in range(liaisons)]
    directory = Directory(
        units=tuple(Unit(name=name) for name in units),
        liaisons=tuple(
            Liaison(key=f"l{n}", name=f"联络员{n}", units=(unit,), wecom=f"l{n}")
            for n, unit in enumerate(units)
        ),
    )
    tasks = tuple(
        Task(code=str(n * TASKS_EACH + part + 1), title=f"整治第{part}类问题", leads=(unit,))
        for n, unit in enumerate(units)
        for part in range(TASKS_EACH)
    )
    return Plan(title="重点任务", year=2026, tasks=tasks, directory=directory)


async def rehearse(store: Store, liaisons: int) -> tuple[int, float]:
    """How many messages, and how many seconds it took."""
    async with store.unit_of_work(BEGINNING) as work:
        imported = await import_plan(
            work, large_plan(liaisons), office="大市督查室", source="bench"
        )
        row = ChannelRow(
            name="wx", office_id=imported.office_id, platform=Platform.WECOM, settings={}
        )
        await work.channels.save(row, [])
        await work.channels.bind_all(imported.office_id)
    begun = time.perf_counter()
    messages = await rehearse_month(store, imported.office_id, 2026, 6)
    return len(messages), time.perf_counter() - begun


async def measure(liaisons: int = LIAISONS) -> tuple[int, float]:
    """The same on a database of its own."""
    with tempfile.TemporaryDirectory(prefix="liaison-bench-") as folder:
        settings = Settings(data_folder=Path(folder), secret_key=SecretStr(new_key()))
        with open_servers(settings, progress=lambda _: None) as servers:
            async with open_store(settings, servers.database_url) as store:
                return await rehearse(store, liaisons)


def main() -> int:
    """0 when the month was rehearsed within the bound."""
    messages, seconds = asyncio.run(measure())
    print(f"rehearsal: {LIAISONS} liaisons, {messages} messages in {seconds:.1f} s")
    return 0 if messages == LIAISONS * MESSAGES_EACH and seconds < BOUND_SECONDS else 1


if __name__ == "__main__":
    sys.exit(main())
