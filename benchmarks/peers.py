"""The receive paths of two well-known bot frameworks, checking signatures and storing nothing.

Run by the environment of requirements-bench.lock, whose libraries ours does not have:
`.venv-bench/bin/python -m benchmarks.peers bolt|aiogram CORE`.
"""

import asyncio
import os
import sys

import uvloop
from aiogram import Bot, Dispatcher, types
from aiogram.webhook.aiohttp_server import SimpleRequestHandler
from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult

SLACK_SECRET, SLACK_TOKEN = "benchsigningsecret", "xoxb-bench"
TELEGRAM_TOKEN, TELEGRAM_SECRET = "42:bench", "benchsecret"


def bolt() -> web.Application:
    """Bolt's aiohttp adapter with its signature check and one listener."""

    async def authorize(**_: object) -> AuthorizeResult:
        return AuthorizeResult(
            enterprise_id=None, team_id="T1", bot_token=SLACK_TOKEN, bot_id="B1", bot_user_id="UB"
        )

    bolt_app = AsyncApp(signing_secret=SLACK_SECRET, authorize=authorize)

    async def listen() -> None:
        """Nothing is done with the message."""

    bolt_app.event("message")(listen)

    async def receive(request: web.Request) -> web.Response:
        answer = await bolt_app.async_dispatch(await to_bolt_request(request))
        response: web.Response = await to_aiohttp_response(answer)
        return response

    app = web.Application()
    app.router.add_post("/callbacks/bench", receive)
    return app


def aiogram() -> web.Application:
    """aiogram's webhook with its secret token and one handler."""
    dispatcher = Dispatcher()

    async def listen(message: types.Message) -> None:
        """Nothing is done with the message."""

    dispatcher.message()(listen)
    app = web.Application()
    handler = SimpleRequestHandler(
        dispatcher, Bot(TELEGRAM_TOKEN), handle_in_background=False, secret_token=TELEGRAM_SECRET
    )
    handler.register(app, path="/callbacks/bench")
    return app


async def serve(app: web.Application) -> None:
    """Serve until ended; the port is printed."""
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    print(runner.addresses[0][1], flush=True)
    await asyncio.Event().wait()


def main() -> None:
    """Serve what the first argument names on the core the second names."""
    os.sched_setaffinity(0, {int(sys.argv[2])})
    app = {"bolt": bolt, "aiogram": aiogram}[sys.argv[1]]()
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(serve(app))


if __name__ == "__main__":
    main()
