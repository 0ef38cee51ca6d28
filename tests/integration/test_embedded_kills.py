"""The embedded servers survive kills and restarts, and several processes share them."""

import contextlib
import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest
from redis.exceptions import RedisError

from bot.embedded import EmbeddedServers, start_embedded
from reporting.ports import Limit, Token
from storage.cache import RedisBudget, RedisTokenCache, open_cache
from tests.support.embedded import another_process, pids, ready, recall, remember


def test_only_the_last_one_to_leave_stops_the_servers(data_folder: Path) -> None:
    first, second = (
        EmbeddedServers(data_folder, durable=False),
        EmbeddedServers(data_folder, durable=False),
    )
    assert first.start() == second.start()
    first.stop()
    first.stop()
    assert len(pids(data_folder)) == 2
    second.stop()
    assert pids(data_folder) == []


def test_processes_that_start_at_once_share_the_servers(data_folder: Path) -> None:
    with another_process(data_folder) as one, another_process(data_folder) as other:
        assert ready(one)
        assert ready(other)
        assert len(pids(data_folder)) == 2


def test_a_killed_process_leaves_servers_the_next_one_meets_again(data_folder: Path) -> None:
    said: list[str] = []
    with another_process(data_folder) as process:
        assert ready(process)
    before = pids(data_folder)
    with start_embedded(data_folder, progress=said.append):
        assert pids(data_folder) == before
    assert [line[:4] for line in said] == ["正在停止"]
    assert pids(data_folder) == []


def test_killed_servers_come_back_with_all_that_was_committed(data_folder: Path) -> None:
    embedded = EmbeddedServers(data_folder)
    servers = embedded.start()
    remember(servers, "first")
    for pid in pids(data_folder):
        os.kill(pid, signal.SIGKILL)
    assert embedded.start() == servers
    assert recall(servers) == (["first"], ["first"])
    embedded.stop()
    assert pids(data_folder) == []


def test_servers_that_die_under_work_come_back_by_themselves(data_folder: Path) -> None:
    said: list[str] = []
    with start_embedded(data_folder, progress=said.append) as servers:
        remember(servers, "first")
        for pid in pids(data_folder):
            os.kill(pid, signal.SIGKILL)
        assert is_true_within(20, lambda: len(pids(data_folder)) == 2)
        assert is_true_within(20, lambda: recall(servers) == (["first"], ["first"]))
    assert any("正在恢复" in line for line in said)
    assert pids(data_folder) == []


def test_a_stop_after_the_servers_died_is_no_trouble(data_folder: Path) -> None:
    embedded = EmbeddedServers(data_folder, durable=False)
    embedded.start()
    for pid in pids(data_folder):
        os.kill(pid, signal.SIGKILL)
    time.sleep(0.2)
    embedded.stop()


def test_a_pid_that_now_belongs_to_somebody_else_is_no_obstacle(data_folder: Path) -> None:
    with start_embedded(data_folder) as servers:
        remember(servers, "first")
        old = (data_folder / "postgresql" / "postmaster.pid").read_text().split("\n", 1)[1]
    (data_folder / "postgresql" / "postmaster.pid").write_text(f"{os.getpid()}\n{old}")
    (data_folder / "valkey" / "server.pid").write_text(f"{os.getpid()}\n")
    with start_embedded(data_folder) as servers:
        assert recall(servers)[0] == ["first"]


def test_a_creation_killed_half_way_is_begun_anew(data_folder: Path) -> None:
    half = data_folder / "postgresql.new"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18\n")
    with start_embedded(data_folder) as servers:
        remember(servers, "first")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
def test_an_ordinary_user_can_start_them_and_root_can_join(data_folder: Path) -> None:
    nobody = 65534
    data_folder.mkdir(parents=True)
    os.chown(data_folder, nobody, nobody)
    with another_process(data_folder, uid=nobody) as process:
        assert ready(process)
        with start_embedded(data_folder) as servers:
            remember(servers, "first")
        assert len(pids(data_folder)) == 2


async def test_a_cache_killed_under_work_costs_no_answer(data_folder: Path) -> None:
    embedded = EmbeddedServers(data_folder, durable=False)
    redis = open_cache(embedded.start().redis_url)
    tokens, budget = RedisTokenCache(redis), RedisBudget(redis)
    limits = (Limit(count=2, seconds=60),)
    assert await tokens.get("wecom", issue) == "token"
    assert await budget.take("bot", limits) == 0.0
    os.kill(pids(data_folder)[-1], signal.SIGKILL)
    assert await tokens.get("wecom", issue) == "token"
    assert [await budget.take("bot", limits) for _ in range(2)] == [0.0, 0.0]
    assert await budget.take("bot", limits) > 50
    embedded.start()
    # The append-only file kept what was taken before the kill.
    again = RedisBudget(redis)
    assert await again.take("bot", limits) == 0.0
    assert await again.take("bot", limits) > 50
    await redis.aclose()
    embedded.stop()


def is_true_within(seconds: float, condition: Callable[[], bool]) -> bool:
    """Wait for a condition; servers that do not answer yet do not fulfil it."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        with contextlib.suppress(psycopg.OperationalError, RedisError):
            if condition():
                return True
        time.sleep(0.1)
    return False


async def issue() -> Token:
    """A token that is good for two hours."""
    return Token(value="token", seconds=7200)
