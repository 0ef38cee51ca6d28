"""A simulated WeCom group robot and what talks to it: by callbacks, or over the long connection."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace

import aiohttp
from redis.asyncio import Redis

from bot.platforms.channel import AibotSettings, Outside
from bot.platforms.wecom.aibot_client import AibotSender
from bot.platforms.wecom.aibot_stream import AibotClient
from reporting.messages import Address, AddressKind, IncomingMessage
from simulator.aibot import SimulatedRobot
from simulator.server import Simulator
from simulator.world import Group, Patience, SimulatedAibot
from storage.line import RedisLine
from storage.seal import Seal
from tests.integration.test_dingtalk_stream import Keeper
from tests.support.platform_server import FakeBudget, FakeTokens
from tests.support.simulated import PEOPLE, MovableClock

ROBOT = SimulatedAibot(
    bot_id="aibot-qinghe",
    token="aibot-token",
    encoding_aes_key="jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C",
    secret="aibot-long-connection-secret",
    members=PEOPLE,
    groups=(Group(name="督查工作群", key="wrGROUP"),),
    patience=Patience(timeout=2.0, attempts=1, pause=0.0),
)


def robot_settings(base: str, *, stream: bool, secret: str = ROBOT.secret) -> AibotSettings:
    """What the operator sets for this robot."""
    return AibotSettings(
        channel="qinghe-robot",
        bot_id=ROBOT.bot_id,
        token=ROBOT.token,
        encoding_aes_key=ROBOT.encoding_aes_key,
        secret=secret,
        stream=stream,
        groups={"督查工作群": "wrGROUP"},
        api_base=f"{base.replace('http', 'ws')}/aibot/connect",
        timeout_seconds=5.0,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class RobotScene:
    """The platform, what was kept of it, and clients that hold or want its connection."""

    simulator: Simulator
    clock: MovableClock
    redis: Redis
    seal: Seal
    session: aiohttp.ClientSession
    keeper: Keeper = field(default_factory=Keeper)
    tasks: list[asyncio.Task[None]] = field(default_factory=list)

    @property
    def robot(self) -> SimulatedRobot:
        """The robot's platform."""
        return self.simulator.robot

    @property
    def line(self) -> RedisLine:
        """A line as another process would open it."""
        return RedisLine(self.redis, self.seal)

    def start(self, *, secret: str = ROBOT.secret) -> asyncio.Task[None]:
        """One more replica that wants the connection."""
        settings = robot_settings(self.simulator.base_url, stream=True, secret=secret)
        client = AibotClient(settings, self.session, self.keeper.receive, self.clock, self.line)
        self.tasks.append(asyncio.create_task(client.run()))
        return self.tasks[-1]

    def sender(self, *, stream: bool = True) -> AibotSender:
        """A sender in a process that need not hold the connection."""
        outside = Outside(
            session=self.session,
            tokens=FakeTokens(),
            budget=FakeBudget(),
            clock=self.clock,
            line=self.line if stream else None,
        )
        return AibotSender(robot_settings(self.simulator.base_url, stream=stream), outside)


def answer_to(message: IncomingMessage) -> Address:
    """Where the answer to a message goes."""
    return Address(
        channel="qinghe-robot",
        kind=AddressKind.SESSION if message.session_url else AddressKind.PERSON,
        target=message.sender_id,
        session_url=message.session_url,
        session_until=message.session_until,
    )


@asynccontextmanager
async def a_robot(redis: Redis, key: str, *, stream: bool) -> AsyncIterator[RobotScene]:
    """A robot's platform on loopback, nobody connected yet."""
    clock = MovableClock()
    simulator = Simulator(wecom=None, dingtalk=None, clock=clock)
    simulator.add_robot(replace(ROBOT, stream=stream))
    await simulator.start()
    async with aiohttp.ClientSession() as session:
        scene = RobotScene(
            simulator=simulator, clock=clock, redis=redis, seal=Seal(key), session=session
        )
        try:
            yield scene
        finally:
            for task in scene.tasks:
                task.cancel()
            await asyncio.gather(*scene.tasks, return_exceptions=True)
            await simulator.stop()
