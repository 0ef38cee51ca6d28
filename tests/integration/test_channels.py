"""Channels as a process reads them from the database: changed, unknown, broken, removed."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
import pytest

from bot.channels import ChannelBook
from bot.platforms.channel import Outside
from reporting.errors import NotReady
from storage.cache import RedisBudget, RedisTokenCache
from storage.channels import ChannelRow
from storage.seal import Json
from tests.support.town import CHANNELS, GROUP, D, Town, W, channel_settings
from tests.support.town_at_work import Place, rows, until

SEEN_WITHIN = 10.0


@asynccontextmanager
async def a_book(place: Place) -> AsyncIterator[tuple[ChannelBook, Town]]:
    async with place.at_rest() as town, aiohttp.ClientSession() as session:
        tokens, budget = RedisTokenCache(town.bot.watch.cache), RedisBudget(town.bot.watch.cache)
        outside = Outside(session=session, tokens=tokens, budget=budget, clock=town.clock)
        yield ChannelBook(town.bot.store, outside), town


async def save(town: Town, settings: dict[str, Json]) -> None:
    """Change the WeCom channel as another process would."""
    async with town.bot.store.unit_of_work(town.clock.now()) as work:
        row = ChannelRow(name=CHANNELS[W], office_id=town.office_id, platform=W, settings=settings)
        await work.channels.save(row, [GROUP])


async def test_a_channel_is_opened_once_while_nothing_changes(place: Place) -> None:
    async with a_book(place) as (book, town):
        first = await book.find(CHANNELS[W])
        assert first is not None
        assert (first.platform, first.office_id) == (W, town.office_id)
        assert await book.find("nobody") is None
        assert await book.find(CHANNELS[W]) is first


async def test_many_who_ask_at_once_read_the_database_once(place: Place) -> None:
    async with a_book(place) as (book, _):
        found = await asyncio.gather(*(book.find(CHANNELS[D]) for _ in range(50)))
        assert len({id(channel) for channel in found}) == 1


async def test_what_another_process_changed_is_seen_within_seconds(place: Place) -> None:
    async with a_book(place) as (book, town):
        before, other = await book.find(CHANNELS[W]), await book.find(CHANNELS[D])
        await save(town, {**channel_settings("http://127.0.0.1:1")[W], "secret": "renewed"})

        async def is_seen() -> bool:
            return await book.find(CHANNELS[W]) is not before

        async with asyncio.timeout(SEEN_WITHIN):
            await until(is_seen)
        assert await book.find(CHANNELS[D]) is other


@pytest.mark.parametrize(
    ("settings", "named"),
    [
        ({"no_such": 1}, "no_such"),
        ({"corp_id": "ww"}, "secret"),
        ({**channel_settings("http://x")[W], "encoding_aes_key": "short"}, "EncodingAESKey"),
        ({**channel_settings("http://x")[W], "ca_file": "/nowhere.pem"}, "nowhere.pem"),
    ],
)
async def test_a_channel_with_bad_settings_says_which_and_leaves_the_others_alone(
    place: Place, settings: dict[str, Json], named: str
) -> None:
    async with a_book(place) as (book, town):
        await save(town, settings)
        with pytest.raises(NotReady, match=named):
            await book.find(CHANNELS[W])
        assert await book.find(CHANNELS[D]) is not None


async def test_secrets_of_channels_are_not_readable_in_the_database(place: Place) -> None:
    async with a_book(place) as (_, town):
        ((kept,),) = await rows(town, "SELECT string_agg(channels::text, ' ') FROM channels")
        content = channel_settings("http://x")
        for secret in (content[W]["secret"], content[W]["token"], content[D]["app_secret"]):
            assert str(secret) not in str(kept)
