"""The clock strikes on a real database: each thing once, whoever strikes, whatever was missed."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import datetime, timedelta

from bot.app import Role, working
from reporting.reminders import ladder
from reporting.round import open_round
from storage.inbox import InboxWriter
from storage.jobs import CLOCK_QUEUE, JobOrder
from tests.support.town import CHANNELS, GROUP, D, Town, W, speakers
from tests.support.town_at_work import Place, arrival, change, rows, settle, until

MINUTE = timedelta(minutes=1)
REMINDERS = "SELECT step, count(*) FROM reminders GROUP BY step ORDER BY step"


async def moments(town: Town, month: int = 6) -> dict[str, datetime]:
    """A minute after each step of a month, and after its cutoff."""
    async with town.bot.store.unit_of_work(town.clock.now()) as work:
        office = await work.plans.office(town.office_id)
    this = open_round(2026, month, office.rules, office.calendar)
    steps = {step.name: at + MINUTE for step, at in ladder(this, office.rules, office.calendar)}
    return {**steps, "cutoff": this.cutoff_at + MINUTE}


async def strike_at(town: Town, moment: datetime) -> None:
    town.clock.move_to(moment)
    await town.bot.worker.ticker.strike_all()


@asynccontextmanager
async def replicas(place: Place, count: int) -> AsyncIterator[list[Town]]:
    """Several bots over one database."""
    async with AsyncExitStack() as stack:
        yield [await stack.enter_async_context(place.at_rest()) for _ in range(count)]


async def test_replicas_that_strike_at_once_remind_everybody_once(place: Place) -> None:
    async with replicas(place, 3) as towns:
        first = towns[0]
        for moment in (await moments(first)).values():
            first.clock.move_to(moment)
            await asyncio.gather(*(town.bot.worker.ticker.strike_all() for town in towns * 2))
        people = len(speakers())
        assert await rows(first, REMINDERS) == [
            (step, people) for step in ("T-0", "T-1", "T-3", "T-5")
        ]
        written = await rows(first, "SELECT kind, count(*) FROM outbox GROUP BY kind ORDER BY kind")
        assert written == [("digest", 2), ("reminder", 4 * people)]


async def test_workers_given_the_same_tick_remind_everybody_once(place: Place) -> None:
    async with replicas(place, 2) as (town, other):
        town.clock.move_to((await moments(town))["T-3"])
        async with town.bot.store.unit_of_work(town.clock.now()) as work:
            order = JobOrder(task="tick", queue=CLOCK_QUEUE, arguments={"timestamp": 0})
            await town.bot.store.jobs.enqueue(work.connection, [order] * 5)
        async with working(town.bot, Role.WORKER), working(other.bot, Role.WORKER):
            await asyncio.sleep(1)
            await settle(town)
        assert await rows(town, REMINDERS) == [("T-3", len(speakers()))]


async def test_w13_what_falls_due_at_the_full_hour_goes_out_after_the_rush(place: Place) -> None:
    async with place.at_work(Role.WORKER) as (town, _):
        for minute, reminded in ((0, 0), (1, 0), (3, len(speakers()))):
            due = (await moments(town))["T-3"].replace(minute=minute)
            town.clock.move_to(due)
            async with town.bot.store.unit_of_work(town.clock.now()) as work:
                order = JobOrder(task="tick", queue=CLOCK_QUEUE, arguments={"timestamp": 1})
                await town.bot.store.jobs.enqueue(work.connection, [order])

            async def is_done() -> bool:
                open_ = "SELECT 1 FROM procrastinate_jobs WHERE status IN ('todo', 'doing') LIMIT 1"
                return not await rows(town, open_)

            await until(is_done)
            assert await rows(town, "SELECT count(*) FROM reminders") == [(reminded,)]


async def test_steps_missed_while_down_are_caught_up_with_one_reminder(place: Place) -> None:
    async with place.at_rest() as town:
        await strike_at(town, (await moments(town))["T-1"])
        for _ in range(2):
            await town.bot.worker.ticker.strike_all()
        assert await rows(town, REMINDERS) == [("T-1", len(speakers()))]


async def test_a_digest_missed_while_down_is_posted_once_also_in_the_next_month(
    place: Place,
) -> None:
    async with place.at_rest() as town:
        await strike_at(town, (await moments(town))["T-5"])
        town.clock.move_to((await moments(town, 7))["T-5"] - timedelta(days=10))
        for _ in range(3):
            await town.bot.worker.ticker.strike_all()
        posted = await rows(town, "SELECT channel, group_name FROM digests ORDER BY channel")
        assert posted == sorted((channel, GROUP) for channel in CHANNELS.values())


async def test_nobody_is_disturbed_at_night_or_on_a_day_off(place: Place) -> None:
    async with place.at_rest() as town:
        before = (await moments(town))["T-1"]
        for night in (before.replace(hour=20, minute=30), before.replace(hour=23)):
            await strike_at(town, night)
        assert await rows(town, REMINDERS) == []


async def test_who_has_reported_everything_is_left_in_peace(place: Place) -> None:
    async with place.at_rest() as town:
        store, diligent = town.bot.store, speakers()[0]
        batch = [arrival(town, "all")]
        await InboxWriter(store.engine, store.seal).remember(batch)
        words = "；".join(f"第{code}项已完成" for code in diligent.codes)
        await change(
            town, f"UPDATE inbox SET content = jsonb_set(content, '{{text}}', '\"{words}\"')"
        )
        await town.bot.worker.answer_sender(CHANNELS[W], diligent.user_id.lower())
        await strike_at(town, (await moments(town))["T-1"])
        reminded = await rows(town, "SELECT target FROM outbox WHERE kind = 'reminder'")
        assert len(reminded) == len(speakers()) - 1
        assert (diligent.user_id.lower(),) not in reminded


async def test_the_trouble_of_one_office_does_not_keep_the_others_waiting(place: Place) -> None:
    async with place.at_rest() as town:
        await change(town, "INSERT INTO offices (name) VALUES ('没有计划的督查室')")
        await change(town, "INSERT INTO offices (id, name) VALUES (0, '最先处理的督查室')")
        plan = "INSERT INTO plans (office_id, year, title, version) VALUES (0, 2026, '空', 1)"
        await change(town, plan)
        task = (
            "INSERT INTO tasks (office_id, plan_id, position, code, title, leads, supports, kind)"
            " SELECT 0, id, 1, '1', '坏', '[]', '[]', '没有这种' FROM plans WHERE office_id = 0"
        )
        await change(town, task)
        await strike_at(town, (await moments(town))["T-5"])
        assert await rows(town, REMINDERS) == [("T-5", len(speakers()))]


async def test_reminders_arrive_on_both_platforms_as_one_message_each(place: Place) -> None:
    async with place.at_rest() as town:
        await strike_at(town, (await moments(town))["T-5"])
        async with working(town.bot, Role.WORKER):
            await settle(town)
        for speaker in speakers():
            (text,) = town.shown(speaker.platform, speaker.user_id)
            assert "还有4项未报" in text
        await strike_at(town, (await moments(town))["cutoff"])
        async with working(town.bot, Role.WORKER):
            await settle(town)
        for platform in (W, D):
            assert town.simulator.chat.in_group(platform, GROUP)
