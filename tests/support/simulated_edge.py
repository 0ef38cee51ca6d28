"""One channel's codec and sender between the simulated platforms and a test."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest
from aiohttp import web

from bot.platforms.channel import (
    CallbackCodec,
    CallbackRequest,
    ChannelSettings,
    DingTalkSettings,
    Outside,
    WeComSettings,
)
from bot.platforms.registry import open_codec, open_sender
from reporting.errors import CallbackRejected
from reporting.messages import (
    Address,
    AddressKind,
    DeliveryState,
    IncomingMessage,
    Platform,
)
from reporting.ports import Budget, Sender
from simulator.fault import Endpoint, Fault, FaultKind
from tests.support.platform_server import PATIENT, FakeBudget, FakeTokens
from tests.support.simulated import DINGTALK, WECOM, Scene, a_scene, served

W, D = Platform.WECOM, Platform.DINGTALK
DELIVERED, RETRY = DeliveryState.DELIVERED, DeliveryState.RETRY
REFUSED, UNKNOWN = DeliveryState.REFUSED, DeliveryState.UNKNOWN
SENDING = {W: Endpoint.WECOM_MESSAGE, D: Endpoint.DINGTALK_PERSON}
POSTING = {W: Endpoint.WECOM_WEBHOOK, D: Endpoint.DINGTALK_GROUP}
FETCHING = {W: Endpoint.WECOM_TOKEN, D: Endpoint.DINGTALK_TOKEN}
CALLING = {W: Endpoint.WECOM_CALLBACK, D: Endpoint.DINGTALK_CALLBACK}
GROUPS = {W: WECOM.groups[0], D: DINGTALK.groups[0]}
BOTH = pytest.mark.parametrize("platform", [W, D])


@dataclass(slots=True)
class Edge:
    """One channel's codec and sender, and what came in and was refused."""

    platform: Platform
    scene: Scene
    codec: CallbackCodec
    sender: Sender
    messages: list[IncomingMessage] = field(default_factory=list)
    rejected: list[str] = field(default_factory=list)

    async def answer(self, request: web.Request) -> web.Response:
        """Take a callback as the web process does."""
        callback = CallbackRequest(
            method=request.method,
            query=request.query,
            headers={name.lower(): value for name, value in request.headers.items()},
            body=await request.read(),
        )
        try:
            decoded = self.codec.decode(callback, self.scene.clock.now())
        except CallbackRejected as rejected:
            self.rejected.append(rejected.reason)
            return web.Response(status=rejected.status)
        if decoded.message is not None:
            self.messages.append(decoded.message)
        return web.Response(body=decoded.answer, content_type=decoded.content_type)

    def order(self, kind: FaultKind, at: dict[Platform, Endpoint], *, times: int = 1) -> None:
        """Let the simulator misbehave."""
        self.scene.simulator.misbehave(Fault(kind=kind, endpoint=at[self.platform], times=times))

    def calls(self, at: dict[Platform, Endpoint]) -> int:
        """How often an endpoint was called."""
        return self.scene.simulator.stage.calls[at[self.platform]]

    async def send(self, text: str, kind: AddressKind = AddressKind.PERSON) -> DeliveryState:
        """Send to Zhang San or to the group."""
        target = "ZhangSan" if kind is AddressKind.PERSON else GROUPS[self.platform].name
        address = Address(channel="c", kind=kind, target=target)
        return (await self.sender.send(address, text, again=False, key=text)).state


def settings_of(platform: Platform, base: str, patience: float) -> ChannelSettings:
    """The settings that make the simulator take the platform's place."""
    groups = {GROUPS[platform].name: GROUPS[platform].key}
    if platform is W:
        return WeComSettings(
            channel="c",
            corp_id=WECOM.corp_id,
            agent_id=WECOM.agent_id,
            secret=WECOM.secret,
            token=WECOM.token,
            encoding_aes_key=WECOM.encoding_aes_key,
            groups=groups,
            api_base=f"{base}/wecom",
            timeout_seconds=patience,
        )
    return DingTalkSettings(
        channel="c",
        app_key=DINGTALK.app_key,
        app_secret=DINGTALK.app_secret,
        robot_code=DINGTALK.robot_code,
        groups=groups,
        api_base=f"{base}/dingtalk",
        session_hosts=(urlsplit(base).netloc,),
        timeout_seconds=patience,
    )


@asynccontextmanager
async def an_edge(
    platform: Platform, budget: Budget | None = None, patience: float = PATIENT
) -> AsyncIterator[Edge]:
    """A running simulator whose callbacks come to the edge and whose API it calls."""
    async with AsyncExitStack() as stack:
        scene = await stack.enter_async_context(a_scene())
        settings = settings_of(platform, scene.base, patience)
        outside = Outside(
            session=scene.client,
            tokens=FakeTokens(),
            budget=budget or FakeBudget(),
            clock=scene.clock,
        )
        sender = open_sender(settings, outside)
        edge = Edge(platform, scene, open_codec(settings), sender)
        url = await stack.enter_async_context(served(edge.answer))
        scene.simulator.set_callback(platform, url)
        yield edge
