"""Group commit: every callback waiting goes into the inbox in one transaction."""

import asyncio
import contextlib
from typing import Protocol

from reporting.errors import NotReady
from storage.inbox import Arrival

WAITING_AT_MOST = 4_000
BATCH_AT_MOST = 500


Waiting = tuple[Arrival, asyncio.Future[None]]


class Remembers(Protocol):
    """Keeps a batch of arrivals; NotReady when nothing could be kept."""

    async def remember(self, arrivals: list[Arrival]) -> int:
        """How many of them were new."""


class Arrivals:
    """Collects what arrives while a commit is under way and commits it together next."""

    def __init__(self, inbox: Remembers) -> None:
        self._inbox = inbox
        self._waiting: list[Waiting] = []
        self._awake = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to commit."""
        self._task = asyncio.create_task(self._commit_for_ever())

    async def stop(self) -> None:
        """Commit what waits, then end."""
        await asyncio.gather(*(kept for _, kept in self._waiting), return_exceptions=True)
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    async def keep(self, arrival: Arrival) -> None:
        """Return once the arrival is committed; NotReady when it is not, or too many wait."""
        if len(self._waiting) >= WAITING_AT_MOST:
            raise NotReady("等待入库的回调过多")
        kept: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((arrival, kept))
        self._awake.set()
        await kept

    async def _commit_for_ever(self) -> None:
        while True:
            await self._awake.wait()
            batch, self._waiting = self._waiting[:BATCH_AT_MOST], self._waiting[BATCH_AT_MOST:]
            if not self._waiting:
                self._awake.clear()
            await self._commit(batch)

    async def _commit(self, batch: list[Waiting]) -> None:
        try:
            await self._inbox.remember([arrival for arrival, _ in batch])
        except NotReady as trouble:
            _settle(batch, trouble)
        except Exception as fault:
            if len(batch) == 1:
                return _settle(batch, NotReady(f"入库失败：{type(fault).__name__}"))
            # One arrival that cannot be kept must not take down those that came with it.
            for one in batch:
                await self._commit([one])
        else:
            _settle(batch, None)


def _settle(batch: list[Waiting], trouble: NotReady | None) -> None:
    for _, kept in batch:
        # A caller that hung up has cancelled its own future.
        if not kept.done():
            kept.set_exception(trouble) if trouble else kept.set_result(None)
