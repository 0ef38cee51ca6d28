"""Access tokens and send budgets shared by all processes through Redis.

Redis may vanish at any moment: then each process goes on by itself, which costs a token more or a
limit less exactly kept, and never a record.
"""

import asyncio
import secrets
import time
from collections.abc import Awaitable, Callable
from typing import TypeVar

import structlog
from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError as RedisUnreachable
from redis.exceptions import RedisError

from reporting.errors import NotReady
from reporting.ports import Limit, Token
from storage.local_cache import LocalBudget, LocalTokens, lifetime

log = structlog.get_logger()

LOCK_SECONDS = 10.0
POLL_SECONDS = 0.05
REST_SECONDS = 5.0

# One question answers all three cases at once, so that no token can appear between two questions.
CLAIM = """
local token = redis.call('GET', KEYS[1])
if token then return {'found', token} end
if redis.call('SET', KEYS[2], ARGV[1], 'NX', 'PX', ARGV[2]) then return {'fetch', ''} end
return {'wait', ''}
"""
DROP = (
    "if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0"
)
# The time is the server's: the clocks of the processes need not agree.
TAKE = """
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local wait, longest = 0, 0
for i = 2, #ARGV, 2 do
  local count, window = tonumber(ARGV[i]), tonumber(ARGV[i + 1])
  local oldest = redis.call('ZREVRANGE', KEYS[1], count - 1, count - 1, 'WITHSCORES')[2]
  if oldest then wait = math.max(wait, oldest + window - now) end
  longest = math.max(longest, window)
end
if wait > 0 then return wait end
redis.call('ZREMRANGEBYSCORE', KEYS[1], 0, now - longest)
redis.call('ZADD', KEYS[1], now, ARGV[1])
redis.call('PEXPIRE', KEYS[1], longest)
return 0
"""

T = TypeVar("T")


def open_cache(redis_url: str) -> Redis:
    """A client that would rather fail soon than keep a message waiting."""
    return Redis.from_url(
        redis_url,
        decode_responses=True,
        socket_timeout=1.0,
        socket_connect_timeout=1.0,
        # A restarted server leaves dead connections in the pool: worth one more try, no wait.
        retry=Retry(NoBackoff(), 1, supported_errors=(RedisUnreachable,)),
    )


class CacheAway(NotReady):
    """Redis cannot be asked now."""


class SharedCache:
    """The line to Redis: after a failure it rests a moment instead of stalling every caller."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis
        self._resting_until = 0.0

    async def run(self, script: str, keys: list[str], arguments: list[str | int]) -> object:
        """Run a script on the server; raises CacheAway."""
        answer: object = await self.ask(
            lambda: self._redis.register_script(script)(keys=keys, args=arguments)
        )
        return answer

    async def keep(self, key: str, value: str, *, seconds: float) -> None:
        """Set a value that expires; raises CacheAway."""
        await self.ask(lambda: self._redis.set(key, value, px=max(1, int(seconds * 1000))))

    async def ask(self, question: Callable[[], Awaitable[T]]) -> T:
        """Ask the server, unless it failed a moment ago."""
        if time.monotonic() < self._resting_until:
            raise CacheAway
        try:
            return await _unswallowed(question())
        except (RedisError, OSError) as error:
            self._resting_until = time.monotonic() + REST_SECONDS
            log.warning("shared cache away", action="cache_away", error=type(error).__name__)
            raise CacheAway from error


class RedisTokenCache:
    """Access tokens fetched once for all processes (reporting.ports.TokenCache)."""

    def __init__(self, redis: Redis, *, office: str = "") -> None:
        self._shared = SharedCache(redis)
        self._local = LocalTokens()
        self._office = office

    async def get(self, name: str, fetch: Callable[[], Awaitable[Token]]) -> str:
        """The cached token of this name, or a new one; `name` must hold no secret."""
        async with self._local.alone(name):
            try:
                found = await self._find_or_claim(name, ticket := secrets.token_hex(16))
            except CacheAway:
                found, ticket = self._local.find(name), ""
            return found or await self._fetch(name, ticket, fetch)

    async def forget(self, name: str, value: str) -> None:
        """Drop the token if it is still this one."""
        self._local.forget(name, value)
        await self._drop(self._key(name), value)

    async def _find_or_claim(self, name: str, ticket: str) -> str | None:
        """The token, or None when fetching it falls to us.

        Whoever waits longer than the lock lasts fetches by himself: a token too many is harmless.
        """
        until = time.monotonic() + LOCK_SECONDS
        keys = [self._key(name), self._lock(name)]
        while True:
            match await self._shared.run(CLAIM, keys, [ticket, int(LOCK_SECONDS * 1000)]):
                case ["found", str(token)]:
                    return token
                case ["wait", _] if time.monotonic() < until:
                    await asyncio.sleep(POLL_SECONDS)
                case _:
                    return None

    async def _fetch(self, name: str, ticket: str, fetch: Callable[[], Awaitable[Token]]) -> str:
        try:
            token = await fetch()
            self._local.keep(name, token)
            await self._share(name, token)
        finally:
            if ticket:
                await self._drop(self._lock(name), ticket)
        return token.value

    async def _share(self, name: str, token: Token) -> None:
        if (seconds := lifetime(token)) <= 0:
            return
        try:
            await self._shared.keep(self._key(name), token.value, seconds=seconds)
        except CacheAway:
            return

    async def _drop(self, key: str, value: str) -> None:
        try:
            await self._shared.run(DROP, [key], [value])
        except CacheAway:
            return

    def _key(self, name: str) -> str:
        return f"liaison:{{{self._office}:{name}}}:token"

    def _lock(self, name: str) -> str:
        return f"liaison:{{{self._office}:{name}}}:token-lock"


class RedisBudget:
    """Send budgets of all processes together (reporting.ports.Budget), as sliding windows."""

    def __init__(self, redis: Redis, *, office: str = "") -> None:
        self._shared = SharedCache(redis)
        self._local = LocalBudget()
        self._office = office

    async def take(self, name: str, limits: tuple[Limit, ...]) -> float:
        """Take one from every limit of this name: 0.0 if taken, else seconds to wait."""
        if not limits:
            return 0.0
        windows = [part for limit in limits for part in (limit.count, limit.seconds * 1000)]
        key = f"liaison:{{{self._office}:{name}}}:budget"
        try:
            wait = await self._shared.run(TAKE, [key], [secrets.token_hex(8), *windows])
        except CacheAway:
            return self._local.take(name, limits)
        return int(str(wait)) / 1000


async def _unswallowed(question: Awaitable[T]) -> T:
    """The answer; whoever is told to stop meanwhile stops at once.

    The client swallows a cancellation that comes while it reads, and a loop
    that asks again and again would then never end.
    """
    asked = asyncio.ensure_future(question)
    try:
        await asyncio.wait([asked])
    except asyncio.CancelledError:
        # Its end within the client's own patience is of no interest to anybody.
        asked.add_done_callback(lambda done: done.cancelled() or done.exception())
        raise
    return asked.result()
