"""The inbox on a real database: remembered in one commit, answered in order, given up in time."""

import asyncio
from dataclasses import replace

import pytest
from sqlalchemy.exc import DBAPIError

from bot.arrivals import WAITING_AT_MOST, Arrivals
from reporting.errors import NotReady
from storage.inbox import TRIES, InboxWriter
from tests.support.town import CHANNELS, D, Town, W
from tests.support.town_at_work import Place, arrival, change, rows

CHANNEL = CHANNELS[W]


def writer(town: Town) -> InboxWriter:
    store = town.bot.store
    return InboxWriter(store.engine, store.seal)


async def test_the_rows_and_jobs_of_a_batch_are_one_transaction(place: Place) -> None:
    async with place.at_rest() as town:
        batch = [arrival(town, f"m{n}", sender=f"Liaison{n:02}") for n in range(20)]
        assert len(await writer(town).remember(batch)) == 20
        kept = await rows(town, "SELECT DISTINCT xmin::text FROM inbox")
        jobs = await rows(town, "SELECT DISTINCT xmin::text FROM procrastinate_jobs")
        assert len(kept) == 1
        assert kept == jobs


async def test_a_job_that_cannot_be_enqueued_takes_its_row_with_it(place: Place) -> None:
    async with place.at_rest() as town:
        await change(town, "DROP FUNCTION procrastinate_defer_jobs_v1")
        with pytest.raises(DBAPIError):
            await writer(town).remember([arrival(town, "m1")])
        assert await rows(town, "SELECT * FROM inbox") == []


async def test_what_was_remembered_before_is_neither_kept_nor_worked_on_again(place: Place) -> None:
    async with place.at_rest() as town:
        first = await writer(town).remember([arrival(town, "m1"), arrival(town, "m1")])
        second = await writer(town).remember([arrival(town, "m1"), arrival(town, "m2")])
        assert [list(first), list(second)] == [[(CHANNEL, "m1")], [(CHANNEL, "m2")]]
        assert await rows(town, "SELECT message_key FROM inbox ORDER BY 1") == [("m1",), ("m2",)]
        assert await rows(town, "SELECT count(*) FROM procrastinate_jobs") == [(2,)]


async def test_d1_two_robots_that_hear_one_message_keep_it_each(place: Place) -> None:
    async with place.at_rest() as town:
        first = arrival(town, "m1")
        second = replace(first, channel=CHANNELS[D])
        assert len(await writer(town).remember([first, second, first])) == 2
        assert await rows(town, "SELECT channel FROM inbox ORDER BY 1") == [
            (CHANNELS[D],),
            (CHANNEL,),
        ]


async def test_two_replicas_that_keep_the_same_batch_keep_it_once(place: Place) -> None:
    async with place.at_rest() as town, place.at_rest() as other:
        batch = [arrival(town, f"m{n}") for n in range(200)]
        kept = await asyncio.gather(
            *(writer(one).remember(part) for one in (town, other) for part in (batch, batch[::-1]))
        )
        assert sum(map(len, kept)) == 200


async def test_callbacks_that_wait_together_are_committed_together(place: Place) -> None:
    async with place.at_rest() as town:
        arrivals = Arrivals(writer(town))
        arrivals.start()
        await asyncio.gather(*(arrivals.keep(arrival(town, f"m{n}")) for n in range(300)))
        await arrivals.stop()
        ((commits, kept),) = await rows(
            town, "SELECT count(DISTINCT xmin::text), count(*) FROM inbox"
        )
        assert kept == 300
        assert commits == 1


async def test_one_that_cannot_be_kept_takes_none_of_the_others_down(place: Place) -> None:
    async with place.at_rest() as town:
        arrivals = Arrivals(writer(town))
        keys = ["m1", "no\0row", "m2"]
        waiting = [asyncio.create_task(arrivals.keep(arrival(town, key))) for key in keys]
        arrivals.start()
        ends = await asyncio.gather(*waiting, return_exceptions=True)
        await arrivals.stop()
        assert [type(end) for end in ends] == [int, NotReady, int]
        assert await rows(town, "SELECT message_key FROM inbox ORDER BY 1") == [("m1",), ("m2",)]


async def test_too_many_waiting_are_turned_away_and_the_others_kept(place: Place) -> None:
    async with place.at_rest() as town:
        arrivals = Arrivals(writer(town))
        keep = [
            asyncio.create_task(arrivals.keep(arrival(town, f"m{number}")))
            for number in range(WAITING_AT_MOST)
        ]
        await asyncio.sleep(0)
        with pytest.raises(NotReady, match="过多"):
            await arrivals.keep(arrival(town, "one too many"))
        arrivals.start()
        await asyncio.gather(*keep)
        await arrivals.stop()
        assert await rows(town, "SELECT count(*) FROM inbox") == [(WAITING_AT_MOST,)]


async def test_messages_of_one_commit_are_answered_in_the_order_they_came(place: Place) -> None:
    async with place.at_rest() as town:
        keys = ["z", "yy", "aaa", "mmmm"]
        batch = [arrival(town, key, seconds=n / 10) for n, key in enumerate(keys)]
        await writer(town).remember(batch)
        await town.bot.worker.answer_sender(CHANNEL, "liaison00")
        versions = await rows(town, "SELECT percent FROM reports ORDER BY version")
        assert versions == [(1.0,), (2.0,), (3.0,), (4.0,)]


@pytest.mark.parametrize("poison", ['{"kind": "no such kind"}', "[]"])
async def test_a_poison_message_is_given_up_and_does_not_hold_up_its_sender(
    place: Place, poison: str
) -> None:
    async with place.at_rest() as town:
        await writer(town).remember([arrival(town, "bad"), arrival(town, "good", seconds=1)])
        await change(town, f"UPDATE inbox SET content = '{poison}' WHERE message_key = 'bad'")
        for _ in range(TRIES - 1):
            with pytest.raises((KeyError, TypeError, ValueError)):
                await town.bot.worker.answer_sender(CHANNEL, "liaison00")
        await town.bot.worker.answer_sender(CHANNEL, "liaison00")
        ended = await rows(town, "SELECT message_key, outcome, attempts FROM inbox ORDER BY 1")
        assert ended == [("bad", "failed", TRIES), ("good", "record", 0)]
