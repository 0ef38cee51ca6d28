"""A small simulated office and a bot that only listens, for tests of the simulator."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from aiohttp import ClientSession, web

from reporting.messages import Platform
from simulator.server import Simulator
from simulator.timetable import Landmark
from simulator.world import Group, Patience, Person, Role, SimulatedDingTalk, SimulatedWeCom

QUICK = Patience(timeout=0.3, attempts=3, pause=0.0)
MONDAY = datetime(2026, 6, 22, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
CUTOFF = datetime(2026, 6, 25, 17, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
PEOPLE = (
    Person(user_id="ZhangSan", name="张三", title="办公室副主任", unit="县住建局"),
    Person(user_id="LiSi", name="李四", title="办公室主任", unit="县教体局"),
    Person(user_id="WangWu", name="王五", title="副县长", role=Role.LEADER),
)
WECOM = SimulatedWeCom(
    corp_id="wwsimulated",
    agent_id=1000002,
    secret="wecom-secret",
    token="wecom-token",
    encoding_aes_key="jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C",
    members=PEOPLE,
    groups=(Group(name="县政府督办群", key="wecom-key", members=("WangWu",)),),
    patience=QUICK,
)
DINGTALK = SimulatedDingTalk(
    app_key="dingkey",
    app_secret="dingsecret",
    robot_code="dingrobot",
    members=PEOPLE,
    groups=(Group(name="县委督办群", key="cidgroup==", members=("WangWu",)),),
    patience=replace(QUICK, attempts=2),
)


class MovableClock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.moment = MONDAY

    def now(self) -> datetime:
        """The moment it was moved to."""
        return self.moment

    async def move(self, step: timedelta) -> None:
        """Move the clock."""
        self.moment += step


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """One request the bot saw."""

    method: str
    query: dict[str, str]
    headers: dict[str, str]
    body: bytes


@dataclass(slots=True, kw_only=True)
class ListeningBot:
    """Remembers every callback and answers `statuses` in turn, then 200 with `body`."""

    url: str = ""
    statuses: list[int] = field(default_factory=list)
    body: bytes = b"success"
    received: list[Received] = field(default_factory=list)

    async def answer(self, request: web.Request) -> web.Response:
        """Take a callback."""
        self.received.append(
            Received(
                method=request.method,
                query=dict(request.query),
                headers={name.lower(): value for name, value in request.headers.items()},
                body=await request.read(),
            )
        )
        status = self.statuses.pop(0) if self.statuses else 200
        return web.Response(status=status, body=self.body)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """A running simulator, the bot it calls, its clock and an HTTP client."""

    simulator: Simulator
    bot: ListeningBot
    clock: MovableClock
    client: ClientSession

    @property
    def base(self) -> str:
        """The simulator's address."""
        return self.simulator.base_url


@asynccontextmanager
async def a_scene(
    wecom: SimulatedWeCom | None = WECOM, dingtalk: SimulatedDingTalk | None = DINGTALK
) -> AsyncIterator[Scene]:
    """A simulator and a listening bot on loopback."""
    clock = MovableClock()

    async def landmarks(_: datetime) -> tuple[Landmark, ...]:
        return (Landmark(name="cutoff", label="到截止时刻", at=CUTOFF),)

    simulator = Simulator(
        wecom=wecom,
        dingtalk=dingtalk,
        clock=clock,
        move_clock=clock.move,
        find_landmarks=landmarks,
    )
    async with a_listening_bot() as bot, ClientSession() as client:
        await simulator.start()
        try:
            for platform in simulator.platforms:
                simulator.set_callback(platform, bot.url)
            yield Scene(simulator=simulator, bot=bot, clock=clock, client=client)
        finally:
            await simulator.stop()


@asynccontextmanager
async def a_listening_bot() -> AsyncIterator[ListeningBot]:
    """A bot that only listens, on loopback."""
    bot = ListeningBot()
    async with served(bot.answer) as url:
        bot.url = url
        yield bot


@asynccontextmanager
async def served(
    answer: Callable[[web.Request], Awaitable[web.Response]], path: str = "/callback"
) -> AsyncIterator[str]:
    """The address where `answer` takes callbacks."""
    app = web.Application()
    app.router.add_route("*", path, answer)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}{path}"
    finally:
        await runner.cleanup()


def texts(scene: Scene, platform: Platform, user_id: str) -> list[str]:
    """What a person reads in the one-to-one chat."""
    return [message.text for message in scene.simulator.chat.with_person(platform, user_id)]
