"""What receives: `python -m benchmarks.receivers echo|decrypt|durable`, on one core.

Prints its port once it listens and serves until it is ended.
"""

import asyncio
import os
import sys
from collections.abc import Awaitable, Callable
from datetime import datetime

import uvloop
from aiohttp import web

from benchmarks.requests import AES_KEY, CHANNEL, CORP, TOKEN
from bot.app import Role, open_bot, working
from bot.clock import SystemClock
from bot.memory import settle
from bot.platforms.channel import CallbackRequest, WeComSettings
from bot.platforms.wecom.codec import WeComCodec
from bot.settings import read_settings
from bot.telemetry import configure_logging

Handler = Callable[[web.Request], Awaitable[web.Response]]


def wecom_settings() -> WeComSettings:
    """The one channel."""
    return WeComSettings(
        channel=CHANNEL,
        corp_id=CORP,
        agent_id=1000002,
        secret="",
        token=TOKEN,
        encoding_aes_key=AES_KEY,
    )


async def echo(request: web.Request) -> web.Response:
    """Read the body and answer with it."""
    return web.Response(body=await request.read())


def decrypting() -> Handler:
    """Verify, decrypt and parse with our codec; keep nothing."""
    codec, clock = WeComCodec(wecom_settings()), SystemClock()

    async def decrypt(request: web.Request) -> web.Response:
        now: datetime = clock.now()
        decoded = codec.decode(
            CallbackRequest(
                method=request.method,
                query=request.query,
                headers={},
                body=await request.read(),
            ),
            now,
        )
        return web.Response(body=decoded.answer)

    return decrypt


async def serve_plain(handler: Handler) -> None:
    """An application with one route."""
    app = web.Application()
    app.router.add_post("/callbacks/{channel}", handler)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    settle()
    _announce(str(runner.addresses[0][1]))
    await asyncio.Event().wait()


async def serve_bot() -> None:
    """The web process as it is run, servers and settings from the environment."""
    settings = read_settings(None)
    async with (
        open_bot(settings, progress=lambda _: None) as bot,
        working(bot, Role.WEB) as address,
    ):
        settle()
        _announce(address.rpartition(":")[2])
        await asyncio.Event().wait()


def _announce(port: str) -> None:
    print(port, flush=True)


def main() -> None:
    """Serve what the first argument names."""
    kind = sys.argv[1]
    os.sched_setaffinity(0, {int(sys.argv[2])})
    configure_logging("ERROR")
    receivers = {"echo": lambda: serve_plain(echo), "decrypt": lambda: serve_plain(decrypting())}
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(receivers.get(kind, serve_bot)())


if __name__ == "__main__":
    main()
