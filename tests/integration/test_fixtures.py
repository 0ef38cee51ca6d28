"""The fixtures keep their promises: each test has its own migrated database and an empty cache."""

import socket

import psycopg
import pytest
from redis import Redis

from storage.database import plain_url
from storage.migrate import is_current
from tests.support.servers import DatabaseServer


def test_each_test_gets_a_migrated_database(database_url: str) -> None:
    assert is_current(database_url)


@pytest.mark.parametrize("round_", [1, 2])
def test_nothing_of_one_test_is_seen_by_the_next(database_url: str, round_: int) -> None:
    with psycopg.connect(plain_url(database_url)) as connection:
        connection.execute("CREATE TABLE seen (round int)")
        connection.execute("INSERT INTO seen VALUES (%s)", (round_,))


@pytest.mark.parametrize("round_", [1, 2])
def test_the_cache_is_empty_at_first(redis_url: str, round_: int) -> None:
    with Redis.from_url(redis_url) as redis:
        assert redis.dbsize() == 0
        redis.set("seen", round_)


def test_a_dropped_database_is_gone(database_server: DatabaseServer) -> None:
    name = database_server.create()
    database_server.drop(name)
    with pytest.raises(psycopg.OperationalError, match="does not exist"):
        psycopg.connect(plain_url(database_server.url_of(name)))


def test_no_test_leaves_this_machine() -> None:
    with socket.socket() as out, pytest.raises(AssertionError, match="tried to reach"):
        out.connect(("192.0.2.1", 80))
