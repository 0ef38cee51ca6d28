"""The clocks: the real one, and one that can be moved forward for a demonstration or rehearsal."""

import fcntl
import os
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from reporting.errors import UserMistake

OFFICE_ZONE = ZoneInfo("Asia/Shanghai")


class SystemClock:
    """The computer's own time in the office's time zone."""

    def __init__(self, zone: ZoneInfo = OFFICE_ZONE) -> None:
        self._zone = zone

    def now(self) -> datetime:
        """The present moment."""
        return datetime.now(UTC).astimezone(self._zone)


class MovableClock:
    """Real time plus an offset kept in a small file, so all processes share one moved time."""

    def __init__(self, path: Path, zone: ZoneInfo = OFFICE_ZONE) -> None:
        self._path = path
        self._zone = zone
        self._seen: tuple[int, int] | None = None
        self._offset = timedelta()
        self._guard = threading.Lock()

    def now(self) -> datetime:
        """The present moment of the moved time."""
        return datetime.now(UTC).astimezone(self._zone) + self._current_offset()

    def begin(self, moment: datetime) -> datetime:
        """Start the moved time at this moment unless it runs already; returns the present moment.

        The only way to a time before the real one: a demonstration of a month gone by.
        """
        with self._alone():
            if not self._path.exists():
                self._write(moment - datetime.now(UTC))
        return self.now()

    def move(self, delta: timedelta) -> datetime:
        """Move forward by this much, for all processes; returns the new moment."""
        if delta < timedelta():
            raise UserMistake("时钟只能向前拨，不能向后拨。")
        with self._alone():
            self._write(self._read() + delta)
        return self.now()

    def move_to(self, moment: datetime) -> datetime:
        """Move forward to this moment, for all processes; returns the new moment."""
        with self._alone():
            offset = moment - datetime.now(UTC)
            if offset < self._read():
                raise UserMistake(f"时钟只能向前拨：{moment:%Y-%m-%d %H:%M} 已经过去。")
            self._write(offset)
        return self.now()

    def _current_offset(self) -> timedelta:
        """The offset, read again only when the file is another one."""
        try:
            found = self._path.stat()
        except FileNotFoundError:
            return timedelta()
        with self._guard:
            if self._seen != (mark := (found.st_ino, found.st_mtime_ns)):
                self._seen, self._offset = mark, self._read()
            return self._offset

    def _read(self) -> timedelta:
        try:
            return timedelta(microseconds=int(self._path.read_text()))
        except FileNotFoundError:
            return timedelta()

    def _write(self, offset: timedelta) -> None:
        """Put a complete new file in place of the old: a reader never sees half of one."""
        handle, name = tempfile.mkstemp(dir=self._path.parent, prefix=self._path.name)
        with os.fdopen(handle, "w") as file:
            file.write(str(offset // timedelta(microseconds=1)))
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(self._path)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Two who move at once add up."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        lock = os.open(self._path.with_name(self._path.name + ".lock"), os.O_RDWR | os.O_CREAT)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
        finally:
            os.close(lock)
