"""The chat page: be any person on either platform, see the groups, move the clock."""

import asyncio
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from typing import Protocol

from aiohttp import web

from reporting.messages import Platform
from simulator.chat import ChatLog, ChatMessage, Direction
from simulator.courier import Spoken
from simulator.payload import Payload, read_payload
from simulator.stage import answer
from simulator.timetable import Timetable
from simulator.world import Group, NotPlayed, Person

PLATFORM_NAMES = {
    Platform.WECOM: "企业微信",
    Platform.AIBOT: "企业微信智能机器人",
    Platform.DINGTALK: "钉钉",
}
_FILES = Path(__file__).parent / "pages"
_HEARTBEAT_SECONDS = 15.0
_FARTHEST = timedelta(days=31)
_HEADERS = {"Content-Security-Policy": "default-src 'self'", "Cache-Control": "no-store"}


class Cast(Protocol):
    """What the page shows and plays."""

    @property
    def chat(self) -> ChatLog:
        """Everything anybody wrote."""

    @property
    def platforms(self) -> tuple[Platform, ...]:
        """The platforms that are played."""

    def people(self, platform: Platform) -> tuple[Person, ...]:
        """The members on a platform."""

    def groups(self, platform: Platform) -> tuple[Group, ...]:
        """The groups on a platform."""

    async def say(
        self,
        platform: Platform,
        user_id: str,
        text: str,
        *,
        quote: str | None = None,
        group: str | None = None,
    ) -> Spoken:
        """A person writes to the bot."""

    async def press(self, message_id: str, *keys: str) -> Spoken:
        """A person presses a card's button, or ticks options and submits."""


