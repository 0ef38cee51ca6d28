"""A small HTTP server that answers as told, and hand-written ports for the senders."""

import asyncio
import json
import ssl
from collections import defaultdict, deque
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from aiohttp import web

from reporting.ports import Limit, Token
from tests.support.callbacks import NOW

HTML = "<html><body>请先登录网络准入系统</body></html>"
Behaviour = Literal["hang", "drop"]
PATIENT, HASTY = 10.0, 1.0  # seconds a sender waits: long on a busy machine, short to see it end


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """One answer: JSON fields or raw text, or a behaviour instead of an answer."""

    fields: Mapping[str, object] | None = None
    text: str = ""
    status: int = 200
    behaviour: Behaviour | None = None
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def patience(self) -> float:
        """How long a sender should wait for it."""
        return HASTY if self.behaviour == "hang" else PATIENT


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """One request the server got."""

    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> dict[str, object]:
        """The body as JSON."""
        read: dict[str, object] = json.loads(self.body)
        return read


@dataclass(slots=True)
class PlatformServer:
    """Answers each path with the replies queued for it; the last one stays."""

    replies: defaultdict[str, deque[Reply]] = field(default_factory=lambda: defaultdict(deque))
    received: list[Received] = field(default_factory=list)
    url: str = ""
    released: asyncio.Event = field(default_factory=asyncio.Event)

    def answer(self, path: str, *replies: Reply | Mapping[str, object]) -> None:
        """Queue answers for a path."""
        made = (one if isinstance(one, Reply) else Reply(fields=one) for one in replies)
        self.replies[path] = deque(made)

    def calls(self, path: str) -> list[Received]:
        """The requests for a path."""
        return [one for one in self.received if one.path == path]

    async def handle(self, request: web.Request) -> web.Response:
        """Remember the request and answer as told."""
        body = await request.read()
        self.received.append(
            Received(
                path=request.path,
                query=dict(request.query),
                headers=dict(request.headers),
                body=body,
            )
        )
        queue = self.replies[request.path]
        reply = Reply(status=404)
        if queue:
            reply = queue.popleft() if len(queue) > 1 else queue[0]
        return await self._perform(request, reply)

    async def _perform(self, request: web.Request, reply: Reply) -> web.Response:
        if reply.behaviour == "hang":
            await self.released.wait()
        if reply.behaviour == "drop" and request.transport is not None:
            request.transport.close()
        if reply.fields is not None:
            return web.json_response(dict(reply.fields), status=reply.status)
        return web.Response(
            text=reply.text,
            status=reply.status,
            content_type="text/html",
            headers=dict(reply.headers),
        )


@asynccontextmanager
async def running(trust: ssl.SSLContext | None = None) -> AsyncIterator[PlatformServer]:
    """The server on a free port of this machine."""
    server = PlatformServer()
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", server.handle)
    runner = web.AppRunner(app, shutdown_timeout=0.2)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0, ssl_context=trust).start()
    port = runner.addresses[0][1]
    server.url = f"{'https' if trust else 'http'}://127.0.0.1:{port}"
    try:
        yield server
    finally:
        server.released.set()
        await runner.cleanup()


@dataclass(slots=True)
class FakeTokens:
    """A token cache in memory, one fetch at a time."""

    held: dict[str, str] = field(default_factory=dict)
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def get(self, name: str, fetch: Callable[[], Awaitable[Token]]) -> str:
        """The held token, or a new one."""
        async with self.lock:
            if name not in self.held:
                self.held[name] = (await fetch()).value
            return self.held[name]

    async def forget(self, name: str, value: str) -> None:
        """Drop the token if it is still this one."""
        if self.held.get(name) == value:
            del self.held[name]


@dataclass(slots=True)
class FakeBudget:
    """Remembers what was taken; `waits` says for which names there is nothing left."""

    waits: dict[str, float] = field(default_factory=dict)
    taken: list[tuple[str, tuple[Limit, ...]]] = field(default_factory=list)

    async def take(self, name: str, limits: tuple[Limit, ...]) -> float:
        """Take one, or the wait of the first name that is a part of this one."""
        self.taken.append((name, limits))
        return next((wait for part, wait in self.waits.items() if part in name), 0.0)


@dataclass(slots=True)
class FakeClock:
    """Stands still."""

    at: datetime = NOW

    def now(self) -> datetime:
        """The moment it was set to."""
        return self.at
