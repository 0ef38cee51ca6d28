"""Send budgets hold over all processes, and in each one without Redis."""

import asyncio
import socket
import time
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager

from reporting.ports import Limit
from storage.cache import RedisBudget, open_cache
from tests.support.servers import NOWHERE, Opener


async def take_at_once(takes: list[Awaitable[float]]) -> tuple[int, list[float]]:
    waits = await asyncio.gather(*takes)
    return waits.count(0.0), [wait for wait in waits if wait > 0]


async def test_a_budget_holds_over_all_processes(connect: Opener) -> None:
    budgets = [RedisBudget(connect()) for _ in range(3)]
    limits = (Limit(count=10, seconds=60),)
    taken, waits = await take_at_once([b.take("bot", limits) for b in budgets for _ in range(6)])
    assert taken == 10
    assert all(55 < wait <= 60 for wait in waits)


async def test_the_tightest_of_several_limits_decides(connect: Opener) -> None:
    budget = RedisBudget(connect())
    limits = (Limit(count=2, seconds=1), Limit(count=3, seconds=60))
    assert [await budget.take("bot", limits) for _ in range(2)] == [0.0, 0.0]
    assert 0 < await budget.take("bot", limits) <= 1
    await asyncio.sleep(1.05)
    assert await budget.take("bot", limits) == 0.0
    assert 50 < await budget.take("bot", limits) <= 60


async def test_a_refused_take_uses_nothing_up(connect: Opener) -> None:
    redis = connect()
    budget, limits = RedisBudget(redis), (Limit(count=1, seconds=60),)
    for _ in range(5):
        await budget.take("bot", limits)
    [key] = await redis.keys("*:budget")
    assert await redis.zcard(key) == 1


async def test_each_name_has_a_budget_of_its_own(connect: Opener) -> None:
    budget, limits = RedisBudget(connect()), (Limit(count=1, seconds=60),)
    assert [await budget.take(name, limits) for name in ("a", "b")] == [0.0, 0.0]
    assert await budget.take("c", ()) == 0.0


async def test_a_budget_still_holds_in_each_process_without_redis() -> None:
    budget, limits = RedisBudget(open_cache(NOWHERE)), (Limit(count=3, seconds=60),)
    taken, waits = await take_at_once([budget.take("bot", limits) for _ in range(5)])
    assert taken == 3
    assert all(55 < wait <= 60 for wait in waits)


@asynccontextmanager
async def black_hole() -> AsyncIterator[str]:
    """A server that takes connections and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as hole:
        yield f"redis://127.0.0.1:{hole.getsockname()[1]}/0"


async def test_a_server_that_never_answers_costs_a_second_and_then_nothing() -> None:
    async with black_hole() as url:
        redis = open_cache(url)
        budget, started = RedisBudget(redis), time.monotonic()
        for _ in range(50):
            assert await budget.take("bot", (Limit(count=60, seconds=60),)) == 0.0
        await redis.aclose()
    assert time.monotonic() - started < 2.5
