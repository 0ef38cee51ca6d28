"""Tokens are fetched once for all, budgets hold over all, and both go on without Redis."""

import asyncio
import socket
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
from redis.asyncio import Redis

from reporting.ports import Limit, Token
from storage.cache import LOCK_SECONDS, RedisBudget, RedisTokenCache, open_cache

HOUR = 3600.0
NOWHERE = "unix:///nowhere/valkey.sock"


class Issuer:
    """A platform that gives out numbered tokens, slowly."""

    def __init__(self, *, seconds: float = 2 * HOUR, fails: int = 0) -> None:
        self.issued = 0
        self.asked = 0
        self._seconds = seconds
        self._fails = fails

    async def __call__(self) -> Token:
        """Issue a token, or fail the first few times."""
        self.asked += 1
        await asyncio.sleep(0.05)
        if self.asked <= self._fails:
            raise ConnectionError
        self.issued += 1
        return Token(value=f"token-{self.issued}", seconds=self._seconds)


Opener = Callable[[], Redis]


@pytest.fixture
async def connect(redis_url: str) -> AsyncIterator[Opener]:
    """Opens clients, each as another process would have it."""
    opened: list[Redis] = []

    def open_one() -> Redis:
        opened.append(open_cache(redis_url))
        return opened[-1]

    yield open_one
    for client in opened:
        await client.aclose()


async def test_a_token_is_fetched_once_and_kept(connect: Opener) -> None:
    cache, issuer = RedisTokenCache(connect()), Issuer()
    assert [await cache.get("wecom", issuer) for _ in range(3)] == ["token-1"] * 3


async def test_tasks_and_processes_that_ask_at_once_share_one_fetch(connect: Opener) -> None:
    caches = [RedisTokenCache(connect()) for _ in range(3)]
    issuer = Issuer()
    asked = [cache.get("wecom", issuer) for cache in caches for _ in range(5)]
    assert set(await asyncio.gather(*asked)) == {"token-1"}


async def test_names_and_offices_have_tokens_of_their_own(connect: Opener) -> None:
    issuer = Issuer()
    here, there = (RedisTokenCache(connect(), office=office) for office in ("qinghe", "linhu"))
    tokens = [
        await here.get("a", issuer),
        await here.get("b", issuer),
        await there.get("a", issuer),
    ]
    assert tokens == ["token-1", "token-2", "token-3"]


async def test_one_refresh_serves_all_who_saw_the_token_fail(connect: Opener) -> None:
    issuer = Issuer()
    caches = [RedisTokenCache(connect()) for _ in range(3)]
    failed = await caches[0].get("wecom", issuer)
    for cache in caches:
        await cache.forget("wecom", failed)
        assert await cache.get("wecom", issuer) == "token-2"
    assert issuer.issued == 2


@pytest.mark.parametrize(("good_for", "kept"), [(7200, 6900), (600, 540)])
async def test_a_token_is_renewed_before_it_ends(
    connect: Opener, good_for: float, kept: int
) -> None:
    redis = connect()
    await RedisTokenCache(redis).get("wecom", Issuer(seconds=good_for))
    [key] = await redis.keys("*:token")
    assert kept - 5 <= await redis.ttl(key) <= kept


async def test_a_token_that_is_already_over_is_not_kept(connect: Opener) -> None:
    cache, issuer = RedisTokenCache(connect()), Issuer(seconds=0)
    assert [await cache.get("wecom", issuer) for _ in range(2)] == ["token-1", "token-2"]


async def test_no_key_holds_a_token(connect: Opener) -> None:
    redis = connect()
    await RedisTokenCache(redis).get("wecom", Issuer())
    assert not [key for key in await redis.keys("*") if "token-1" in key]


async def test_a_failed_fetch_frees_the_way_for_the_next(connect: Opener) -> None:
    issuer = Issuer(fails=1)
    caches = [RedisTokenCache(connect()) for _ in range(2)]
    with pytest.raises(ConnectionError):
        await caches[0].get("wecom", issuer)
    started = time.monotonic()
    assert await caches[1].get("wecom", issuer) == "token-1"
    assert time.monotonic() - started < LOCK_SECONDS / 2


async def test_a_cancelled_fetch_frees_the_way_for_the_next(connect: Opener) -> None:
    first, second = RedisTokenCache(connect()), RedisTokenCache(connect())
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(first.get("wecom", lambda: asyncio.sleep(HOUR, LATE)), 0.1)
    assert await second.get("wecom", Issuer()) == "token-1"


LATE = Token(value="late", seconds=HOUR)


async def test_the_lock_of_a_killed_process_does_not_hold_for_ever(connect: Opener) -> None:
    redis = connect()
    await redis.set("liaison:{:wecom}:token-lock", "the dead", px=300)
    assert await RedisTokenCache(redis).get("wecom", Issuer()) == "token-1"


async def test_tokens_are_fetched_once_per_process_without_redis() -> None:
    caches = [RedisTokenCache(open_cache(NOWHERE)) for _ in range(2)]
    issuer = Issuer()
    for cache in caches:
        assert len({await cache.get("wecom", issuer) for _ in range(3)}) == 1
    assert issuer.issued == 2
    await caches[0].forget("wecom", "token-1")
    assert await caches[0].get("wecom", issuer) == "token-3"


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
