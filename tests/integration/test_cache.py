"""Access tokens are fetched once for all processes, and once for each without Redis."""

import asyncio
import time

import pytest

from reporting.ports import Token
from storage.cache import LOCK_SECONDS, RedisTokenCache, open_cache
from tests.support.servers import NOWHERE, Opener

HOUR = 3600.0


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
