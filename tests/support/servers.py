"""The servers the tests stand on: embedded, or what TEST_DATABASE_URL and TEST_REDIS_URL name."""

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg
from psycopg import sql
from redis.asyncio import Redis

from bot.embedded import EmbeddedServers
from storage.database import plain_url

NOWHERE = "unix:///nowhere/valkey.sock"

Opener = Callable[[], Redis]


@dataclass(frozen=True, slots=True, kw_only=True)
class DatabaseServer:
    """A PostgreSQL server on which databases come and go."""

    url: str

    def create(self, template: str = "template1") -> str:
        """Create a database, a copy of the template; returns its name."""
        name = f"liaison_test_{uuid4().hex}"
        self._execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
                sql.Identifier(name), sql.Identifier(template)
            )
        )
        return name

    def drop(self, name: str) -> None:
        """Drop a database, whoever is still connected."""
        self._execute(
            sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
        )

    def url_of(self, name: str) -> str:
        """The address of one database on this server."""
        return urlsplit(self.url)._replace(path=f"/{name}").geturl()

    def _execute(self, statement: sql.Composed) -> None:
        with psycopg.connect(plain_url(self.url), autocommit=True, connect_timeout=5) as connection:
            connection.execute(statement)


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningServers:
    """Both servers."""

    database: DatabaseServer
    redis_url: str


@contextmanager
def start_servers() -> Iterator[RunningServers]:
    """The servers for one test session; embedded ones are started only if one is needed."""
    database_url = os.environ.get("TEST_DATABASE_URL")
    redis_url = os.environ.get("TEST_REDIS_URL")
    if database_url and redis_url:
        yield RunningServers(database=DatabaseServer(url=database_url), redis_url=redis_url)
        return
    with tempfile.TemporaryDirectory(prefix="liaison-test-") as folder:
        embedded = EmbeddedServers(Path(folder), durable=False)
        try:
            servers = embedded.start()
            yield RunningServers(
                database=DatabaseServer(url=database_url or servers.database_url),
                redis_url=redis_url or servers.redis_url,
            )
        finally:
            embedded.stop()