class ChatPage:
    """Serves the page, its files and its JSON API."""

    def __init__(self, cast: Cast, timetable: Timetable, closing: asyncio.Event) -> None:
        self._cast = cast
        self._timetable = timetable
        self._closing = closing
        self._moving = asyncio.Lock()

    def routes(self) -> list[web.AbstractRouteDef]:
        """The page at /, its files at /pages, its API at /api."""
        return [
            web.get("/", self._show_page),
            web.static("/pages", _FILES),
            web.get("/api/state", self._tell_state),
            web.get("/api/messages", self._tell_messages),
            web.get("/api/groups", self._tell_groups),
            web.get("/api/events", self._tell_changes),
            web.post("/api/say", self._say),
            web.post("/api/press", self._press),
            web.post("/api/clock", self._move_clock),
        ]

    async def _show_page(self, _: web.Request) -> web.FileResponse:
        return web.FileResponse(_FILES / "index.html", headers=_HEADERS)

    async def _tell_state(self, _: web.Request) -> web.Response:
        landmarks = await self._timetable.landmarks()
        fields = {
            "version": self._cast.chat.version,
            "now": self._timetable.clock.now().isoformat(),
            "movable": self._timetable.move is not None,
            "landmarks": [
                {"name": one.name, "label": one.label, "at": one.at.isoformat()}
                for one in landmarks
            ],
            "platforms": [self._describe(platform) for platform in self._cast.platforms],
        }
        return answer(fields)

    def _describe(self, platform: Platform) -> dict[str, object]:
        received: dict[str, int] = {}
        for message in self._cast.chat.messages:
            if message.platform is platform and message.direction is Direction.FROM_BOT:
                received[message.user_id] = received.get(message.user_id, 0) + 1
        return {
            "platform": platform.value,
            "name": PLATFORM_NAMES[platform],
            "people": [
                asdict(person) | {"received": received.get(person.user_id, 0)}
                for person in self._cast.people(platform)
            ],
            "groups": [group.name for group in self._cast.groups(platform)],
            # A WeCom app receives nothing said in a group, so nobody can talk to it there.
            "groups_reach_bot": platform is not Platform.WECOM,
        }

    async def _tell_messages(self, request: web.Request) -> web.Response:
        """A one-to-one chat, a group's chat, or everything if neither is asked for."""
        chat, query = self._cast.chat, request.query
        messages: Sequence[ChatMessage] = chat.messages
        if "platform" in query:
            platform = _platform(query["platform"])
            if platform is None:
                return _mistake("没有这个平台")
            group = query.get("group")
            messages = (
                chat.in_group(platform, group)
                if group is not None
                else chat.with_person(platform, query.get("user", ""))
            )
        return answer({"version": chat.version, "messages": [_as_json(one) for one in messages]})

    async def _tell_groups(self, _: web.Request) -> web.Response:
        groups = [
            {
                "platform": platform.value,
                "platform_name": PLATFORM_NAMES[platform],
                "name": group.name,
                "members": group.members,
                "messages": [
                    _as_json(one) for one in self._cast.chat.in_group(platform, group.name)
                ],
            }
            for platform in self._cast.platforms
            for group in self._cast.groups(platform)
        ]
        return answer({"version": self._cast.chat.version, "groups": groups})

    async def _tell_changes(self, request: web.Request) -> web.StreamResponse:
        """Server-sent events: the version of the chat log and the time, on every change."""
        headers = {"Content-Type": "text/event-stream", "Cache-Control": "no-store"}
        response = web.StreamResponse(headers=headers)
        await response.prepare(request)
        version = -1
        try:
            while not self._closing.is_set():
                version = await self._cast.chat.changed_since(version, within=_HEARTBEAT_SECONDS)
                now = self._timetable.clock.now().isoformat()
                fields = json.dumps({"version": version, "now": now})
                await response.write(f"data: {fields}\n\n".encode())
        except ConnectionResetError:
            return response
        return response

    async def _say(self, request: web.Request) -> web.Response:
        asked = read_payload(await request.read()) or Payload({})
        platform = _platform(asked.text("platform"))
        user_id, text = asked.text("user"), asked.text("text").strip()
        if platform is None or not user_id or not text:
            return _mistake("请选择平台和人员，并填写内容")
        try:
            spoken = await self._cast.say(
                platform,
                user_id,
                text,
                quote=asked.text("quote") or None,
                group=asked.text("group") or None,
            )
        except NotPlayed:
            return _mistake("不能这样发送：群或被引用的消息不存在，或机器人收不到该群的消息")
        return _heard(spoken)

    async def _press(self, request: web.Request) -> web.Response:
        asked = read_payload(await request.read()) or Payload({})
        try:
            spoken = await self._cast.press(asked.text("message"), *asked.texts("keys"))
        except NotPlayed:
            return _mistake("这张卡片上没有这样的按钮，或已经按过")
        return _heard(spoken)

    async def _move_clock(self, request: web.Request) -> web.Response:
        """Move by {"days": 1} or {"hours": 1}, or {"to": "cutoff"}; one move at a time."""
        asked = read_payload(await request.read()) or Payload({})
        if self._timetable.move is None:
            return _mistake("这里的时钟不能移动")
        async with self._moving:
            step = await self._step(asked)
            if step is None or not timedelta() < step <= _FARTHEST:
                return _mistake("只能向前推进，一次最多三十一天")
            await self._timetable.move(step)
        self._cast.chat.touch()
        return answer({"now": self._timetable.clock.now().isoformat()})

    async def _step(self, asked: Payload) -> timedelta | None:
        name = asked.text("to")
        if not name:
            return _plain_step(asked)
        now = self._timetable.clock.now()
        moments = {one.name: one.at for one in await self._timetable.landmarks()}
        return moments[name] - now if name in moments else None


def _heard(spoken: Spoken) -> web.Response:
    return answer(
        {
            "acknowledged": spoken.acknowledged,
            "status": spoken.status,
            "attempts": spoken.attempts,
            "message_key": spoken.message_key,
            "chat_id": spoken.chat_id,
        }
    )


def _plain_step(asked: Payload) -> timedelta | None:
    """Days, hours and minutes together; None for numbers no clock can take."""
    units = ("days", "hours", "minutes")
    amounts = {unit: asked.number(unit) or 0 for unit in units}
    longest = _FARTHEST // timedelta(minutes=1)
    if any(abs(amount) > longest for amount in amounts.values()):
        return None
    return timedelta(**amounts)


def _platform(name: str) -> Platform | None:
    return Platform(name) if name in set(Platform) else None


def _mistake(text: str) -> web.Response:
    return answer({"error": text}, status=400)


def _as_json(message: ChatMessage) -> Mapping[str, object]:
    return asdict(message) | {"at": message.at.isoformat()}
