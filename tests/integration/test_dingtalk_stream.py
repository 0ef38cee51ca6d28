"""Stream mode against the simulated gateway: nothing that was acknowledged is ever lost."""

import asyncio
import contextlib
import logging
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace

import aiohttp
import pytest
import structlog.testing

from bot.platforms.channel import DingTalkSettings
from bot.platforms.dingtalk.stream import StreamClient
from reporting.errors import NotReady
from reporting.messages import IncomingMessage, Platform
from simulator.fault import Endpoint, Fault, FaultKind
from simulator.world import Patience
from tests.support.simulated import DINGTALK, Scene, a_scene
from tests.support.town_at_work import until

D = Platform.DINGTALK
WORLD = replace(DINGTALK, stream=True, patience=Patience(timeout=5.0, attempts=3, pause=0.05))


@dataclass(slots=True)
class Keeper:
    """Keeps messages as the inbox does; may be told to take its time or to fail."""

    heard: list[IncomingMessage] = field(default_factory=list)
    failures: int = 0
    release: asyncio.Event = field(default_factory=asyncio.Event)
    begun: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        """Nothing holds it up until it is told so."""
        self.release.set()

    async def receive(self, message: IncomingMessage) -> None:
        """Keep a message."""
        self.begun.set()
        await self.release.wait()
        if self.failures:
            self.failures -= 1
            raise NotReady("数据库连接中断")
        self.heard.append(message)

    @property
    def keys(self) -> list[str]:
        """What was kept, in order."""
        return [message.key for message in self.heard]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ends:
    """A gateway, the clients connected to it, and what they kept."""

    scene: Scene
    keeper: Keeper
    tasks: list[asyncio.Task[None]]

    async def say(self, text: str = "第1项完成80%") -> int | None:
        """A liaison writes: the code of the acknowledgement."""
        return (await self.scene.simulator.say(D, "ZhangSan", text)).status

    def misbehave(self, kind: FaultKind, endpoint: Endpoint = Endpoint.DINGTALK_CALLBACK) -> None:
        """Spoil what comes next."""
        self.scene.simulator.misbehave(Fault(kind=kind, endpoint=endpoint, seconds=0.5))

    async def connected(self, count: int = 1) -> None:
        """Wait until so many connections stand."""

        async def is_so() -> bool:
            return len(self.scene.simulator.gateway.lines) == count

        await until(is_so)


def settings(base: str, app_secret: str = DINGTALK.app_secret) -> DingTalkSettings:
    return DingTalkSettings(
        channel="qinghe",
        app_key=DINGTALK.app_key,
        app_secret=app_secret,
        robot_code=DINGTALK.robot_code,
        api_base=f"{base}/dingtalk",
        stream=True,
    )


@asynccontextmanager
async def connected(*, replicas: int = 1, secret: str = DINGTALK.app_secret) -> AsyncIterator[Ends]:
    """A gateway with so many clients connected to it."""
    async with a_scene(wecom=None, dingtalk=WORLD) as scene, aiohttp.ClientSession() as session:
        keeper = Keeper()
        clients = [
            StreamClient(settings(scene.base, secret), session, keeper.receive, scene.clock)
            for _ in range(replicas)
        ]
        tasks = [asyncio.create_task(client.run()) for client in clients]
        try:
            yield Ends(scene=scene, keeper=keeper, tasks=tasks)
        finally:
            keeper.release.set()
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)


async def test_d13_a_message_is_kept_and_then_acknowledged() -> None:
    async with connected() as ends:
        assert await ends.say("民1：完成80%😀") == 200
        (message,) = ends.keeper.heard
        assert (message.text, message.sender_id) == ("民1：完成80%😀", "ZhangSan")


async def test_d13_nothing_is_acknowledged_before_it_is_kept() -> None:
    async with connected() as ends:
        ends.keeper.release.clear()
        saying = asyncio.create_task(ends.say())
        await ends.keeper.begun.wait()
        await asyncio.sleep(0.1)
        assert not saying.done()
        ends.keeper.release.set()
        assert await saying == 200


async def test_d13_what_could_not_be_kept_is_not_acknowledged_and_comes_again() -> None:
    impatient = replace(WORLD, patience=Patience(timeout=0.5, attempts=3, pause=0.0))
    async with a_scene(wecom=None, dingtalk=impatient) as scene, aiohttp.ClientSession() as session:
        keeper = Keeper(failures=1)
        client = StreamClient(settings(scene.base), session, keeper.receive, scene.clock)
        task = asyncio.create_task(client.run())
        spoken = await scene.simulator.say(D, "ZhangSan", "第1项完成80%")
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
        assert (spoken.status, spoken.attempts) == (200, 2)
        assert keeper.keys == [spoken.message_key]


async def test_d13_a_ping_is_echoed_with_its_own_data() -> None:
    async with connected() as ends:
        await ends.connected()
        assert await ends.scene.simulator.gateway.ping()


