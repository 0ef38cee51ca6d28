"""A town whose bot works within the test, and looking into its database."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import aiohttp
import sqlalchemy as sa
from pydantic import SecretStr

from bot.app import Role, working
from bot.settings import Settings
from reporting.messages import (
    Address,
    AddressKind,
    IncomingKind,
    IncomingMessage,
    OutgoingKind,
    OutgoingMessage,
    Platform,
)
from storage.database import transaction
from storage.inbox import Arrival
from storage.seal import new_key
from storage.statistics import count_unfinished
from tests.support.town import CHANNELS, MORNING, Town, open_town, town_settings

SETTLE_SECONDS = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a town stands: the servers' addresses, a folder; `towns` are all that stood there."""

    database_url: str
    redis_url: str
    folder: Path
    secret_key: str = field(default_factory=new_key, repr=False)
    towns: list[Town] = field(default_factory=list, repr=False, compare=False)

    @property
    def settings(self) -> Settings:
        """Settings of a process here."""
        made = town_settings(self.database_url, self.redis_url, self.folder)
        return made.model_copy(update={"secret_key": SecretStr(self.secret_key)})

    @asynccontextmanager
    async def at_work(self, role: Role = Role.ALL) -> AsyncIterator[tuple[Town, str]]:
        """The town with its bot at work in this role, and the bot's address."""
        async with self.at_rest() as town, working(town.bot, role) as address:
            town.point_to(address)
            yield town, address

    @asynccontextmanager
    async def at_rest(self) -> AsyncIterator[Town]:
        """The town with its bot put together and not at work."""
        async with open_town(self.settings) as town:
            self.towns.append(town)
            yield town


def arrival(town: Town, key: str, *, sender: str = "Liaison00", seconds: float = 0.0) -> Arrival:
    """A verified message on WeCom; its text tells how long its key is."""
    message = IncomingMessage(
        key=key,
        kind=IncomingKind.TEXT,
        sender_id=sender,
        sent_at=MORNING,
        text=f"第1项完成{len(key)}%",
    )
    return Arrival(
        office_id=town.office_id,
        channel=CHANNELS[Platform.WECOM],
        message=message,
        received_at=MORNING + timedelta(seconds=seconds),
    )


async def rows(town: Town, statement: str) -> list[tuple[object, ...]]:
    """What the database answers."""
    async with transaction(town.bot.store.engine) as connection:
        return [tuple(row) for row in await connection.execute(sa.text(statement))]


async def change(town: Town, statement: str) -> None:
    """Change something behind the bot's back."""
    async with transaction(town.bot.store.engine) as connection:
        await connection.execute(sa.text(statement))


async def until(is_so: Callable[[], Awaitable[bool]]) -> None:
    """Wait until something is so; TimeoutError after a minute."""
    deadline = asyncio.get_running_loop().time() + SETTLE_SECONDS
    while not await is_so():
        if asyncio.get_running_loop().time() > deadline:
            raise TimeoutError("what was waited for did not happen")
        await asyncio.sleep(0.02)


async def settle(town: Town) -> None:
    """Wait until every message is answered and every answer is out."""

    async def is_quiet() -> bool:
        return await count_unfinished(town.bot.store.engine) == 0

    await until(is_quiet)


async def write(
    town: Town, platform: Platform, target: str, texts: Sequence[str], *, to_group: bool = False
) -> None:
    """Put messages into the outbox, each with its delivery job."""
    kind = AddressKind.GROUP if to_group else AddressKind.PERSON
    async with town.bot.store.unit_of_work(town.clock.now()) as work:
        for text in texts:
            address = Address(channel=CHANNELS[platform], kind=kind, target=target)
            message = OutgoingMessage(
                key=f"test:{text[:40]}", kind=OutgoingKind.NOTICE, address=address, text=text
            )
            assert await work.outbox.write(town.office_id, message, about=())


async def metric(address: str, name: str) -> dict[str, float]:
    """One counter of the bot's metrics page: its values by their labels."""
    async with aiohttp.ClientSession() as client, client.get(f"{address}/metrics") as response:
        lines = (await response.text()).splitlines()
    found = (line.rsplit(" ", 1) for line in lines if line.startswith(f"{name}{{"))
    return {labels.removeprefix(name): float(value) for labels, value in found}
