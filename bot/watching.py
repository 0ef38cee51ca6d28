"""What an operator watches a process by: health, readiness, metrics; the same for every role."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from aiohttp import web
from redis.asyncio import Redis
from redis.exceptions import RedisError

from bot.telemetry import Telemetry
from reporting.errors import NotReady
from storage.health import Pulse, feel_pulse
from storage.unit_of_work import Store

HEARTBEAT_AT_MOST = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """What is watched."""

    store: Store
    cache: Redis
    telemetry: Telemetry


def add_watching(app: web.Application, watch: Watch) -> None:
    """Serve `/healthz`, `/readyz` and `/metrics`."""

    async def healthz(_: web.Request) -> web.Response:
        return web.json_response({"alive": True})

    async def readyz(_: web.Request) -> web.Response:
        return await _readyz(watch)

    async def metrics(_: web.Request) -> web.Response:
        await _pulse(watch)
        return web.Response(body=watch.telemetry.render(), content_type="text/plain")

    app.router.add_get("/healthz", healthz)
    app.router.add_get("/readyz", readyz)
    app.router.add_get("/metrics", metrics)


@asynccontextmanager
async def serving(app: web.Application, host: str, port: int) -> AsyncIterator[str]:
    """An application served until the block ends; its address."""
    # No platform compresses: a body that claims to be is read as it is, and so refused.
    runner = web.AppRunner(app, access_log=None, auto_decompress=False)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
        found_host, found_port = runner.addresses[0][:2]
        yield f"http://{found_host}:{found_port}"
    finally:
        await runner.cleanup()


async def _pulse(watch: Watch) -> Pulse | None:
    """How database and workers are, noted in the metrics; None when the database is away."""
    try:
        pulse = await feel_pulse(watch.store.engine)
    except NotReady:
        watch.telemetry.queue_age.set(float("nan"))
        return None
    watch.telemetry.queue_age.set(pulse.queue)
    return pulse


async def _readyz(watch: Watch) -> web.Response:
    """Ready when the database answers and a worker lives; a lost cache costs speed only."""
    pulse = await _pulse(watch)
    if pulse is None:
        return web.json_response({"ready": False, "database": "unreachable"}, status=503)
    working = pulse.heartbeat is not None and pulse.heartbeat < HEARTBEAT_AT_MOST
    report = {
        "ready": working,
        "database": "ok",
        "cache": "ok" if await _cache_answers(watch.cache) else "unreachable",
        "worker": "ok" if working else "no heartbeat",
        "heartbeat_seconds": pulse.heartbeat,
        "queue_seconds": pulse.queue,
    }
    return web.json_response(report, status=200 if working else 503)


async def _cache_answers(cache: Redis) -> bool:
    try:
        return bool(await cache.ping())
    except (RedisError, OSError):
        return False
