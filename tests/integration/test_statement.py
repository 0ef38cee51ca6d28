"""Statements prepared once, while another release changes the tables beneath them."""

import psycopg
from psycopg import sql

from storage.database import plain_url
from storage.tables import metadata
from tests.integration.test_inbox import CHANNEL, writer
from tests.support.town import Town
from tests.support.town_at_work import Place, arrival, rows

SENDER = "liaison00"
ADD = "ALTER TABLE {} ADD COLUMN newer text DEFAULT ''"


async def answer(town: Town, number: int) -> None:
    """Remember a report and answer it; open the receipt as delivery does."""
    await writer(town).remember([arrival(town, f"m{number}", sender=SENDER)])
    await town.bot.worker.answer_sender(CHANNEL, SENDER)
    async with town.bot.store.unit_of_work(town.clock.now()) as work:
        assert await work.outbox.open(number) is not None


async def test_this_release_works_on_while_a_newer_one_adds_columns(place: Place) -> None:
    async with place.at_rest() as town:
        await answer(town, 1)
        # On a connection of its own: ours must not hear of it.
        async with await psycopg.AsyncConnection.connect(plain_url(place.database_url)) as newer:
            for table in metadata.sorted_tables:
                await newer.execute(sql.SQL(ADD).format(sql.Identifier(table.name)))
        await answer(town, 2)
        answered = await rows(town, "SELECT outcome, attempts FROM inbox ORDER BY id")
        assert answered == [("record", 0), ("record", 0)]
