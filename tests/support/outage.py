"""Taking a database away from whoever uses it, and giving it back."""

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

from storage.database import plain_url
from tests.support.servers import DatabaseServer


@contextmanager
def cut_off(server: DatabaseServer, database_url: str) -> Iterator[None]:
    """While this lasts, nobody is connected to the database and nobody gets in."""
    name = urlsplit(database_url).path.lstrip("/")
    _allow(server, name, "false")
    hang_up(server, database_url)
    try:
        yield
    finally:
        _allow(server, name, "true")


def hang_up(server: DatabaseServer, database_url: str) -> None:
    """End every connection to the database at once."""
    name = urlsplit(database_url).path.lstrip("/")
    statement = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s"
    with psycopg.connect(plain_url(server.url), autocommit=True) as connection:
        connection.execute(statement, (name,))


def _allow(server: DatabaseServer, name: str, allowed: str) -> None:
    statement = sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS {}")
    with psycopg.connect(plain_url(server.url), autocommit=True) as connection:
        connection.execute(statement.format(sql.Identifier(name), sql.SQL(allowed)))
