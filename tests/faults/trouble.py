"""What befalls a bot from without: its processes, its servers, its clock."""

import asyncio
import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path

from redis.asyncio import Redis

from bot.clock import MovableClock
from bot.embedded import EmbeddedServers
from bot.server_process import process_of
from tests.support.servers import DatabaseServer

AWAY_SECONDS = 3.0


class Trouble(StrEnum):
    """One blow; the bot's own kill is the campaign's business, the others are these servers'."""

    KILL_BOT = "kill_bot"
    KILL_DATABASE = "kill_database"  # kill -9 of the postmaster
    RESTART_DATABASE = "restart_database"  # as an operator restarts it, ending all connections
    KILL_CACHE = "kill_cache"  # kill -9, and absent for a while
    FLUSH_CACHE = "flush_cache"
    CLOCK_FORWARD = "clock_forward"  # an hour, as a clock set wrongly by hand
    CLOCK_BACK = "clock_back"  # an hour back again
    FILL_DISK = "fill_disk"  # no byte left where both servers keep their data, for a while
    CROSS_MIDNIGHT = "cross_midnight"  # over the edge of a day, an hour back and over it again
    CROSS_MONTH = "cross_month"
    CROSS_YEAR = "cross_year"
    CUT_HOST = "cut_host"  # a second host cut off for a while; see tests.faults.cut
    LOSE_HOST = "lose_host"  # the second host without power for a while
    ROLL = "roll"  # every process ended as an operator ends it and started again, one by one


CROSSINGS = frozenset({Trouble.CROSS_MIDNIGHT, Trouble.CROSS_MONTH, Trouble.CROSS_YEAR})


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """Servers of a campaign's own, which may be struck.

    `away` is how long the cache is absent and the disk full.
    """

    folder: Path
    database: DatabaseServer
    redis_url: str
    embedded: EmbeddedServers
    away: float = AWAY_SECONDS

    async def suffer(self, trouble: Trouble, clock: MovableClock, clock_file: Path) -> None:
        """One blow, and the servers up again after it."""
        match trouble:
            case Trouble.KILL_DATABASE:
                await self.end_database()
            case Trouble.RESTART_DATABASE:
                await self._end("postgresql", "postmaster.pid", signal.SIGINT)
            case Trouble.KILL_CACHE:
                await self._end("valkey", "server.pid", signal.SIGKILL)
                await asyncio.sleep(self.away)
            case Trouble.FLUSH_CACHE:
                await self._flush()
            case Trouble.FILL_DISK:
                await self._fill()
            case Trouble.CLOCK_FORWARD:
                clock.move(timedelta(hours=1))
            case Trouble.CLOCK_BACK:
                set_back(clock_file, timedelta(hours=1))
        await asyncio.to_thread(self.embedded.mend)

    async def end_database(self) -> None:
        """Kill the database's postmaster; it stays away until the servers are mended."""
        await self._end("postgresql", "postmaster.pid", signal.SIGKILL)

    async def _end(self, folder: str, pid_file: str, number: signal.Signals) -> None:
        """Send a server a signal and wait until it is gone."""
        place = self.folder / folder
        pid = process_of(place / pid_file, place)
        assert pid is not None, f"{folder} does not run"
        os.kill(pid, number)
        await asyncio.to_thread(_wait_until_gone, place, pid_file)

    async def _fill(self) -> None:
        assert self.folder.is_mount(), "only a small disk of its own may be filled"
        filler = self.folder / "filler"
        try:
            await asyncio.to_thread(write_all_there_is, filler)
            await asyncio.sleep(self.away)
        finally:
            filler.unlink(missing_ok=True)

    async def _flush(self) -> None:
        async with Redis.from_url(self.redis_url) as client:
            await client.flushall()


def _wait_until_gone(place: Path, pid_file: str) -> None:
    while process_of(place / pid_file, place) is not None:
        time.sleep(0.02)


def write_all_there_is(filler: Path) -> None:
    """Leave no room on the disk; a file closed may leave some again, hence the second turn."""
    piece = bytes(1 << 20)
    for size in (len(piece), 512):
        with suppress(OSError), filler.open("ab", buffering=0) as file:
            while file.write(piece[:size]):
                pass


class LeftOut(Exception):
    """This machine does not let us do what the campaign needs; the text says what."""


@contextmanager
def small_disk(megabytes: int) -> Iterator[Path]:
    """A folder that holds so much and no more; LeftOut where that takes a right we lack."""
    with tempfile.TemporaryDirectory(prefix="liaison-disk-") as name:
        option = f"size={megabytes}m,mode=0711"
        mount = ["mount", "-t", "tmpfs", "-o", option, "tmpfs", name]
        try:
            subprocess.run(mount, check=True, capture_output=True)
        except (OSError, subprocess.CalledProcessError) as error:
            raise LeftOut("mounting a small disk takes root") from error
        try:
            yield Path(name)
        finally:
            subprocess.run(["umount", name], check=True)


@contextmanager
def _folder(megabytes: int | None) -> Iterator[Path]:
    if megabytes is not None:
        with small_disk(megabytes) as disk:
            yield disk
        return
    with tempfile.TemporaryDirectory(prefix="liaison-ground-") as name:
        yield Path(name)


@contextmanager
def take_ground(*, away: float = AWAY_SECONDS, megabytes: int | None = None) -> Iterator[Ground]:
    """Durable servers in a folder of their own, stopped in the end.

    With `megabytes` on a disk of that size, which can be filled.
    """
    with _folder(megabytes) as name:
        embedded = EmbeddedServers(name)
        try:
            servers = embedded.start()
            yield Ground(
                folder=name,
                database=DatabaseServer(url=servers.database_url),
                redis_url=servers.redis_url,
                embedded=embedded,
                away=away,
            )
        finally:
            embedded.stop()


def set_back(clock_file: Path, by: timedelta) -> None:
    """Put the moved time back, which the clock itself refuses to do."""
    offset = int(clock_file.read_text()) - by // timedelta(microseconds=1)
    fresh = clock_file.with_suffix(".back")
    fresh.write_text(str(offset))
    fresh.replace(clock_file)


def edge_after(now: datetime, trouble: Trouble) -> datetime:
    """The next midnight that begins a day, a month or a year."""
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    if trouble is Trouble.CROSS_YEAR:
        return midnight.replace(year=now.year + 1, month=1, day=1)
    if trouble is Trouble.CROSS_MONTH:
        return (midnight.replace(day=1) + timedelta(days=32)).replace(day=1)
    return midnight + timedelta(days=1)
