"""The composition root: here, and only here, the real things are chosen and put together."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from enum import StrEnum

import aiohttp
import structlog
from aiohttp import web
from redis.asyncio import Redis

from bot.arrivals import Arrivals
from bot.attachments import AttachmentDesk, open_files
from bot.channels import ChannelBook
from bot.clock import MovableClock, SystemClock
from bot.delivery import Postman
from bot.embedded import open_servers
from bot.login import LoginPages
from bot.platforms.channel import Outside
from bot.second_opinion import SecondOpinion
from bot.settings import Settings, load_secret_key
from bot.streams import Streams
from bot.telemetry import Telemetry, open_telemetry
from bot.tracing import open_tracing
from bot.watching import Watch, add_watching, serving
from bot.web import Edge, create_web
from bot.worker import Aids, Worker
from reporting.errors import NotReady
from reporting.ports import Clock
from storage.cache import RedisBudget, RedisTokenCache, open_cache
from storage.database import open_engine
from storage.inbox import InboxWriter
from storage.jobs import Jobs
from storage.line import RedisLine
from storage.migrate import migrate
from storage.rejections import Rejections
from storage.seal import Seal
from storage.unit_of_work import Store

DATABASE_POLL_SECONDS = 1.0

log = structlog.get_logger()


class Role(StrEnum):
    """What a process does."""

    ALL = "all"
    WEB = "web"
    WORKER = "worker"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bot:
    """A bot put together and connected, not yet at work."""

    settings: Settings
    clock: Clock
    store: Store
    worker: Worker
    web: web.Application
    watch: Watch
    arrivals: Arrivals
    streams: Streams
    telemetry: Telemetry


def choose_clock(settings: Settings) -> Clock:
    """The real clock, or the movable one of a demonstration."""
    if settings.clock_file is not None:
        return MovableClock(settings.clock_file, settings.timezone)
    return SystemClock(settings.timezone)


@asynccontextmanager
async def open_store(
    settings: Settings, database_url: str, patience: float = 0.0
) -> AsyncIterator[Store]:
    """The migrated database, open; NotReady when it does not answer within `patience` seconds."""
    await _migrate(database_url, patience)
    jobs = Jobs(database_url)
    store = Store(engine=open_engine(database_url), jobs=jobs, seal=Seal(load_secret_key(settings)))
    await jobs.open()
    try:
        yield store
    finally:
        await jobs.close()
        await store.engine.dispose()


async def _migrate(database_url: str, patience: float) -> None:
    until = asyncio.get_running_loop().time() + patience
    while True:
        try:
            await asyncio.to_thread(migrate, database_url)
        except NotReady:
            if asyncio.get_running_loop().time() > until:
                raise
            log.warning("waiting for the database", action="database_awaited")
            await asyncio.sleep(DATABASE_POLL_SECONDS)
        else:
            return


@asynccontextmanager
async def open_bot(
    settings: Settings, progress: Callable[[str], None] = log.info, patience: float = 0.0
) -> AsyncIterator[Bot]:
    """Everything a process needs, from servers to routes, closed in reverse order."""
    async with contextlib.AsyncExitStack() as stack:
        servers = stack.enter_context(open_servers(settings, progress=progress))
        opening = open_store(settings, servers.database_url, patience)
        store = await stack.enter_async_context(opening)
        cache = open_cache(servers.redis_url)
        stack.push_async_callback(cache.aclose)
        session = await stack.enter_async_context(aiohttp.ClientSession())
        telemetry = open_telemetry(open_tracing(settings, store.seal.fingerprint))
        stack.push_async_callback(telemetry.tracing.close)
        yield _assemble(settings, store, telemetry, cache, session)


def _assemble(
    settings: Settings,
    store: Store,
    telemetry: Telemetry,
    cache: Redis,
    session: aiohttp.ClientSession,
) -> Bot:
    clock = choose_clock(settings)
    line = RedisLine(cache, store.seal)
    tokens, budget = RedisTokenCache(cache), RedisBudget(cache)
    outside = Outside(session=session, tokens=tokens, budget=budget, clock=clock, line=line)
    channels = ChannelBook(store, outside)
    postman = Postman(store, channels, clock, telemetry)
    worker = Worker(store, postman, _aids(settings, channels, session, telemetry), clock, telemetry)
    worker.register()
    arrivals = Arrivals(InboxWriter(store.engine, store.seal))
    edge = Edge(
        channels=channels,
        arrivals=arrivals,
        clock=clock,
        telemetry=telemetry,
        rejections=Rejections(cache),
    )
    watch = Watch(store=store, cache=cache, telemetry=telemetry)
    callbacks = create_web(edge)
    add_watching(callbacks, watch)
    LoginPages(store, channels, outside).add_to(callbacks)
    return Bot(
        settings=settings,
        clock=clock,
        store=store,
        worker=worker,
        web=callbacks,
        watch=watch,
        arrivals=arrivals,
        streams=Streams(channels, arrivals, outside, line, telemetry),
        telemetry=telemetry,
    )


def _aids(
    settings: Settings,
    channels: ChannelBook,
    session: aiohttp.ClientSession,
    telemetry: Telemetry,
) -> Aids:
    """What helps to answer: fetching files, and another's opinion where one is set."""
    opinion = settings.opinion
    return Aids(
        attachments=AttachmentDesk(channels, open_files(settings)),
        advisor=SecondOpinion(session, opinion, telemetry.opinions) if opinion else None,
    )


@asynccontextmanager
async def working(bot: Bot, role: Role = Role.ALL) -> AsyncIterator[str]:
    """The bot at work in this role until the block ends; its own address, empty for a worker."""
    async with contextlib.AsyncExitStack() as stack:
        address = ""
        if role is not Role.WORKER:
            address = await stack.enter_async_context(_serving(bot))
        if role is not Role.WEB:
            await stack.enter_async_context(_labouring(bot))
        if bot.settings.watch_port is not None:
            watched = web.Application()
            add_watching(watched, bot.watch)
            await stack.enter_async_context(
                serving(watched, bot.settings.host, bot.settings.watch_port)
            )
        log.info("bot started", action="bot_started", role=role.value, address=address)
        yield address


@asynccontextmanager
async def _serving(bot: Bot) -> AsyncIterator[str]:
    bot.arrivals.start()
    try:
        async with serving(bot.web, bot.settings.host, bot.settings.port) as address:
            streams = asyncio.create_task(bot.streams.run())
            try:
                yield address
            finally:
                streams.cancel()
                await asyncio.gather(streams, return_exceptions=True)
    finally:
        await bot.arrivals.stop()


@asynccontextmanager
async def _labouring(bot: Bot) -> AsyncIterator[None]:
    labour = asyncio.create_task(bot.store.jobs.run())
    try:
        yield
    finally:
        labour.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await labour
