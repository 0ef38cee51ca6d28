"""Delivering callbacks to the bot as a platform does: a deadline, a few attempts, bad days."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import aiohttp
from yarl import URL

from simulator.fault import Fault, FaultKind
from simulator.world import Patience


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One HTTP request to the bot."""

    url: str
    body: bytes
    query: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    method: str = "POST"


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """What the bot acknowledged: the last HTTP status (None: no answer) after `attempts` tries.

    `message_key` is the platform's message id, the same over all attempts; `chat_id` the id of
    the message in the chat log (empty for an event).
    """

    status: int | None
    attempts: int
    body: bytes = b""
    message_key: str = ""
    chat_id: str = ""

    @property
    def acknowledged(self) -> bool:
        """Whether the platform takes the message as received."""
        return self.status == 200


class Courier:
    """Posts letters to the bot over one HTTP session, between `open` and `close`."""

    def __init__(self) -> None:
        self._session: aiohttp.ClientSession | None = None
        self._held: list[asyncio.Event] = []

    def open(self) -> None:
        """Open the HTTP session; needs a running event loop."""
        # Without a limit on connections: waiting for one would count against the deadline.
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=0), cookie_jar=aiohttp.DummyCookieJar()
        )

    async def close(self) -> None:
        """Close the HTTP session."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def deliver(
        self, write: Callable[[], Letter], patience: Patience, fault: Fault | None
    ) -> Spoken:
        """Deliver until acknowledged or out of attempts; `write` signs each attempt afresh."""
        await self._wait_as_ordered(fault)
        spoken = await self._insist(write, patience, fault)
        if fault and fault.kind is FaultKind.DUPLICATE:
            await self.post(write(), patience.timeout)
        for event in self._held:
            event.set()
        return spoken

    async def post(self, letter: Letter, timeout_seconds: float) -> Spoken:
        """One attempt: the status and body of the answer, or none."""
        if self._session is None or not letter.url:
            return Spoken(status=None, attempts=1)
        try:
            async with self._session.request(
                letter.method,
                URL(letter.url).update_query(letter.query),
                data=letter.body or None,
                headers=letter.headers,
                timeout=aiohttp.ClientTimeout(total=timeout_seconds),
                allow_redirects=False,
            ) as response:
                return Spoken(status=response.status, attempts=1, body=await response.read())
        except (aiohttp.ClientError, TimeoutError, OSError):
            return Spoken(status=None, attempts=1)

    async def _insist(
        self, write: Callable[[], Letter], patience: Patience, fault: Fault | None
    ) -> Spoken:
        answer_is_lost = fault is not None and fault.kind is FaultKind.DROP_ACK
        attempt = 1
        while True:
            spoken = await self.post(write(), patience.timeout)
            if answer_is_lost:
                spoken = Spoken(status=None, attempts=1)
                answer_is_lost = False
            again = spoken.status is None or (patience.repeats_errors and not spoken.acknowledged)
            if not again or attempt >= patience.attempts:
                return Spoken(status=spoken.status, attempts=attempt, body=spoken.body)
            attempt += 1
            await asyncio.sleep(patience.pause)

    async def _wait_as_ordered(self, fault: Fault | None) -> None:
        match fault and fault.kind:
            case FaultKind.DELAY if fault:
                await asyncio.sleep(fault.seconds)
            case FaultKind.REORDER if fault:
                event = asyncio.Event()
                self._held.append(event)
                try:
                    await asyncio.wait_for(event.wait(), fault.seconds or 1.0)
                except TimeoutError:
                    return
                finally:
                    self._held.remove(event)
