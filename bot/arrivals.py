"""Group commit: every callback waiting goes into the inbox in one transaction."""

import asyncio
import contextlib
from collections.abc import Mapping
from typing import Protocol

import structlog

from bot.tracing import subject_of_message
from reporting.errors import NotReady
from storage.inbox import Arrival

WAITING_AT_MOST = 4_000
BATCH_AT_MOST = 500


Waiting = tuple[Arrival, asyncio.Future[int | None]]

log = structlog.get_logger()


class Remembers(Protocol):
    """Keeps a batch of arrivals; NotReady when nothing could be kept."""

    async def remember(self, arrivals: list[Arrival]) -> Mapping[tuple[str, str], int]:
        """The ids of those that were new, by channel and message key."""


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

    async def keep(self, arrival: Arrival) -> int | None:
        """Return once the arrival is committed; NotReady when it is not, or too many wait.

        The message's id; None when it was known before.
        """
        if len(self._waiting) >= WAITING_AT_MOST:
            raise NotReady("等待入库的回调过多")
        kept: asyncio.Future[int | None] = asyncio.get_running_loop().create_future()
        self._waiting.append((arrival, kept))
        self._awake.set()
        return await kept

    async def _commit_for_ever(self) -> None:
        while True:
            await self._awake.wait()
            batch, self._waiting = self._waiting[:BATCH_AT_MOST], self._waiting[BATCH_AT_MOST:]
            if not self._waiting:
                self._awake.clear()
            await self._commit(batch)

    async def _commit(self, batch: list[Waiting]) -> None:
        try:
            ids = await self._inbox.remember([arrival for arrival, _ in batch])
        except NotReady as trouble:
            _settle(batch, trouble)
        except Exception as fault:
            if len(batch) == 1:
                return _settle(batch, NotReady(f"入库失败：{type(fault).__name__}"))
            # One arrival that cannot be kept must not take down those that came with it.
            for one in batch:
                await self._commit([one])
        else:
            _settle(batch, ids)
            # One line for all that were committed together: a line each would slow them down.
            if ids:
                subjects = [subject_of_message(message_id) for message_id in ids.values()]
                log.info("messages kept", action="messages_kept", ids=subjects)


def _settle(batch: list[Waiting], end: Mapping[tuple[str, str], int] | NotReady) -> None:
    for arrival, kept in batch:
        # A caller that hung up has cancelled its own future.
        if kept.done():
            continue
        if isinstance(end, NotReady):
            kept.set_exception(end)
        else:
            kept.set_result(end.get((arrival.channel, arrival.message.key)))
