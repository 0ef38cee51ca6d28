"""One open connection of a group robot: frames in, commands out, each with its answer.

The platform knows no acknowledgement of a message: so it is offered to the inbox until it is kept,
and answered only then.
"""

import asyncio
import contextlib
import json
import secrets
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from datetime import datetime, timedelta

import aiohttp
import structlog

from bot.platforms.channel import AibotSettings
from bot.platforms.reading import mapping, read_json, string
from bot.platforms.wecom.aibot_message import EVICTED, parse_message
from bot.platforms.wecom.card import compose_pressed
from reporting.errors import CallbackRejected, DeliveryRefused, NotReady
from reporting.messages import IncomingKind, IncomingMessage
from reporting.ports import Clock

PING_SECONDS, ANSWER_SECONDS, FAREWELL_SECONDS = 30.0, 10.0, 8.0
CARD_LIFE = timedelta(seconds=5)  # after this a pressed card can no longer be renewed
OFFERS, OFFER_PAUSE = 6, 0.5  # how often a message is offered to an inbox that is not ready
MESSAGE, EVENT = "aibot_msg_callback", "aibot_event_callback"

Receive = Callable[[IncomingMessage], Awaitable[None]]
Frame = Mapping[str, object]

log = structlog.get_logger()


class Connection:
    """One socket, the answers waited for on it, and the messages being kept."""

    def __init__(
        self,
        socket: aiohttp.ClientWebSocketResponse,
        settings: AibotSettings,
        receive: Receive,
        clock: Clock,
    ) -> None:
        self._socket, self._settings = socket, settings
        self._receive, self._clock = receive, clock
        self._awaited: dict[str, asyncio.Future[Frame]] = {}
        self._pending: set[asyncio.Task[None]] = set()

    async def subscribe(self) -> None:
        """Say who we are; raises DeliveryRefused."""
        body = {"bot_id": self._settings.bot_id, "secret": self._settings.secret}
        answer = await self.ask({"cmd": "aibot_subscribe", "body": body})
        if answer.get("errcode") != 0:
            code = str(answer.get("errcode", "no_answer"))[:16]
            raise DeliveryRefused("平台不接受 bot_id 与 secret", code=code)

    async def ask(self, frame: Frame) -> Frame:
        """Send a command; its answer, or {"unsent"}, or {"unknown"} where none came."""
        headers = mapping(frame, "headers")
        request = string(headers, "req_id") or secrets.token_hex(16)
        answered: asyncio.Future[Frame] = asyncio.get_running_loop().create_future()
        self._awaited[request] = answered
        try:
            await self._send({**frame, "headers": {**headers, "req_id": request}})
            return await asyncio.wait_for(answered, ANSWER_SECONDS)
        except ConnectionError:
            return {"unsent": True}
        except TimeoutError:
            return {"unknown": True}
        finally:
            self._awaited.pop(request, None)

    async def ping(self) -> None:
        """Say every half minute that we are there; return when nobody answers."""
        while True:
            await asyncio.sleep(PING_SECONDS)
            if "errcode" not in await self.ask({"cmd": "ping"}):
                return

    async def listen(self) -> IncomingMessage | None:
        """Read until the connection ends; the news, where somebody else has taken it."""
        async for message in self._socket:
            if message.type is not aiohttp.WSMsgType.TEXT:
                continue
            try:
                frame = read_json(message.data.encode("utf-8", "replace"))
                if evicted := self._hear(frame):
                    return evicted
            except CallbackRejected:
                name = self._settings.channel
                log.warning("frame skipped", action="aibot_frame_skipped", channel=name)
        return None

    async def finish(self) -> None:
        """Let what is under way be kept, then close; whoever waits learns that nothing comes."""
        if self._pending:
            await asyncio.wait(self._pending, timeout=FAREWELL_SECONDS)
        await self._socket.close()
        for answered in self._awaited.values():
            if not answered.done():
                answered.set_result({"unknown": True})

    def _hear(self, frame: Frame) -> IncomingMessage | None:
        """Take one frame; the message in it when it says that we are evicted."""
        request = string(mapping(frame, "headers"), "req_id")
        if string(frame, "cmd") not in {MESSAGE, EVENT}:
            answered = self._awaited.get(request)
            if answered is not None and not answered.done():
                answered.set_result(frame)
            return None
        body = mapping(frame, "body")
        is_message = string(frame, "cmd") == MESSAGE
        message = parse_message(body, self._clock.now(), request if is_message else "")
        if message is None or message.event == f"aibot.{EVICTED}":
            return message
        self._start(self._take(message, request, self._clock.now()))
        return None

    def _start(self, work: Coroutine[object, object, None]) -> None:
        task = asyncio.create_task(work)
        self._pending.add(task)
        task.add_done_callback(self._pending.discard)

    async def _take(self, message: IncomingMessage, request: str, came: datetime) -> None:
        """Keep it; a pressed card is renewed at once, for five seconds later it cannot be."""
        if not await self.keep(message) or message.kind is not IncomingKind.CHOICE:
            return
        if self._clock.now() - came > CARD_LIFE:
            name = self._settings.channel
            log.warning("card not renewed", action="aibot_card_late", channel=name)
            return
        frame = {"cmd": "aibot_respond_update_msg", "headers": {"req_id": request}}
        with contextlib.suppress(ConnectionError):
            await self._send({**frame, "body": compose_pressed(message)})

    async def keep(self, message: IncomingMessage) -> bool:
        """Offer it to the inbox until it is kept; False when it never was."""
        for again in range(OFFERS):
            try:
                await self._receive(message)
            except NotReady:
                await asyncio.sleep(OFFER_PAUSE * 2**again)
            else:
                return True
        log.error("message lost", action="aibot_message_lost", channel=self._settings.channel)
        return False

    async def _send(self, frame: Frame) -> None:
        try:
            await self._socket.send_str(json.dumps(frame, ensure_ascii=False))
        except (RuntimeError, aiohttp.ClientError) as trouble:
            raise ConnectionError from trouble
