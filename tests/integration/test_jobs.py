"""The job engine on a real database: order, rescue, retries, a worker that outlives its lines."""

import asyncio
from datetime import UTC, datetime

import pytest
from procrastinate.jobs import Job

from bot.app import Role, working
from reporting.errors import DeliveryFailed
from storage.inbox import InboxWriter
from storage.jobs import Backoff
from storage.sweep import sweep
from tests.support.outage import hang_up
from tests.support.servers import DatabaseServer
from tests.support.town import CHANNELS, D, Town, W
from tests.support.town_at_work import Place, arrival, change, rows, settle, until, write

TAKEN_BY_A_DEAD_WORKER = """
WITH worker AS (SELECT worker_id FROM procrastinate_register_worker_v1())
SELECT id FROM worker, procrastinate_fetch_job_v2(NULL, worker.worker_id)
"""
TAKEN_BY_THE_LIVING_WORKER = """
UPDATE procrastinate_jobs SET status = 'doing', scheduled_at = NULL,
    worker_id = (SELECT id FROM procrastinate_workers)
WHERE scheduled_at > now() + interval '30 minutes'
"""
LONG_AGO = "UPDATE procrastinate_workers SET last_heartbeat = now() - interval '60 seconds'"


async def remember(town: Town, *keys: str) -> None:
    """Keep messages of one sender, a second apart."""
    store = town.bot.store
    batch = [arrival(town, key, seconds=number) for number, key in enumerate(keys)]
    await InboxWriter(store.engine, store.seal).remember(batch)


async def test_what_one_sender_says_is_recorded_in_his_order(place: Place) -> None:
    async with place.at_work() as (town, _):
        for platform, sender, code in ((W, "Liaison00", "1"), (D, "Liaison01", "5")):
            for percent in range(1, 11):
                await town.simulator.say(platform, sender, f"第{code}项完成{percent}%")
        await settle(town)
        for code in ("1", "5"):
            found = await rows(
                town,
                "SELECT percent FROM reports JOIN tasks ON tasks.id = task_id"
                f" WHERE code = '{code}' ORDER BY reports.version",
            )
            assert [percent for (percent,) in found] == [float(n) for n in range(1, 11)]


async def test_receipts_reach_a_person_in_the_order_he_spoke(place: Place) -> None:
    async with place.at_work() as (town, _):
        for percent in range(1, 6):
            await town.simulator.say(W, "Liaison00", f"第1项完成{percent}%")
        await settle(town)
        shown = town.shown(W, "Liaison00")
        assert [f"进度{n}%" in text for n, text in enumerate(shown, 1)] == [True] * 5


@pytest.mark.parametrize("is_pruned", [False, True])
async def test_the_job_of_a_killed_worker_is_taken_up(place: Place, is_pruned: bool) -> None:
    async with place.at_rest() as town:
        await remember(town, "m1")
        assert len(await rows(town, TAKEN_BY_A_DEAD_WORKER)) == 1
        assert await town.bot.store.jobs.rescue() == 0
        await change(town, LONG_AGO)
        if is_pruned:
            await change(town, "SELECT procrastinate_prune_stalled_workers_v1(30)")
        assert await town.bot.store.jobs.rescue() == 1
        assert await rows(town, "SELECT status::text FROM procrastinate_jobs") == [("todo",)]


async def test_a_worker_that_starts_takes_up_what_a_killed_one_left(place: Place) -> None:
    async with place.at_work(Role.WEB) as (town, _):
        await remember(town, "m1")
        await rows(town, TAKEN_BY_A_DEAD_WORKER)
        await change(town, LONG_AGO)
        async with place.at_work(Role.WORKER):
            await settle(town)
        assert await rows(town, "SELECT outcome FROM inbox") == [("record",)]


async def test_a_job_that_a_living_worker_lost_with_its_connection_is_run(place: Place) -> None:
    async with place.at_work(Role.WEB) as (town, _):
        await remember(town, "m1")
        later = "UPDATE procrastinate_jobs SET scheduled_at = now() + interval '1 hour'"
        await change(town, later)
        async with place.at_work(Role.WORKER):
            await town.simulator.say(D, "Liaison01", "第5项完成50%")

            async def is_at_work() -> bool:
                return await rows(town, "SELECT count(*) FROM reports") == [(1,)]

            await until(is_at_work)
            await change(town, TAKEN_BY_THE_LIVING_WORKER)
            await settle(town)
        assert await rows(town, "SELECT DISTINCT outcome FROM inbox") == [("record",)]


