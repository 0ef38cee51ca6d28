"""DingTalk's Stream mode: robot messages over a connection we open, so no public address.

Our own client, because the SDKs acknowledge before anything is kept, cancel the handlers that run
when the gateway says disconnect, or cannot be stopped. Several replicas may each have a
connection: the gateway shares the messages out among them.
"""

import asyncio
import contextlib
import random
import time
from collections.abc import Awaitable, Callable, Coroutine
from urllib.parse import quote, urlsplit

import aiohttp
import structlog

from bot.platforms.channel import DingTalkSettings
from bot.platforms.dingtalk.answer import read_answer
from bot.platforms.dingtalk.card import parse_press
from bot.platforms.dingtalk.event import parse_event
from bot.platforms.dingtalk.frame import (
    CALLBACK,
    CARD_TOPIC,
    DISCONNECT,
    EVENT,
    OK,
    PING,
    ROBOT_TOPIC,
    SYSTEM,
    UNUSABLE,
    UNWANTED,
    Frame,
    acknowledgement,
    read_data,
    read_event,
    read_frame,
)
from bot.platforms.dingtalk.message import parse_message
from bot.platforms.exchange import Call, Exchange
from bot.platforms.outcome import require_done
from bot.platforms.reading import string
from reporting.errors import CallbackRejected, DeliveryFailed, DeliveryRefused, NotReady
from reporting.messages import IncomingMessage
from reporting.ports import Clock

FIRST_PAUSE, LONGEST_PAUSE = 0.5, 60.0  # seconds before the next try, doubled each time
STEADY_SECONDS = 60.0  # a connection that lasted so long counts as a success
HEARTBEAT_SECONDS = 18.0  # half as long again without an answer, and it is given up: within thirty
FAREWELL_SECONDS = 8.0  # the gateway closes about ten seconds after it said disconnect
MAX_FRAME = 256 * 1024
SUBSCRIPTIONS = [
    {"type": CALLBACK, "topic": ROBOT_TOPIC},
    {"type": CALLBACK, "topic": CARD_TOPIC},
    {"type": EVENT, "topic": "*"},
]

Receive = Callable[[IncomingMessage], Awaitable[None]]

log = structlog.get_logger()


