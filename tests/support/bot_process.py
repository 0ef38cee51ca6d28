"""The bot as a process of its own, `python -m bot run`, to be killed."""

import asyncio
import os
import signal
import socket
import sys
from asyncio.subprocess import Process
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp

from bot.settings import Settings

ROOT = Path(__file__).parents[2]
START_SECONDS = 60.0


def free_port() -> int:
    """A port nobody listens on now."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@dataclass(slots=True, kw_only=True)
class BotProcess:
    """One process of the bot; started again after each kill, at the same address.

    `within` is what it is started with where it runs on another `host`.
    """

    settings: Settings
    role: str = "all"
    host: str = "127.0.0.1"
    within: tuple[str, ...] = ()
    port: int = field(default_factory=free_port)
    kills: int = 0
    _process: Process | None = None

    @property
    def address(self) -> str:
        """Where it listens, unless it is a worker."""
        return f"http://{self.host}:{self.port}"

    @property
    def pid(self) -> int:
        """The process's number while it runs."""
        assert self._process is not None
        return self._process.pid

    async def start(self) -> None:
        """Start it; its log goes to a file in its data folder."""
        log = self.settings.data_folder / f"{self.role}-{self.port}.log"
        with log.open("ab") as output:
            self._process = await asyncio.create_subprocess_exec(
                *(*self.within, sys.executable, "-m", "bot", "run", "--role", self.role),
                cwd=ROOT,
                env=self._environment(),
                stdout=output,
                stderr=output,
            )

    @property
    def is_running(self) -> bool:
        """Whether it has been started and has not ended by itself."""
        return self._process is not None and self._process.returncode is None

    async def wait_until_listening(self) -> None:
        """Return once it answers; RuntimeError if it never does."""
        deadline = asyncio.get_running_loop().time() + START_SECONDS
        while not await self.is_listening():
            if asyncio.get_running_loop().time() > deadline:
                raise RuntimeError("the bot did not start; see its log")
            await asyncio.sleep(0.05)

    async def is_listening(self) -> bool:
        """Whether somebody answers at its address."""
        try:
            async with (
                aiohttp.ClientSession() as client,
                client.get(f"{self.address}/healthz") as response,
            ):
                return response.status == 200
        except aiohttp.ClientError:
            return False

    async def kill(self) -> None:
        """End it as a power cut would."""
        self.kills += 1
        await self._end(signal.SIGKILL)

    async def stop(self) -> int:
        """End it as an operator would; its exit status."""
        return await self._end(signal.SIGTERM)

    async def _end(self, number: signal.Signals) -> int:
        process, self._process = self._process, None
        if process is None:
            return 0
        if process.returncode is None:
            process.send_signal(number)
        return await process.wait()

    def _environment(self) -> dict[str, str]:
        settings = self.settings
        assert settings.database_url is not None
        assert settings.redis_url is not None
        assert settings.secret_key is not None
        return {
            **os.environ,
            "DATABASE_URL": settings.database_url,
            "REDIS_URL": settings.redis_url,
            "LIAISON_SECRET_KEY": settings.secret_key.get_secret_value(),
            "LIAISON_DATA_FOLDER": str(settings.data_folder),
            "LIAISON_CLOCK_FILE": str(settings.clock_file),
            "LIAISON_HOST": self.host,
            "LIAISON_PORT": str(self.port),
            "LIAISON_LOG_FORMAT": "json",
        }
