"""The long connection of a WeCom group robot [D 101463].

Our own client, because the SDKs reconnect when another program has taken the connection, so that
two of them throw each other out for ever, and do not when it was closed in good order. One process
of all replicas holds it, by a lock in the cache.
"""

import asyncio
import random
import secrets
import time
from collections.abc import Coroutine, Mapping
from typing import Protocol

import aiohttp
import structlog

from bot.platforms.channel import AibotSettings
from bot.platforms.exchange import Exchange
from bot.platforms.wecom.aibot_connection import Connection, Receive
from reporting.errors import DeliveryRefused, NotReady
from reporting.messages import IncomingMessage
from reporting.ports import Clock

FIRST_PAUSE, LONGEST_PAUSE = 0.5, 60.0  # seconds before the next try, doubled each time
STEADY_SECONDS = 60.0  # a connection that lasted so long counts as a success
RENEW_SECONDS = 8.0  # the lock lasts twenty-five
WAIT_SECONDS = 1.5  # how often a process that does not hold the connection asks for it
ASKINGS, ASKING_PAUSE = 10, 1.0  # for who has taken the connection
MAX_FRAME = 256 * 1024

log = structlog.get_logger()


class HeldLine(Protocol):
    """Who may hold the connection, and what is to be sent over it."""

    async def hold(self, name: str, ticket: str) -> bool:
        """Take or keep it; NotReady when nobody can tell."""

    async def release(self, name: str, ticket: str) -> None:
        """Let the next one have it at once."""

    async def stay_away(self, name: str, ticket: str) -> bool:
        """None of ours takes it back for a while, unless it is one of ours that has it: False.

        NotReady when nobody can tell.
        """

    async def next(self, name: str) -> tuple[str, Mapping[str, object]] | None:
        """The next frame to send, if one came."""

    async def answer(self, name: str, number: str, content: Mapping[str, object]) -> None:
        """Give the platform's answer back."""


class AibotClient:
    """Keeps one robot connected from one process; `receive` returns once a message is kept."""

    def __init__(
        self,
        settings: AibotSettings,
        session: aiohttp.ClientSession,
        receive: Receive,
        clock: Clock,
        line: HeldLine,
    ) -> None:
        self._settings, self._session = settings, session
        self._receive, self._clock, self._line = receive, clock, line
        self._exchange = Exchange(session, settings)
        self._name, self._ticket = f"aibot:{settings.bot_id}", secrets.token_hex(16)

    async def run(self) -> None:
        """Connected whenever it is our turn, until cancelled."""
        failures = 0
        try:
            while True:
                if not await self._is_ours():
                    await asyncio.sleep(WAIT_SECONDS * random.uniform(0.5, 1.0))  # noqa: S311
                    continue
                begun = time.monotonic()
                failures = 0 if await self._connect_once() else failures + 1
                if failures:  # another process may reach the platform where we do not
                    await self._line.release(self._name, self._ticket)
                if time.monotonic() - begun >= STEADY_SECONDS:
                    failures = 0
                longest = min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** min(failures, 10))
                await asyncio.sleep(random.uniform(0.2, 1.0) * longest)  # noqa: S311
        finally:
            await self._line.release(self._name, self._ticket)

    async def _is_ours(self) -> bool:
        try:
            return await self._line.hold(self._name, self._ticket)
        except NotReady:
            return False  # two at once would throw each other out: rather none for a while

    async def _connect_once(self) -> bool:
        """Connect and serve until it ends; True when it was closed in good order."""
        channel = self._settings.channel
        try:
            async with asyncio.timeout(self._settings.timeout_seconds):
                socket = await self._session.ws_connect(
                    self._settings.api_base,
                    heartbeat=None,
                    max_msg_size=MAX_FRAME,
                    proxy=self._settings.proxy,
                    ssl=self._exchange.trust,
                )
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as trouble:
            fault = type(trouble).__name__
            log.warning("robot not connected", action="aibot_failed", channel=channel, error=fault)
            return False
        connection = Connection(socket, self._settings, self._receive, self._clock)
        try:
            return await self._serve(connection)
        finally:
            await connection.finish()

    async def _serve(self, connection: Connection) -> bool:
        channel = self._settings.channel
        listening = asyncio.create_task(connection.listen())
        try:
            await connection.subscribe()
            log.info("robot connected", action="aibot_opened", channel=channel)
            await _until_one_ends(
                listening, connection.ping(), self._relay(connection), self._keep_hold()
            )
        except DeliveryRefused as refused:
            log.warning("robot refused", action="aibot_refused", channel=channel, code=refused.code)
            return False
        finally:
            listening.cancel()
            await asyncio.gather(listening, return_exceptions=True)
        evicted = None if listening.cancelled() else listening.result()
        if evicted is not None and await self._is_taken():
            log.warning("robot evicted", action="aibot_evicted", channel=channel)
            await connection.keep(evicted)
        else:
            log.info("robot disconnected", action="aibot_closed", channel=channel)
        return True

    async def _is_taken(self) -> bool:
        """Whether another program has the connection, which none of ours then takes back.

        It may be another process of ours, if we were cut off until our lock had ended.
        """
        for _ in range(ASKINGS):
            try:
                return await self._line.stay_away(self._name, self._ticket)
            except NotReady:
                await asyncio.sleep(ASKING_PAUSE)
        return True

    async def _keep_hold(self) -> None:
        """Renew the lock; return when another process has it. A cache away gives it to nobody."""
        while True:
            await asyncio.sleep(RENEW_SECONDS)
            try:
                if not await self._line.hold(self._name, self._ticket):
                    return
            except NotReady:
                continue

    async def _relay(self, connection: Connection) -> None:
        """Send what any process wants sent."""
        while True:
            try:
                asked = await self._line.next(self._name)
                if asked is None:
                    continue
                number, frame = asked
                await self._line.answer(self._name, number, await connection.ask(frame))
            except NotReady:
                await asyncio.sleep(1.0)


async def _until_one_ends(
    first: asyncio.Task[IncomingMessage | None], *others: Coroutine[object, object, None]
) -> None:
    """Run them together until one ends; what it raised is raised."""
    tasks = [asyncio.create_task(one) for one in others]
    try:
        done, _ = await asyncio.wait([first, *tasks], return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()
    finally:
        # A question to the cache that has just begun may swallow the first word to stop.
        while any(not task.done() for task in tasks):
            for task in tasks:
                task.cancel()
            await asyncio.wait(tasks, timeout=0.5)