class Connection:
    """One open connection and the messages on it that are being kept."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self.socket = socket
        self._pending: set[asyncio.Task[None]] = set()

    def start(self, work: Coroutine[object, object, None]) -> None:
        """Handle a frame without holding up those behind it."""
        task = asyncio.create_task(work)
        self._pending.add(task)
        task.add_done_callback(self._pending.discard)

    async def answer(self, frame: Frame, code: int = OK) -> None:
        """Acknowledge; on a connection that is gone nothing is lost, for the gateway repeats."""
        with contextlib.suppress(ConnectionError, RuntimeError, aiohttp.ClientError):
            await self.socket.send_str(acknowledgement(frame, code))

    async def finish(self) -> None:
        """Let what is under way be kept and acknowledged, then close."""
        if self._pending:
            await asyncio.wait(self._pending, timeout=FAREWELL_SECONDS)
        await self.socket.close()


class StreamClient:
    """Keeps one robot connected; `receive` returns once a message is kept, or raises NotReady."""

    def __init__(
        self,
        settings: DingTalkSettings,
        session: aiohttp.ClientSession,
        receive: Receive,
        clock: Clock,
    ) -> None:
        self._settings, self._session = settings, session
        self._receive, self._clock = receive, clock
        self._exchange = Exchange(session, settings)
        self._leaving: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        """Stay connected until cancelled; then acknowledge what was kept, and close."""
        failures = 0
        try:
            while True:
                begun = time.monotonic()
                failures = 0 if await self._connect_once() else failures + 1
                if time.monotonic() - begun >= STEADY_SECONDS:
                    failures = 0
                longest = min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** min(failures, 10))
                # Jitter, so that the replicas do not come back all at once.
                await asyncio.sleep(random.uniform(0.2, 1.0) * longest if failures else 0.0)  # noqa: S311
        finally:
            if self._leaving:
                await asyncio.wait(self._leaving, timeout=FAREWELL_SECONDS)

    async def _connect_once(self) -> bool:
        """Connect and listen; True when the gateway asked us to come back at once."""
        name = self._settings.channel
        try:
            socket = await self._open()
        except (DeliveryFailed, DeliveryRefused) as trouble:
            log.warning(
                "stream not opened",
                action="stream_not_opened",
                channel=name,
                code=trouble.code,
                detail=str(trouble),
            )
            return False
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as trouble:
            # Its text may hold the address with the ticket.
            fault = type(trouble).__name__
            log.warning("stream not opened", action="stream_not_opened", channel=name, error=fault)
            return False
        connection = Connection(socket)
        log.info("stream opened", action="stream_opened", channel=name)
        try:
            asked = await self._listen(connection)
        finally:
            leaving = asyncio.create_task(connection.finish())
            self._leaving.add(leaving)
            leaving.add_done_callback(self._leaving.discard)
        log.info("stream closed", action="stream_closed", channel=name, asked=asked)
        return asked

    async def _open(self) -> aiohttp.ClientWebSocketResponse:
        """Ask for a ticket, good for one use within 90 seconds, and connect with it."""
        settings = self._settings
        payload = {
            "clientId": settings.app_key,
            "clientSecret": settings.app_secret,
            "subscriptions": SUBSCRIPTIONS,
            "ua": "liaison-bot",
        }
        url = f"{settings.api_base.rstrip('/')}/v1.0/gateway/connections/open"
        answer = await self._exchange.perform_idempotent(Call(url=url, payload=payload))
        require_done(read_answer(answer, "endpoint"))
        body = answer.body or {}
        address = self._address(string(body, "endpoint"), string(body, "ticket"))
        async with asyncio.timeout(settings.timeout_seconds):
            return await self._session.ws_connect(
                address,
                heartbeat=HEARTBEAT_SECONDS,
                max_msg_size=MAX_FRAME,
                proxy=settings.proxy,
                ssl=self._exchange.trust,
            )

    def _address(self, endpoint: str, ticket: str) -> str:
        """The address with its ticket; unencrypted only where the API itself is."""
        schemes = {"wss"} if self._settings.api_base.startswith("https") else {"ws", "wss"}
        if urlsplit(endpoint).scheme not in schemes or not ticket:
            raise DeliveryFailed("长连接地址不完整，稍后自动重试。", code="endpoint")
        return f"{endpoint}?ticket={quote(ticket, safe='')}"

    async def _listen(self, connection: Connection) -> bool:
        """Read until the connection ends; True when the gateway said disconnect."""
        async for message in connection.socket:
            if message.type is not aiohttp.WSMsgType.TEXT:
                continue
            frame = read_frame(message.data)
            if frame is None:
                log.warning(
                    "frame skipped", action="stream_frame_skipped", channel=self._settings.channel
                )
            elif (frame.kind, frame.topic) == (SYSTEM, DISCONNECT):
                return True
            elif (frame.kind, frame.topic) == (SYSTEM, PING):
                await connection.answer(frame)
            else:
                connection.start(self._take(connection, frame))
        return False

    async def _take(self, connection: Connection, frame: Frame) -> None:
        """Keep a message and only then acknowledge it; what is not kept comes again."""
        try:
            message = self._parse(frame)
        except CallbackRejected:
            return await connection.answer(frame, UNUSABLE)
        if message is None:
            return await connection.answer(frame, UNWANTED)
        try:
            await self._receive(message)
        except NotReady:
            return None
        return await connection.answer(frame)

    def _parse(self, frame: Frame) -> IncomingMessage | None:
        """What a frame brought, None for what we did not ask for; raises CallbackRejected."""
        now = self._clock.now()
        if frame.kind == EVENT:
            return parse_event(read_event(frame), now)
        if (frame.kind, frame.topic) == (CALLBACK, ROBOT_TOPIC):
            return parse_message(read_data(frame), now, self._settings.session_hosts)
        if (frame.kind, frame.topic) == (CALLBACK, CARD_TOPIC):
            return parse_press(read_data(frame), now)
        return None
