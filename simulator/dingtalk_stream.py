"""DingTalk's Stream gateway: connections the bot opens, frames with acknowledgements, bad days.

A ticket is good for one use within 90 seconds. A message not acknowledged comes again with a new
messageId and the same msgId. Messages are shared out at random among an app's connections.
"""

import asyncio
import contextlib
import json
import random
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from aiohttp import ClientError, WSMsgType, web

from simulator.courier import Spoken
from simulator.fault import Endpoint, Fault, FaultKind
from simulator.payload import Payload, read_payload
from simulator.stage import Stage, answer, as_ordered
from simulator.world import Patience, SimulatedDingTalk

_ROBOT_TOPIC = "/v1.0/im/bot/messages/get"
CARD_TOPIC = "/v1.0/card/instances/callback"
_TICKET_LIFE = timedelta(seconds=90)
_LOOK_SECONDS = 0.01


@dataclass(frozen=True, slots=True, kw_only=True)
class Push:
    """What is pushed over a connection: a robot's message unless its topic says otherwise."""

    data: str
    kind: str = "CALLBACK"
    topic: str = _ROBOT_TOPIC
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True, kw_only=True, eq=False)
class Line:
    """One open connection; a leaving one gets nothing more and is closed soon."""

    socket: web.WebSocketResponse
    transport: asyncio.Transport
    waiting: dict[str, asyncio.Future[Payload]] = field(default_factory=dict)
    leaving: bool = False

    async def send(self, frame: Mapping[str, object]) -> None:
        """Send a frame, if the connection still stands."""
        with contextlib.suppress(ConnectionError, ClientError, RuntimeError):
            await self.socket.send_str(json.dumps(frame, ensure_ascii=False))

    def expect(self, message_id: str) -> asyncio.Future[Payload]:
        """The acknowledgement of this frame, once it comes."""
        expected: asyncio.Future[Payload] = asyncio.get_running_loop().create_future()
        self.waiting[message_id] = expected
        return expected

    def hear(self, text: str) -> None:
        """An acknowledgement came."""
        payload = read_payload(text) or Payload({})
        expected = self.waiting.pop(payload.child("headers").text("messageId"), None)
        if expected is not None and not expected.done():
            expected.set_result(payload)


class Gateway:
    """Serves the connections of one app."""

    def __init__(self, world: SimulatedDingTalk, stage: Stage) -> None:
        self._world, self._stage = world, stage
        self._tickets: dict[str, datetime] = {}
        self.lines: list[Line] = []

    def routes(self) -> list[web.RouteDef]:
        """Where tickets are given, and where the connections arrive."""
        give = as_ordered(self._stage, Endpoint.DINGTALK_GATEWAY, self._give_ticket)
        return [
            web.post("/dingtalk/v1.0/gateway/connections/open", give),
            web.get("/dingtalk/connect", self._connect),
        ]

    async def close(self) -> None:
        """Close every connection."""
        for line in [*self.lines]:
            await line.socket.close()

    async def _give_ticket(self, request: web.Request, fault: Fault | None) -> web.Response:
        if fault and fault.kind is FaultKind.REFUSED:
            return answer({"code": fault.code, "message": fault.message}, status=403)
        asked = read_payload(await request.read()) or Payload({})
        known = (self._world.app_key, self._world.app_secret)
        if (asked.text("clientId"), asked.text("clientSecret")) != known:
            refusal = {"code": "authFailed", "message": "无效的clientId或者clientSecret"}
            return answer(refusal, status=401)
        ticket = f"{secrets.token_urlsafe(24)}=="
        self._tickets[ticket] = self._stage.now() + _TICKET_LIFE
        place = self._stage.base_url.replace("http://", "ws://")
        return answer({"endpoint": f"{place}/dingtalk/connect", "ticket": ticket})

    async def _connect(self, request: web.Request) -> web.StreamResponse:
        until = self._tickets.pop(request.query.get("ticket", ""), None)
        if until is None or until < self._stage.now():
            return web.Response(status=401)
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        assert isinstance(request.transport, asyncio.Transport)
        line = Line(socket=socket, transport=request.transport)
        self.lines.append(line)
        try:
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    line.hear(message.data)
        finally:
            self.lines.remove(line)
        return socket

    async def ping(self) -> bool:
        """Ping every connection; whether each echoed what it was sent."""
        echoed = []
        for line in self.lines:
            opaque = json.dumps({"opaque": secrets.token_hex(8)})
            message_id = secrets.token_hex(16)
            heard = line.expect(message_id)
            await line.send(_frame("SYSTEM", "ping", message_id, opaque))
            echoed.append((await asyncio.wait_for(heard, 5.0)).text("data") == opaque)
        return bool(echoed) and all(echoed)

    async def deliver(self, push: Push, patience: Patience, fault: Fault | None) -> Spoken:
        """Deliver until acknowledged or out of attempts; the fault spoils the first attempt."""
        for attempt in range(1, patience.attempts + 1):
            heard = await self._attempt(push, patience.timeout, fault if attempt == 1 else None)
            if heard is not None:
                break
            await asyncio.sleep(patience.pause)
        if fault and fault.kind is FaultKind.DUPLICATE:
            await self._attempt(push, patience.timeout, None)
        if heard is None:
            return Spoken(status=None, attempts=attempt)
        body = heard.text("data").encode()
        return Spoken(status=heard.number("code"), attempts=attempt, body=body)

    async def _attempt(self, push: Push, seconds: float, fault: Fault | None) -> Payload | None:
        """One try on one connection: the acknowledgement, or None."""
        try:
            async with asyncio.timeout(seconds):
                line = await self._choose()
                message_id = secrets.token_hex(16)
                heard = line.expect(message_id)
                await self._spoil(line, fault, before=True)
                await line.send(_frame(push.kind, push.topic, message_id, push.data, push.headers))
                await self._spoil(line, fault, before=False)
                acknowledged = await heard
        except TimeoutError:
            return None
        return None if fault and fault.kind is FaultKind.DROP_ACK else acknowledged

    async def _choose(self) -> Line:
        while True:
            open_lines = [line for line in self.lines if not line.leaving]
            if open_lines:
                return random.choice(open_lines)  # noqa: S311 - load sharing, not a secret
            await asyncio.sleep(_LOOK_SECONDS)

    async def _spoil(self, line: Line, fault: Fault | None, *, before: bool) -> None:
        match fault and fault.kind:
            case FaultKind.MALFORMED if before:
                await line.socket.send_str("{not json")
                await line.socket.send_str('{"type": "CALLBACK"}')
                await line.socket.send_bytes(b"\x00\xff")
            case FaultKind.DISCONNECT if not before:
                line.leaving = True
                reason = json.dumps({"reason": "connection is expired"})
                await line.send(_frame("SYSTEM", "disconnect", "", reason))
            case FaultKind.CUT if not before:
                line.transport.abort()


def _frame(
    kind: str, topic: str, message_id: str, data: str, more: Mapping[str, str] | None = None
) -> Mapping[str, object]:
    """A frame; a disconnect is the one kind without a messageId."""
    headers = {"topic": topic, "contentType": "application/json", **(more or {})}
    if message_id:
        headers["messageId"] = message_id
    return {"specVersion": "1.0", "type": kind, "headers": headers, "data": data}
