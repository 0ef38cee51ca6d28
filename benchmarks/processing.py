"""What a message costs from the inbox to its receipt, as the ledger grows; and the digest."""

import asyncio
import statistics
import time
from dataclasses import dataclass, replace
from datetime import timedelta

import sqlalchemy as sa

from benchmarks.county import lengthen_ledger, make_plan
from benchmarks.requests import CHANNEL
from benchmarks.stage import Ground, found_office, yardstick
from bot.app import Bot, open_bot
from bot.memory import settle
from handlers.digest import post_due_digests
from handlers.plan_shelf import PlanShelf
from reporting.messages import IncomingKind, IncomingMessage
from reporting.round import round_of
from storage.database import transaction
from storage.inbox import Arrival, InboxWriter

MESSAGES, AT_ONCE, ROUNDS = 240, 8, 3
LEDGERS = (1_000, 10_000, 100_000, 1_000_000)
OFFICES = (100, 1_000, 10_000)
Line = dict[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class County:
    """An office of so many towns, a liaison in each, who report on so many tasks each."""

    bot: Bot
    office_id: int
    towns: int
    tasks_each: int

    async def answer(self, serial: str) -> tuple[float, float]:
        """Answer so many messages of the liaisons in turns; processor and wall seconds."""
        store = self.bot.store
        arrivals = [self._arrival(serial, number) for number in range(MESSAGES)]
        await InboxWriter(store.engine, store.seal).remember(arrivals)
        gate = asyncio.Semaphore(AT_ONCE)

        async def one(sender: int) -> None:
            async with gate:
                await self.bot.worker.answer_sender(CHANNEL, f"liaison{sender}")

        used, wall = time.process_time(), time.perf_counter()
        await asyncio.gather(*(one(sender) for sender in range(self.towns)))
        return time.process_time() - used, time.perf_counter() - wall

    def _arrival(self, serial: str, number: int) -> Arrival:
        turn, sender = divmod(number, self.towns)
        now = self.bot.clock.now()
        message = IncomingMessage(
            key=f"{serial}-{number}",
            kind=IncomingKind.TEXT,
            sender_id=f"liaison{sender}",
            sent_at=now,
            text=f"{sender + 1}-{turn % self.tasks_each + 1} 完成{40 + turn}%，下步加快安装",
        )
        return Arrival(office_id=self.office_id, channel=CHANNEL, message=message, received_at=now)


async def found_county(bot: Bot, towns: int, tasks_each: int) -> County:
    """The office, with everything warm."""
    plan = make_plan(towns, tasks_each, bot.clock.now().year)
    office_id = await found_office(bot, plan, f"测试县督查室{towns}x{tasks_each}")
    county = County(bot=bot, office_id=office_id, towns=towns, tasks_each=tasks_each)
    await county.answer(f"warm{office_id}")
    settle()
    return county


async def measure(ground: Ground, ledgers: tuple[int, ...] = LEDGERS) -> list[Line]:
    """One line for each length of the ledger."""
    async with open_bot(ground.settings, progress=lambda _: None) as bot:
        county, lines = await found_county(bot, 60, 5), []
        for reports in ledgers:
            year = bot.clock.now().year
            held = await lengthen_ledger(bot.store.engine, county.office_id, year, reports)
            lines.append({"reports": held, **await _cost(ground, county, str(reports))})
    return lines


async def measure_offices(ground: Ground, sizes: tuple[int, ...] = OFFICES) -> list[Line]:
    """One line for each number of tasks an office has, at most two hundred liaisons share them."""
    async with open_bot(ground.settings, progress=lambda _: None) as bot:
        lines = []
        for tasks in sizes:
            towns = min(tasks // 5, 200)
            county = await found_county(bot, towns, tasks // towns)
            lines.append({"tasks": tasks, **await _cost(ground, county, f"office{tasks}")})
    return lines


async def _cost(ground: Ground, county: County, serial: str) -> Line:
    """The medians of some rounds; every message must have been recorded and answered."""
    rounds = []
    for number in range(ROUNDS):
        yard, database = yardstick(), ground.database_seconds()
        used, wall = await county.answer(f"{serial}r{number}")
        yard = (yard + yardstick()) / 2
        rounds.append((used, wall, ground.database_seconds() - database, used / yard))
    used, wall, database, yards = (
        statistics.median(column) for column in zip(*rounds, strict=True)
    )
    return {
        "messages_per_second_per_core": round(MESSAGES / used),
        "messages_per_second": round(MESSAGES / wall),
        "our_ms": round(used / MESSAGES * 1e3, 2),
        "database_ms": round(database / MESSAGES * 1e3, 2),
        # In a unit that does not change with what else the machine is doing.
        "our_yards": round(yards / MESSAGES, 3),
        "unrecorded": MESSAGES * ROUNDS - await _count(county.bot, serial),
    }


async def _count(bot: Bot, serial: str) -> int:
    statement = sa.text(
        "SELECT count(*) FROM reports r JOIN inbox i ON i.id = r.inbox_id"
        " JOIN outbox o ON o.key = 'receipt:' || i.id WHERE i.message_key LIKE :keys"
    )
    async with transaction(bot.store.engine) as connection:
        return int(await connection.scalar(statement, {"keys": f"{serial}r%"}) or 0)


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
