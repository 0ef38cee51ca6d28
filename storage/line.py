"""Long connections held by one process of all, and used by any of them.

Who holds one renews a lock of 25 seconds; others take it over when it ends. Frames go to the
holder and answers come back through short lists, sealed, for they hold what people wrote.
"""

import asyncio
import json
import secrets
import time
from collections.abc import Mapping

from redis.asyncio import Redis

from reporting.errors import DeliveryFailed, DeliveryUnknown
from storage.cache import CacheAway, SharedCache
from storage.seal import Seal

HOLD_SECONDS = 25.0  # whoever is killed is followed within thirty
AWAY_SECONDS = 1800.0  # how long an evicted connection stays away: no tug-of-war
ANSWER_SECONDS = 12.0
POP_SECONDS, LOOK_SECONDS = 5.0, 0.05

HOLD = """
local owner = redis.call('GET', KEYS[1])
if owner == ARGV[1] or (not owner and redis.call('EXISTS', KEYS[2]) == 0) then
  redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
  return 1
end
return 0
"""
RELEASE = "if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end"
LAY_ASIDE = """
local owner = redis.call('GET', KEYS[1])
if owner and owner ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[2], '1', 'PX', ARGV[2])
redis.call('DEL', KEYS[1])
return 1
"""
POP = "return redis.call('LPOP', KEYS[1])"
PUSH = """
redis.call('RPUSH', KEYS[1], ARGV[1])
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return 1
"""


class RedisLine:
    """The long connections of one installation, by name."""

    def __init__(self, redis: Redis, seal: Seal, *, hold_seconds: float = HOLD_SECONDS) -> None:
        self._redis, self._shared, self._seal = redis, SharedCache(redis), seal
        self._hold_milliseconds = int(hold_seconds * 1000)

    async def hold(self, name: str, ticket: str) -> bool:
        """Take or keep the connection for 25 seconds; False while another has it.

        Raises CacheAway when nobody can tell.
        """
        keys = [_key(name, "holder"), _key(name, "away")]
        return bool(await self._shared.run(HOLD, keys, [ticket, self._hold_milliseconds]))

    async def release(self, name: str, ticket: str) -> None:
        """Let the next one have it at once."""
        try:
            await self._shared.run(RELEASE, [_key(name, "holder")], [ticket])
        except CacheAway:
            return

    async def stay_away(self, name: str, ticket: str) -> bool:
        """Another program has taken the connection: none of ours takes it back for a while.

        False when another process of ours has it, and keeps it. Raises CacheAway.
        """
        keys = [_key(name, "holder"), _key(name, "away")]
        aside: list[str | int] = [ticket, int(AWAY_SECONDS * 1000)]
        return bool(await self._shared.run(LAY_ASIDE, keys, aside))

    async def is_held(self, name: str) -> bool:
        """Whether any process holds the connection."""
        try:
            return bool(await self._shared.ask(lambda: self._redis.exists(_key(name, "holder"))))
        except CacheAway:
            return False

    async def ask(self, name: str, frame: Mapping[str, object]) -> Mapping[str, object]:
        """Send a frame through the holder; the platform's answer."""
        if not await self.is_held(name):
            raise DeliveryFailed("长连接没有建立，稍后自动重试。", code="not_connected")
        number = secrets.token_hex(16)
        request = json.dumps([number, self._close(frame)])
        try:
            await self._push(_key(name, "out"), request)
            answered = await self._pop(_key(name, number), ANSWER_SECONDS)
            if answered is not None:
                return self._read(answered)
            withdrawn = await self._shared.ask(
                lambda: self._redis.lrem(_key(name, "out"), 1, request)
            )
        except CacheAway:
            raise DeliveryUnknown("缓存中断，不能确定是否送达。") from None
        if withdrawn:
            raise DeliveryFailed("长连接没有应答，稍后自动重试。", code="not_connected")
        raise DeliveryUnknown("请求已交给长连接但没有收到回答，不能确定是否送达。")

    async def next(self, name: str) -> tuple[str, Mapping[str, object]] | None:
        """The next frame to send, with the number its answer goes to; None: none came."""
        request = await self._pop(_key(name, "out"), POP_SECONDS)
        if request is None:
            return None
        number, sealed = json.loads(request)
        return number, self._open(sealed)

    async def answer(self, name: str, number: str, content: Mapping[str, object]) -> None:
        """Give the platform's answer back to whoever asked."""
        await self._push(_key(name, number), self._close(content))

    def _read(self, answered: str) -> Mapping[str, object]:
        content = self._open(answered)
        if content.get("unsent"):
            raise DeliveryFailed("长连接刚断开，稍后自动重试。", code="not_connected")
        if content.get("unknown"):
            raise DeliveryUnknown("请求已发出但连接中断，不能确定是否送达。")
        return content

    def _close(self, content: Mapping[str, object]) -> str:
        return self._seal.close({"content": json.dumps(content, ensure_ascii=False)})

    def _open(self, sealed: str) -> Mapping[str, object]:
        content: Mapping[str, object] = json.loads(str(self._seal.open(sealed)["content"]))
        return content

    async def _push(self, key: str, value: str) -> None:
        await self._shared.run(PUSH, [key], [value, int(2 * ANSWER_SECONDS * 1000)])

    async def _pop(self, key: str, seconds: float) -> str | None:
        """Take the first of a list, looking often: a blocking look that is given up loses it."""
        until = time.monotonic() + seconds
        while True:
            found = await self._shared.run(POP, [key], [])
            if found is not None or time.monotonic() >= until:
                return None if found is None else str(found)
            await asyncio.sleep(LOOK_SECONDS)


def _key(name: str, part: str) -> str:
    return f"liaison:{{{name}}}:line:{part}"
