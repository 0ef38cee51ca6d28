"""How many callbacks of a channel were refused within the hour, and why: for the operator."""

from collections.abc import Mapping

from redis.asyncio import Redis

from storage.cache import CacheAway, SharedCache

HOUR = 3600
NOTE = """
redis.call('HINCRBY', KEYS[1], ARGV[1], 1)
if redis.call('TTL', KEYS[1]) < 0 then redis.call('EXPIRE', KEYS[1], ARGV[2]) end
return 1
"""


class Rejections:
    """Counters shared by all processes; a cache that is away counts nothing."""

    def __init__(self, redis: Redis) -> None:
        self._shared = SharedCache(redis)

    async def note(self, channel: str, reason: str) -> None:
        """Count one more."""
        try:
            await self._shared.run(NOTE, [_key(channel)], [reason, HOUR])
        except CacheAway:
            return

    async def recent(self, channel: str) -> Mapping[str, int]:
        """The counts by reason."""
        try:
            found = await self._shared.run(
                "return redis.call('HGETALL', KEYS[1])", [_key(channel)], []
            )
        except CacheAway:
            return {}
        pairs = [str(one) for one in found] if isinstance(found, list) else []
        return {reason: int(count) for reason, count in zip(pairs[::2], pairs[1::2], strict=True)}


def _key(channel: str) -> str:
    return f"liaison:{{{channel}}}:rejected"