async def test_d13_a_malformed_frame_is_skipped_and_the_connection_stays() -> None:
    async with connected() as ends:
        await ends.connected()
        (before,) = ends.scene.simulator.gateway.lines
        ends.misbehave(FaultKind.MALFORMED)
        assert await ends.say() == 200
        assert ends.scene.simulator.gateway.lines == [before]


async def test_d13_a_disconnect_lets_running_handlers_end_and_comes_back_at_once() -> None:
    async with connected() as ends:
        await ends.connected()
        (before,) = ends.scene.simulator.gateway.lines
        ends.keeper.release.clear()
        ends.misbehave(FaultKind.DISCONNECT)
        saying = asyncio.create_task(ends.say())
        await ends.keeper.begun.wait()
        await ends.connected(2)  # the new connection stands while the old one finishes its work
        ends.keeper.release.set()
        assert await saying == 200
        assert len(ends.keeper.heard) == 1
        await ends.connected(1)
        assert before not in ends.scene.simulator.gateway.lines
        assert await ends.say("第2项完成90%") == 200


async def test_d13_a_drop_while_handling_brings_the_same_message_again() -> None:
    impatient = replace(WORLD, patience=Patience(timeout=1.5, attempts=4, pause=0.0))
    async with a_scene(wecom=None, dingtalk=impatient) as scene, aiohttp.ClientSession() as session:
        keeper = Keeper()
        client = StreamClient(settings(scene.base), session, keeper.receive, scene.clock)
        task = asyncio.create_task(client.run())
        cut = Fault(kind=FaultKind.CUT, endpoint=Endpoint.DINGTALK_CALLBACK)
        scene.simulator.misbehave(cut)
        spoken = await scene.simulator.say(D, "ZhangSan", "第1项完成80%")
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
        assert spoken.status == 200
        assert set(keeper.keys) == {spoken.message_key}


async def test_d1_a_resend_has_a_new_message_id_and_the_same_key() -> None:
    async with connected() as ends:
        ends.misbehave(FaultKind.DUPLICATE)
        assert await ends.say() == 200
        first, second = ends.keeper.keys
        assert first == second


async def test_d13_a_slow_opening_stalls_nothing_else() -> None:
    async with connected() as ends:
        ends.scene.simulator.misbehave(
            Fault(kind=FaultKind.SLOW, endpoint=Endpoint.DINGTALK_GATEWAY, seconds=0.6)
        )
        worst, until = 0.0, time.monotonic() + 0.5
        while (begun := time.monotonic()) < until:
            await asyncio.sleep(0.01)
            worst = max(worst, time.monotonic() - begun)
        assert worst < 0.4, "the loop stood still"
        assert await ends.say() == 200


async def test_d13_a_stop_acknowledges_what_is_under_way_and_closes() -> None:
    async with connected() as ends:
        await ends.connected()
        ends.keeper.release.clear()
        saying = asyncio.create_task(ends.say())
        await ends.keeper.begun.wait()
        (task,) = ends.tasks
        task.cancel()
        await asyncio.sleep(0.05)
        assert not task.done()
        ends.keeper.release.set()
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.wait_for(task, 5.0)
        assert await saying == 200
        await ends.connected(0)


async def test_d13_several_replicas_share_the_messages_and_lose_none() -> None:
    async with connected(replicas=3) as ends:
        await ends.connected(3)
        kinds = (FaultKind.DISCONNECT, FaultKind.MALFORMED, FaultKind.DUPLICATE)
        for number in range(30):
            if number % 5 == 0:
                ends.misbehave(kinds[number // 5 % 3])
            assert await ends.say(f"第{number}项完成") == 200
        assert {message.text for message in ends.keeper.heard} == {
            f"第{number}项完成" for number in range(30)
        }


@pytest.mark.parametrize("kind", [FaultKind.SERVER_ERROR, FaultKind.HTML])
async def test_d13_a_gateway_that_fails_is_tried_again_after_a_pause(kind: FaultKind) -> None:
    async with connected() as ends:
        ends.misbehave(kind, Endpoint.DINGTALK_GATEWAY)
        assert await ends.say() == 200


async def test_d12_a_refused_secret_is_told_without_it(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)

    async def is_told() -> bool:
        return bool(lines)

    with structlog.testing.capture_logs() as lines:
        async with connected(secret="wrong-secret") as ends:
            await until(is_told)
            assert not ends.scene.simulator.gateway.lines
        async with connected() as ends:
            assert await ends.say() == 200
    heard = [one.getMessage() for one in caplog.records if one.name != "aiohttp.access"]
    told = f"{lines}{heard}"
    assert "stream_not_opened" in told
    assert "AppSecret" in told
    for secret in ("wrong-secret", DINGTALK.app_secret, "ticket="):
        assert secret not in told
