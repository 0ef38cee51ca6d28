"""PostgreSQL and Valkey from wheels, for a machine that has neither: the same code, two addresses.

Everything lies under one data folder. Several processes may share it: the first starts the
servers, the last stops them, and a process that was killed is counted out by the kernel, which
drops its file lock.
"""

import fcntl
import os
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import structlog

from bot.postgresql import PostgreSQL
from bot.server_process import (
    Account,
    check_owner,
    choose_account,
    ensure_running,
    socket_folder,
)
from bot.settings import Settings
from bot.valkey import Valkey
from reporting.errors import NotReady

log = structlog.get_logger()

WATCH_SECONDS = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Servers:
    """Where the running servers are found; the addresses may hold passwords."""

    database_url: str = field(repr=False)
    redis_url: str = field(repr=False)


def _say_nothing(_: str) -> None:
    """Progress nobody wants to see."""


class EmbeddedServers:
    """The embedded servers of one data folder, as one process uses them.

    `durable=False` gives up safety against a power cut for speed and is meant for tests.
    """

    def __init__(
        self,
        data_folder: Path,
        *,
        progress: Callable[[str], None] = _say_nothing,
        durable: bool = True,
    ) -> None:
        self._folder = data_folder.expanduser().absolute()
        self._progress = progress
        self._durable = durable
        self._membership: int | None = None
        self._started: tuple[PostgreSQL | Valkey, ...] = ()

    def start(self) -> Servers:
        """Start the servers, or attach to those that run."""
        try:
            return self._start()
        except PermissionError as error:
            raise NotReady(
                f"没有权限使用数据目录 {self._folder}（{error.filename}）：请用建立它的用户启动，"
                "或把 LIAISON_DATA_FOLDER 设为别的目录。"
            ) from error
        except OSError as error:
            raise NotReady(f"数据目录 {self._folder} 不能使用：{error.strerror}") from error

    def mend(self) -> None:
        """Start again whatever has died since the start."""
        if not all(server.is_alive() for server in self._started):
            self._progress("内嵌服务器意外停止，正在恢复…")
            self.start()

    def stop(self) -> None:
        """Leave; the last one to leave stops the servers."""
        if self._membership is None:
            return
        with self._alone():
            database, cache = self._servers(choose_account(self._database_folder))
            try:
                if self._is_last():
                    self._progress("正在停止内嵌数据库和缓存…")
                    cache.stop()
                    database.stop()
                    shutil.rmtree(database.sockets, ignore_errors=True)
            finally:
                os.close(self._membership)
                self._membership = None

    @property
    def _database_folder(self) -> Path:
        return self._folder / "postgresql"

    def _start(self) -> Servers:
        self._folder.mkdir(mode=0o711 if os.geteuid() == 0 else 0o700, parents=True, exist_ok=True)
        with self._alone():
            database, cache = self._servers(choose_account(self._database_folder))
            if not database.exists():
                self._progress("首次使用：正在建立内嵌数据库（约需几秒）…")
                database.create()
            self._run(database, cache)
            database.create_database()
            if self._membership is None:
                self._membership = self._open("members.lock")
                fcntl.flock(self._membership, fcntl.LOCK_SH)
        self._started = (database, cache)
        return Servers(database_url=database.url, redis_url=cache.url)

    def _servers(self, account: Account) -> tuple[PostgreSQL, Valkey]:
        sockets = socket_folder(self._folder)
        cache_folder = self._folder / "valkey"
        for folder in (sockets, cache_folder):
            account.make_folder(folder)
        check_owner(sockets, account)
        return (
            PostgreSQL(self._database_folder, sockets, account, self._durable),
            Valkey(cache_folder, sockets, account),
        )

    def _run(self, *servers: PostgreSQL | Valkey) -> None:
        for server in servers:
            if not server.answers():
                self._progress(f"正在启动{server.name}…")
            ensure_running(server)

    def _is_last(self) -> bool:
        assert self._membership is not None
        try:
            fcntl.flock(self._membership, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """One process at a time starts or stops."""
        lock = self._open("start.lock")
        try:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                self._progress("另一个进程正在启动或停止内嵌服务器，稍等…")
                fcntl.flock(lock, fcntl.LOCK_EX)
            yield
        finally:
            os.close(lock)

    def _open(self, name: str) -> int:
        return os.open(self._folder / name, os.O_RDWR | os.O_CREAT, 0o600)


@contextmanager
def start_embedded(
    data_folder: Path, *, progress: Callable[[str], None] = _say_nothing
) -> Iterator[Servers]:
    """The embedded servers for as long as the block lasts, watched meanwhile."""
    embedded = EmbeddedServers(data_folder, progress=progress)
    leaving = threading.Event()
    watcher = threading.Thread(target=_watch, args=(embedded, leaving), daemon=True)
    try:
        servers = embedded.start()
        watcher.start()
        yield servers
    finally:
        leaving.set()
        if watcher.is_alive():
            watcher.join()
        embedded.stop()


def _watch(embedded: EmbeddedServers, leaving: threading.Event) -> None:
    while not leaving.wait(WATCH_SECONDS):
        try:
            embedded.mend()
        except NotReady as error:
            log.warning("embedded server down", action="embedded_down", reason=str(error))


@contextmanager
def open_servers(
    settings: Settings, *, progress: Callable[[str], None] = _say_nothing
) -> Iterator[Servers]:
    """The servers the settings name; what they do not name runs embedded."""
    if settings.database_url and settings.redis_url:
        yield Servers(database_url=settings.database_url, redis_url=settings.redis_url)
        return
    with start_embedded(settings.data_folder, progress=progress) as servers:
        yield Servers(
            database_url=settings.database_url or servers.database_url,
            redis_url=settings.redis_url or servers.redis_url,
        )
