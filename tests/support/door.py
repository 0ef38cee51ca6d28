"""The bot's HTTP edge and a client that sends it anything."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import aiohttp
from yarl import URL

from bot.app import Role
from bot.platforms.channel import CallbackRequest
from reporting.messages import Platform
from tests.support.town import CHANNELS, Town
from tests.support.town_at_work import Place, metric


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """The bot's HTTP edge, and one client."""

    town: Town
    address: str
    client: aiohttp.ClientSession

    async def knock(self, platform: Platform, request: CallbackRequest) -> int:
        """Send a callback as it is; the status answered."""
        return await self.call(f"/callbacks/{CHANNELS[platform]}", request)

    async def call(self, path: str, request: CallbackRequest) -> int:
        """Send a request to any path; the status answered."""
        url = URL(f"{self.address}{path}").with_query(dict(request.query))
        async with self.client.request(
            request.method, url, headers=dict(request.headers), data=request.body
        ) as response:
            return response.status

    async def counted(self) -> dict[str, float]:
        """The counter of callbacks by its labels."""
        return await metric(self.address, "liaison_callbacks_total")


@asynccontextmanager
async def a_door(place: Place, role: Role = Role.WEB) -> AsyncIterator[Door]:
    """The bot at work in this role, and a client at its door."""
    async with place.at_work(role) as (town, address), aiohttp.ClientSession() as client:
        yield Door(town=town, address=address, client=client)