async def test_a_poison_message_ends_in_the_list_of_the_failed_and_the_next_is_answered(
    place: Place,
) -> None:
    async with place.at_work(Role.WEB) as (town, _):
        await remember(town, "bad", "good")
        await change(town, "UPDATE inbox SET content = '[]', attempts = 3 WHERE message_key='bad'")
        async with place.at_work(Role.WORKER):
            await settle(town)
        ended = await rows(town, "SELECT message_key, outcome FROM inbox ORDER BY id")
        assert ended == [("bad", "failed"), ("good", "record")]


async def test_a_message_answered_by_two_workers_is_recorded_once(place: Place) -> None:
    async with place.at_rest() as town, place.at_rest() as other:
        await remember(town, "m1", "mm2", "mmm3")
        workers = (town.bot.worker, other.bot.worker)
        await asyncio.gather(*(w.answer_sender(CHANNELS[W], "liaison00") for w in workers * 2))
        assert await rows(town, "SELECT count(*) FROM reports") == [(3,)]
        assert await rows(town, "SELECT count(*) FROM outbox") == [(3,)]


async def test_a_worker_goes_on_after_all_its_connections_were_cut(
    place: Place, database_server: DatabaseServer
) -> None:
    async with place.at_work() as (town, _):
        for key in ("1", "2"):
            hang_up(database_server, place.database_url)
            spoken = await town.simulator.say(W, "Liaison00", f"第{key}项完成50%")
            assert spoken.acknowledged
            await settle(town)
        assert await rows(town, "SELECT count(*) FROM reports") == [(2,)]


async def test_workers_that_relieve_each_other_in_the_middle_of_work_answer_everything_once(
    place: Place,
) -> None:
    """As in a rolling restart."""
    async with place.at_work(Role.WEB) as (town, _):
        for words in (("第1项完成1%", "第1项完成2%"), ("第1项完成3%", "第1项完成4%")):
            async with working(town.bot, Role.WORKER):
                said = [await town.simulator.say(W, "Liaison00", one) for one in words]
            assert all(spoken.acknowledged for spoken in said)
        async with working(town.bot, Role.WORKER):
            await settle(town)
        shown = town.shown(W, "Liaison00")
        assert [f"进度{n}%" in text for n, text in enumerate(shown, 1)] == [True] * 4
        assert await rows(town, "SELECT count(*) FROM reports") == [(4,)]


async def test_what_waits_without_a_job_gets_one_once(place: Place) -> None:
    async with place.at_rest() as town:
        store = town.bot.store
        await remember(town, "m1", "m2")
        await write(town, D, "Liaison01", ["请报进度", "再请报进度"])
        assert await sweep(store.engine, store.jobs) == 0
        await change(town, "UPDATE procrastinate_jobs SET status = 'failed'")
        assert [await sweep(store.engine, store.jobs) for _ in range(2)] == [2, 0]
        async with working(town.bot, Role.WORKER):
            await settle(town)
        assert await rows(town, "SELECT outcome FROM inbox") == [("record",)] * 2
        assert town.shown(D, "Liaison01") == ["请报进度", "再请报进度"]


async def test_done_jobs_are_not_kept(place: Place) -> None:
    async with place.at_work() as (town, _):
        await town.simulator.say(W, "Liaison00", "第1项完成50%")
        await settle(town)

        async def is_swept() -> bool:
            left = "SELECT * FROM procrastinate_jobs WHERE task_name <> 'rescue'"
            return await rows(town, left) == []

        await until(is_swept)


def job(attempts: int) -> Job:
    return Job(
        id=1,
        queue="deliveries",
        lock=None,
        queueing_lock=None,
        task_name="deliver",
        task_kwargs={},
        attempts=attempts,
    )


@pytest.mark.parametrize(("attempts", "least", "most"), [(0, 0.2, 1), (3, 1.6, 8), (19, 120, 600)])
def test_a_retry_waits_longer_each_time_with_jitter_and_a_cap(
    attempts: int, least: float, most: float
) -> None:
    before = datetime.now(UTC)
    decision = Backoff(attempts=20).get_retry_decision(exception=OSError(), job=job(attempts))
    assert decision is not None
    assert decision.retry_at is not None
    waited = (decision.retry_at - before).total_seconds()
    assert least * 0.99 <= waited <= most + 1


def test_a_retry_waits_as_long_as_the_platform_asks_and_ends_at_its_last_attempt() -> None:
    busy = DeliveryFailed("busy", retry_after=60.0)
    decision = Backoff(attempts=20).get_retry_decision(exception=busy, job=job(0))
    assert decision is not None
    assert decision.retry_at is not None
    assert (decision.retry_at - datetime.now(UTC)).total_seconds() > 58
    assert Backoff(attempts=20).get_retry_decision(exception=busy, job=job(20)) is None
