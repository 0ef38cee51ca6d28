"""One load generator for every receiver: raw HTTP over kept connections, one request each.

It does next to nothing per request, so that what is measured is the receiver.
"""

import asyncio
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import cast

LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)


@dataclass(slots=True)
class Answers:
    """What came back: how many of each status, and the seconds each took."""

    statuses: dict[int, int] = field(default_factory=dict)
    seconds: list[float] = field(default_factory=list)
    elapsed: float = 0.0

    @property
    def accepted(self) -> int:
        """How many were acknowledged."""
        return self.statuses.get(200, 0)


class Connection(asyncio.Protocol):
    """One kept connection."""

    def __init__(self) -> None:
        self._transport: asyncio.WriteTransport | None = None
        self._answer: asyncio.Future[int] | None = None
        self._received = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """The connection stands."""
        # uvloop's transports do the same work without being of asyncio's classes.
        self._transport = cast(asyncio.WriteTransport, transport)

    def data_received(self, data: bytes) -> None:
        """Part of an answer, mostly the whole of it."""
        self._received += data
        head, found, body = self._received.partition(b"\r\n\r\n")
        if not found or self._answer is None:
            return
        length = LENGTH.search(head)
        if len(body) >= (int(length.group(1)) if length else 0):
            self._received = b""
            self._answer.set_result(int(head[9:12]))

    def connection_lost(self, exc: Exception | None) -> None:
        """An answer that will not come any more is status 0."""
        if self._answer is not None and not self._answer.done():
            self._answer.set_result(0)

    async def ask(self, request: bytes) -> int:
        """Send a request and wait for its answer's status."""
        assert self._transport is not None
        self._answer = asyncio.get_running_loop().create_future()
        self._transport.write(request)
        return await self._answer

    def close(self) -> None:
        """Hang up."""
        assert self._transport is not None
        self._transport.close()


async def connect(port: int, count: int) -> list[Connection]:
    """Connections to a receiver on this machine."""
    loop = asyncio.get_running_loop()
    opened = [await loop.create_connection(Connection, "127.0.0.1", port) for _ in range(count)]
    return [connection for _, connection in opened]


async def press(lines: list[Connection], requests: Iterator[bytes], seconds: float) -> Answers:
    """As many requests as the receiver takes, each connection sending when it was answered."""
    answers, started = Answers(), time.perf_counter()
    until = started + seconds

    async def keep_asking(line: Connection) -> None:
        while time.perf_counter() < until and (request := next(requests, None)) is not None:
            await _ask(line, request, time.perf_counter(), answers)

    await asyncio.gather(*(keep_asking(line) for line in lines))
    answers.elapsed = time.perf_counter() - started
    return answers


async def pace(
    lines: list[Connection], requests: Iterator[bytes], rate: float, seconds: float
) -> Answers:
    """So many requests a second whatever the answers; delays count from when each was due."""
    answers, started = Answers(), time.perf_counter()
    idle: asyncio.Queue[Connection] = asyncio.Queue()
    for line in lines:
        idle.put_nowait(line)

    async def ask_at(due: float, request: bytes) -> None:
        line = await idle.get()
        await _ask(line, request, due, answers)
        idle.put_nowait(line)

    async with asyncio.TaskGroup() as group:
        for number in range(int(rate * seconds)):
            due = started + number / rate
            if (early := due - time.perf_counter()) > 0:
                await asyncio.sleep(early)
            group.create_task(ask_at(due, next(requests)))
    answers.elapsed = time.perf_counter() - started
    return answers


async def burst(lines: list[Connection], requests: Iterator[bytes], count: int) -> Answers:
    """So many requests due at this very moment, over the connections there are."""
    return await pace(lines, requests, rate=count * 1e6, seconds=1e-6)


async def _ask(line: Connection, request: bytes, due: float, answers: Answers) -> None:
    status = await line.ask(request)
    answers.seconds.append(time.perf_counter() - due)
    answers.statuses[status] = answers.statuses.get(status, 0) + 1
