"""What all parts of the simulator share, and how an API call goes wrong on order."""

import asyncio
import json
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

from aiohttp import web

from reporting.messages import Platform
from reporting.ports import Clock
from simulator.chat import ChatLog, ChatMessage, Direction, MessageState, Pressable
from simulator.fault import Endpoint, Fault, FaultKind, Faults
from simulator.media import MediaShelf
from simulator.meter import Meter
from simulator.press import PressDesk

ApiCall = Callable[[web.Request, Fault | None], Awaitable[web.Response]]
WebCall = Callable[[web.Request], Awaitable[web.Response]]


@dataclass(slots=True, kw_only=True)
class Stage:
    """The clock, the chat log, the limits and the ordered faults of one simulator.

    `calls` counts requests to each endpoint; `closing` is set when the simulator stops. `ahead` is
    how far the platforms' clocks run ahead of it, as every answer tells.
    """

    clock: Clock
    meter: Meter
    chat: ChatLog = field(default_factory=ChatLog)
    faults: Faults = field(default_factory=Faults)
    closing: asyncio.Event = field(default_factory=asyncio.Event)
    calls: Counter[Endpoint] = field(default_factory=Counter)
    media: MediaShelf = field(default_factory=MediaShelf)
    presses: PressDesk = field(default_factory=PressDesk)
    base_url: str = ""
    ahead: timedelta = timedelta()

    def now(self) -> datetime:
        """The present moment on the simulator's clock."""
        return self.clock.now()

    async def date(self, _: web.Request, response: web.StreamResponse) -> None:
        """Put the platforms' time on an answer, as every web server does."""
        told = (self.clock.now() + self.ahead).astimezone(UTC)
        response.headers["Date"] = format_datetime(told, usegmt=True)

    def show(self, platform: Platform, outgoing: "Outgoing") -> ChatMessage:
        """Write a message of the bot into the chat log."""
        return self.chat.add(
            ChatMessage(
                id=self.chat.next_id(),
                platform=platform,
                direction=Direction.FROM_BOT,
                user_id=outgoing.user_id,
                group=outgoing.group,
                kind=outgoing.kind,
                title=outgoing.title,
                text=outgoing.text,
                at=self.now(),
                reference=outgoing.reference,
                state=MessageState.DROPPED if outgoing.dropped else MessageState.SHOWN,
                cut=outgoing.cut,
                card_key=outgoing.card_key,
                buttons=outgoing.buttons,
            )
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """A message of the bot on its way into the chat log."""

    text: str
    user_id: str = ""
    group: str | None = None
    kind: str = "text"
    title: str = ""
    reference: str = ""
    dropped: bool = False
    cut: bool = False
    card_key: str = ""
    buttons: tuple[Pressable, ...] = ()


def answer(fields: Mapping[str, object], *, status: int = 200) -> web.Response:
    """A JSON answer in plain UTF-8."""
    body = json.dumps(fields, ensure_ascii=False).encode()
    return web.Response(body=body, status=status, content_type="application/json", charset="utf-8")


def as_ordered(stage: Stage, endpoint: Endpoint, call: ApiCall) -> WebCall:
    """The call with the faults every HTTP service can have; others are left to the call."""

    async def handle(request: web.Request) -> web.Response:
        stage.calls[endpoint] += 1
        fault = stage.faults.take(endpoint)
        match fault and fault.kind:
            case FaultKind.SERVER_ERROR:
                return web.Response(status=503, text="service unavailable")
            case FaultKind.HTML:
                page = "<html><body>请登录网络准入系统</body></html>"
                return web.Response(text=page, content_type="text/html")
            case FaultKind.BLOCKED:
                return answer({"status": 1111, "source": "x5", "punish": "deny"})
        response = await call(request, fault)
        if fault is not None:
            await _hold(stage, fault)
        return response

    return handle


async def _hold(stage: Stage, fault: Fault) -> None:
    """Keep the answer back; a stopping simulator lets go at once."""
    seconds = {FaultKind.HANG: fault.seconds or None, FaultKind.SLOW: fault.seconds}
    if fault.kind in seconds:
        try:
            await asyncio.wait_for(stage.closing.wait(), seconds[fault.kind])
        except TimeoutError:
            return
