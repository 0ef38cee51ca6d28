"""A WeCom sender and the server it talks to."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace

import aiohttp

from bot.platforms.wecom.client import WeComSender
from reporting.messages import Address, AddressKind, Delivery, DeliveryState
from tests.support.callbacks import WECOM
from tests.support.platform_server import (
    PATIENT,
    FakeBudget,
    FakeTokens,
    PlatformServer,
    running,
)

TOKEN, SEND, HOOK = "/cgi-bin/gettoken", "/cgi-bin/message/send", "/cgi-bin/webhook/send"
PERSON = Address(channel="qinghe", kind=AddressKind.PERSON, target="ZhangSan")
GROUP = Address(channel="qinghe", kind=AddressKind.GROUP, target="督查工作群")
FRESH = ({"errcode": 0, "access_token": "token-1", "expires_in": 7200},)
TWO_TOKENS = (*FRESH, {"errcode": 0, "access_token": "token-2", "expires_in": 7200})
RETRY, REFUSED, UNKNOWN = DeliveryState.RETRY, DeliveryState.REFUSED, DeliveryState.UNKNOWN
SECRETS = (WECOM.secret, *WECOM.groups.values(), "token-1", "token-2", "access_token=", "http://")


@dataclass(frozen=True, slots=True)
class Scene:
    """A sender and the server it talks to."""

    sender: WeComSender
    server: PlatformServer
    tokens: FakeTokens
    budget: FakeBudget

    async def send(self, text: str = "请报进度", address: Address = PERSON) -> Delivery:
        """Send one text, a reminder."""
        return await self.sender.send(address, text, again=False, key="reminder-1")


@asynccontextmanager
async def a_scene(patience: float = PATIENT, proxy: str | None = None) -> AsyncIterator[Scene]:
    """A sender whose server takes everything, until it is told otherwise."""
    async with running() as server, aiohttp.ClientSession() as session:
        server.answer(TOKEN, *FRESH)
        server.answer(SEND, {"errcode": 0, "msgid": "sent-1"})
        server.answer(HOOK, {"errcode": 0})
        settings = replace(WECOM, api_base=server.url, timeout_seconds=patience, proxy=proxy)
        tokens, budget = FakeTokens(), FakeBudget()
        yield Scene(WeComSender(settings, session, tokens, budget), server, tokens, budget)
