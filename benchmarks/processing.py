"""What a message costs from the inbox to its receipt, as the ledger grows; and the digest."""

import asyncio
import time
from dataclasses import replace
from datetime import timedelta

import sqlalchemy as sa

from benchmarks.county import lengthen_ledger, make_plan
from benchmarks.requests import CHANNEL
from benchmarks.stage import Ground, found_office
from bot.app import Bot, open_bot
from handlers.digest import post_due_digests
from handlers.plan_shelf import PlanShelf
from reporting.messages import IncomingKind, IncomingMessage
from reporting.round import round_of
from storage.database import transaction
from storage.inbox import Arrival, InboxWriter

TOWNS, TASKS_EACH = 60, 5
MESSAGES, AT_ONCE = 240, 8
LEDGERS = (1_000, 10_000, 100_000, 1_000_000)


async def measure(ground: Ground, ledgers: tuple[int, ...] = LEDGERS) -> list[dict[str, float]]:
    """One line for each length of the ledger."""
    async with open_bot(ground.settings, progress=lambda _: None) as bot:
        now = bot.clock.now()
        office_id = await found_office(bot, make_plan(TOWNS, TASKS_EACH, now.year))
        await _answer(bot, office_id, "warm")
        lines = []
        for reports in ledgers:
            held = await lengthen_ledger(bot.store.engine, office_id, now.year, reports)
            lines.append({"reports": held, **await _cost(ground, bot, office_id, str(reports))})
    return lines


async def _cost(ground: Ground, bot: Bot, office_id: int, serial: str) -> dict[str, float]:
    database = ground.database_seconds()
    used, wall = await _answer(bot, office_id, serial)
    recorded = await _count(bot, serial)
    return {
        "messages_per_second_per_core": round(MESSAGES / used),
        "messages_per_second": round(MESSAGES / wall),
        "our_ms": round(used / MESSAGES * 1e3, 2),
        "database_ms": round((ground.database_seconds() - database) / MESSAGES * 1e3, 2),
        "recorded": recorded,
    }


async def _answer(bot: Bot, office_id: int, serial: str) -> tuple[float, float]:
    """Answer a message of every liaison, four times over; processor and wall seconds."""
    await InboxWriter(bot.store.engine, bot.store.seal).remember(
        [_arrival(bot, office_id, serial, number) for number in range(MESSAGES)]
    )
    gate = asyncio.Semaphore(AT_ONCE)

    async def one(sender: int) -> None:
        async with gate:
            await bot.worker.answer_sender(CHANNEL, f"liaison{sender}")

    used, wall = time.process_time(), time.perf_counter()
    await asyncio.gather(*(one(sender) for sender in range(TOWNS)))
    return time.process_time() - used, time.perf_counter() - wall


def _arrival(bot: Bot, office_id: int, serial: str, number: int) -> Arrival:
    sender, turn = number % TOWNS, number // TOWNS
    now = bot.clock.now()
    message = IncomingMessage(
        key=f"{serial}-{number}",
        kind=IncomingKind.TEXT,
        sender_id=f"liaison{sender}",
        sent_at=now,
        text=f"{sender + 1}-{turn % TASKS_EACH + 1} 完成{40 + turn}%，下步加快安装",
    )
    return Arrival(office_id=office_id, channel=CHANNEL, message=message, received_at=now)


async def _count(bot: Bot, serial: str) -> int:
    statement = sa.text(
        "SELECT count(*) FROM reports r JOIN inbox i ON i.id = r.inbox_id"
        " JOIN outbox o ON o.key = 'receipt:' || i.id WHERE i.message_key LIKE :keys"
    )
    async with transaction(bot.store.engine) as connection:
        return int(await connection.scalar(statement, {"keys": f"{serial}-%"}) or 0)


async def measure_digest(ground: Ground, tasks: int) -> dict[str, float]:
    """Seconds to compose and enqueue the digest of an office with so many tasks."""
    async with open_bot(ground.settings, progress=lambda _: None) as bot:
        now = bot.clock.now()
        plan = make_plan(tasks // 10, 10, now.year)
        name = f"测试市督查室{tasks}"
        office_id = await found_office(bot, plan, name, groups=("领导群",))
        async with bot.store.unit_of_work(now) as work:
            office = await work.plans.office(office_id)
            month = round_of(now, office.rules, office.calendar)
            opened = await PlanShelf().open(work, office, month.year)
            found = await work.rounds.ensure(office_id, opened.id, month)
        # A month is due once its cutoff is behind us.
        async with bot.store.unit_of_work(month.cutoff_at + timedelta(minutes=1)) as work:
            started = time.perf_counter()
            posted = await post_due_digests(
                work, opened, month, replace(found, noticed_at=month.opens_at)
            )
            seconds = time.perf_counter() - started
    return {"tasks": tasks, "digest_seconds": round(seconds, 3), "posted": posted}
