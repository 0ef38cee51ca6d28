"""A DingTalk sender and the server it talks to."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from urllib.parse import urlsplit

import aiohttp

from bot.platforms.dingtalk.client import DingTalkSender
from reporting.messages import Address, AddressKind, Delivery, DeliveryState
from tests.support.callbacks import DINGTALK, NOW
from tests.support.platform_server import (
    PATIENT,
    FakeBudget,
    FakeClock,
    FakeTokens,
    PlatformServer,
    Reply,
    running,
)

TOKEN = "/v1.0/oauth2/accessToken"
SEND = "/v1.0/robot/oToMessages/batchSend"
GROUP_SEND = "/v1.0/robot/groupMessages/send"
SESSION = "/robot/sendBySession"
PERSON = Address(channel="linhu", kind=AddressKind.PERSON, target="0123")
GROUP = Address(channel="linhu", kind=AddressKind.GROUP, target="督查工作群")
FRESH = ({"accessToken": "token-1", "expireIn": 7200},)
TWO_TOKENS = (*FRESH, {"accessToken": "token-2", "expireIn": 7200})
SENT = {"processQueryKey": "sent-1", "invalidStaffIdList": [], "flowControlledStaffIdList": []}
BAD_TOKEN = Reply(fields={"code": "InvalidAuthentication", "message": "x"}, status=400)
RETRY, REFUSED, UNKNOWN = DeliveryState.RETRY, DeliveryState.REFUSED, DeliveryState.UNKNOWN
DELIVERED = DeliveryState.DELIVERED


@dataclass(frozen=True, slots=True)
class Scene:
    """A sender and the server it talks to."""

    sender: DingTalkSender
    server: PlatformServer
    tokens: FakeTokens
    budget: FakeBudget
    clock: FakeClock

    async def send(self, address: Address = PERSON, text: str = "请报进度") -> Delivery:
        """Send one text, a reminder."""
        return await self.sender.send(address, text, again=False, key="reminder-1")

    def session(self, target: str = "0123") -> Address:
        """The address of an answer to a callback that has just come."""
        return Address(
            channel="linhu",
            kind=AddressKind.SESSION,
            target=target,
            session_url=f"{self.server.url}{SESSION}?session=s3cr3t",
            session_until=NOW + timedelta(minutes=90),
        )


@asynccontextmanager
async def a_scene(patience: float = PATIENT) -> AsyncIterator[Scene]:
    """A sender whose server takes everything, until it is told otherwise."""
    async with running() as server, aiohttp.ClientSession() as session:
        server.answer(TOKEN, *FRESH)
        server.answer(SEND, SENT)
        server.answer(GROUP_SEND, {"processQueryKey": "sent-2"})
        server.answer(SESSION, {"errcode": 0, "errmsg": "ok"})
        settings = replace(
            DINGTALK,
            api_base=server.url,
            session_hosts=(urlsplit(server.url).netloc,),
            timeout_seconds=patience,
        )
        tokens, budget, clock = FakeTokens(), FakeBudget(), FakeClock()
        sender = DingTalkSender(settings, session, tokens, budget, clock)
        yield Scene(sender, server, tokens, budget, clock)
