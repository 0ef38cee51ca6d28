"""Fixtures for every test: real servers, clean environment, no network beyond this machine."""

import os
import signal
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import redis.asyncio
from redis import Redis

from storage.cache import open_cache
from storage.migrate import migrate
from tests.support.embedded import pids
from tests.support.servers import DatabaseServer, Opener, RunningServers, start_servers

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost", "0.0.0.0", "::", "", None})
OUR_VARIABLES = ("DATABASE_URL", "REDIS_URL")


class NetworkReached(AssertionError):
    """A test tried to leave this machine."""


def pytest_configure() -> None:
    """Close the ways out and forget the settings of whoever runs the tests."""
    sys.addaudithook(_stay_on_this_machine)
    for name in list(os.environ):
        if name in OUR_VARIABLES or name.startswith("LIAISON_"):
            del os.environ[name]


def _stay_on_this_machine(event: str, arguments: tuple[object, ...]) -> None:
    if event == "socket.connect":
        address = arguments[1]
        host = address[0] if isinstance(address, tuple) else None
    elif event == "socket.getaddrinfo":
        host = arguments[0]
    else:
        return
    if isinstance(host, bytes):
        host = host.decode()
    if host not in LOOPBACK and not str(host).startswith("127."):
        raise NetworkReached(f"a test tried to reach {host}")


@pytest.fixture(scope="session")
def servers() -> Iterator[RunningServers]:
    """PostgreSQL and Redis, started once for the whole session."""
    with start_servers() as running:
        yield running


@pytest.fixture(scope="session")
def database_server(servers: RunningServers) -> DatabaseServer:
    """The PostgreSQL server, for tests that want databases of their own."""
    return servers.database


@pytest.fixture(scope="session")
def migrated_template(database_server: DatabaseServer) -> Iterator[str]:
    """The name of a migrated database to copy: migrating takes longer than copying."""
    name = database_server.create()
    migrate(database_server.url_of(name))
    yield name
    database_server.drop(name)


@pytest.fixture
def database_url(database_server: DatabaseServer, migrated_template: str) -> Iterator[str]:
    """A fresh, migrated, empty database for one test."""
    name = database_server.create(migrated_template)
    yield database_server.url_of(name)
    database_server.drop(name)


@pytest.fixture
def redis_url(servers: RunningServers) -> str:
    """The cache, empty."""
    with Redis.from_url(servers.redis_url) as redis:
        redis.flushdb()
    return servers.redis_url


@pytest.fixture
async def connect(redis_url: str) -> AsyncIterator[Opener]:
    """Opens clients of the cache, each as another process would have one."""
    opened: list[redis.asyncio.Redis] = []

    def open_one() -> redis.asyncio.Redis:
        opened.append(open_cache(redis_url))
        return opened[-1]

    yield open_one
    for client in opened:
        await client.aclose()


@pytest.fixture
def data_folder(tmp_path: Path) -> Iterator[Path]:
    """A data folder of embedded servers; whatever still runs in it afterwards is stopped."""
    data = tmp_path / "data"
    yield data
    for pid in pids(data):
        os.kill(pid, signal.SIGKILL)
