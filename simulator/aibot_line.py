"""The long connection of the simulated group robot (document 101463): one, the newest."""

import contextlib
import json
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from aiohttp import ClientError, WSMsgType, web

from simulator.payload import Payload, read_payload
from simulator.stage import Stage
from simulator.world import SimulatedAibot

_ANSWER_LIFE = timedelta(hours=24)
_CARD_LIFE = timedelta(seconds=5)
_FAREWELL_SECONDS = 1.0
_FORMS = frozenset({"markdown", "template_card", "stream"})

Shown = Callable[[str, Payload], str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A message of the chat that may be answered: in which chat, since when, whether a press."""

    chat: str
    at: datetime
    pressed: str = ""


@dataclass(slots=True, kw_only=True, eq=False)
class AibotLine:
    """The connections that were made, of which the last holds; what may be answered over it."""

    world: SimulatedAibot
    stage: Stage
    show: Shown
    sockets: list[web.WebSocketResponse] = field(default_factory=list)
    asked: dict[str, Asked] = field(default_factory=dict)
    subscribed: int = 0

    async def connect(self, request: web.Request) -> web.StreamResponse:
        """A program connects: it must subscribe, and whoever was there before is put out."""
        # Whoever is put out may be gone: the newcomer is not kept waiting for his farewell.
        socket = web.WebSocketResponse(timeout=_FAREWELL_SECONDS)
        await socket.prepare(request)
        try:
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    await self._hear(socket, read_payload(message.data) or Payload({}))
        finally:
            if socket in self.sockets:
                self.sockets.remove(socket)
        return socket

    async def close(self) -> None:
        """Close in good order, as for maintenance."""
        for socket in [*self.sockets]:
            await socket.close()

    async def push(self, command: str, request: str, body: Mapping[str, object]) -> bool:
        """Send a callback; False while nobody is connected."""
        if not self.sockets:
            return False
        await _send(self.sockets[-1], command, request, body)
        return True

    async def _hear(self, socket: web.WebSocketResponse, frame: Payload) -> None:
        request = frame.child("headers").text("req_id")
        code = await self._obey(socket, frame, request)
        answer = {
            "headers": {"req_id": request},
            "errcode": code,
            "errmsg": "ok" if not code else "error",
        }
        with contextlib.suppress(ConnectionError, ClientError, RuntimeError):
            await socket.send_str(json.dumps(answer))

    async def _obey(self, socket: web.WebSocketResponse, frame: Payload, request: str) -> int:
        command, body = frame.text("cmd"), frame.child("body")
        if command == "aibot_subscribe":
            return await self._subscribe(socket, body)
        if socket not in self.sockets:
            return 846609
        if command == "ping":
            return 0
        if command == "aibot_send_msg":
            return self._send_to(body.text("chatid"), body)
        return self._respond(command, request, body)

    async def _subscribe(self, socket: web.WebSocketResponse, body: Payload) -> int:
        if (body.text("bot_id"), body.text("secret")) != (self.world.bot_id, self.world.secret):
            return 40001
        for other in [*self.sockets]:
            event = {"msgtype": "event", "event": {"eventtype": "disconnected_event"}}
            told = {"msgid": secrets.token_hex(16), "aibotid": self.world.bot_id, **event}
            await _send(other, "aibot_event_callback", secrets.token_hex(8), told)
            self.sockets.remove(other)
            await other.close()
        self.sockets.append(socket)
        self.subscribed += 1
        return 0

    def _send_to(self, chat: str, body: Payload) -> int:
        """Only markdown, cards and files, and only where somebody has talked to the robot."""
        if body.text("msgtype") not in _FORMS - {"stream"}:
            return 40008
        if chat.lower() not in {one.chat.lower() for one in self.asked.values()}:
            return 40058
        return 45009 if self.show(chat, body) is None else 0

    def _respond(self, command: str, request: str, body: Payload) -> int:
        asked = self.asked.get(request)
        if asked is None:
            return 846605
        if command == "aibot_respond_update_msg":
            fresh = asked.pressed and self.stage.now() - asked.at <= _CARD_LIFE
            return self._renew(asked.pressed, body) if fresh else 846608
        if self.stage.now() - asked.at > _ANSWER_LIFE:
            return 846608
        if body.text("msgtype") not in _FORMS:
            return 40008
        return 45009 if self.show(asked.chat, body) is None else 0

    def _renew(self, message_id: str, body: Payload) -> int:
        renew_card(self.stage, message_id, body)
        return 0


def renew_card(stage: Stage, message_id: str, body: Payload) -> None:
    """Show a card in its new form, without buttons."""
    message = stage.chat.find(message_id)
    words = body.child("template_card").child("main_title").text("title")
    if message is not None and words:
        stage.chat.replace(message.renewed(words))


async def _send(
    socket: web.WebSocketResponse, command: str, request: str, body: Mapping[str, object]
) -> None:
    frame = {"cmd": command, "headers": {"req_id": request}, "body": body}
    with contextlib.suppress(ConnectionError, ClientError, RuntimeError):
        await socket.send_str(json.dumps(frame, ensure_ascii=False))
