"""Setting the stage: the sample office in the ledger and the same people on both platforms."""

import asyncio
import secrets
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path

from bot.app import Bot, open_bot, working
from bot.clock import MovableClock
from bot.importing import with_kinds
from bot.settings import Settings
from documents.plan_reader import read_plan
from handlers.import_plan import import_plan
from reporting.calendar import OFFICE_ZONE
from reporting.liaison import Leader, Liaison
from reporting.messages import Platform
from reporting.overseer import Overseer, Post
from reporting.plan import Directory
from reporting.round import round_of
from simulator.server import Simulator
from simulator.timetable import Landmark
from simulator.world import Group, Person, Role, SimulatedDingTalk, SimulatedWeCom
from storage.channels import ChannelRow
from storage.seal import Json

SAMPLE = Path(__file__).parent.parent / "sample"
SAMPLE_OFFICE = "青河县人民政府督查室"
BEGINNING = datetime(2026, 6, 1, 9, 30, tzinfo=OFFICE_ZONE)
WECOM, DINGTALK = "demo-wecom", "demo-dingtalk"
GROUP = "县政府领导工作群"
STAFF = Person(user_id="duban", name="王敏", title="督查室", unit=SAMPLE_OFFICE, role=Role.STAFF)
CHANNELS = {Platform.WECOM: WECOM, Platform.DINGTALK: DINGTALK}


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A bot at work between two simulated platforms, and the clock all of them follow."""

    bot: Bot
    simulator: Simulator
    clock: MovableClock
    office_id: int
    address: str

    async def move_clock(self, delta: timedelta) -> None:
        """Let time pass, and the clock strike at once."""
        self.clock.move(delta)
        await self.bot.worker.ticker.strike_all()

    async def move_clock_to(self, moment: datetime) -> None:
        """Let time pass until a moment, and the clock strike at once."""
        self.clock.move_to(moment)
        await self.bot.worker.ticker.strike_all()


@asynccontextmanager
async def set_stage(
    settings: Settings, *, simulator_port: int = 0, beginning: datetime = BEGINNING
) -> AsyncIterator[Stage]:
    """The sample office at work, from its beginning or from where an earlier run stopped."""
    clock_file = settings.clock_file or settings.data_folder / "clock"
    clock = MovableClock(clock_file, settings.timezone)
    clock.begin(beginning)
    async with AsyncExitStack() as stack:
        settings = settings.model_copy(update={"clock_file": clock_file})
        bot = await stack.enter_async_context(open_bot(settings))
        office_id, directory = await _load_office(bot)
        simulator = _simulator(bot, directory, clock)
        base = await simulator.start(port=simulator_port)
        stack.push_async_callback(simulator.stop)
        await _save_channels(bot, simulator, office_id, base)
        address = await stack.enter_async_context(working(bot))
        for platform, channel in CHANNELS.items():
            simulator.set_callback(platform, f"{address}/callbacks/{channel}")
        yield Stage(bot=bot, simulator=simulator, clock=clock, office_id=office_id, address=address)


async def _load_office(bot: Bot) -> tuple[int, Directory]:
    """Import the sample's table on the first run."""
    async with bot.store.unit_of_work(bot.clock.now()) as work:
        office_id = await work.registry.find(SAMPLE_OFFICE)
        if office_id is None:
            path = SAMPLE / "qinghe.xlsx"
            reading = await asyncio.to_thread(read_plan, path, office=SAMPLE_OFFICE)
            plan = with_kinds(reading.plan)
            imported = await import_plan(work, plan, office=SAMPLE_OFFICE, source=path.name)
            office_id = imported.office_id
        return office_id, await work.registry.directory(office_id)


async def seat_overseers(stage: Stage) -> None:
    """Bind the leaders and the office's staff to their simulated accounts."""
    async with stage.bot.store.unit_of_work(stage.clock.now()) as work:
        directory = await work.registry.directory(stage.office_id)
        seats = [
            (Post.LEADER, leader.name, WECOM, _leader(number, leader).user_id)
            for number, leader in enumerate(directory.leaders, 1)
        ]
        for post, name, channel, user_id in [*seats, (Post.STAFF, STAFF.name, DINGTALK, "duban")]:
            overseer = Overseer(
                office_id=stage.office_id, post=post, name=name, channel=channel, user_id=user_id
            )
            await work.overseers.bind(overseer)


def _simulator(bot: Bot, directory: Directory, clock: MovableClock) -> Simulator:
    """Both platforms with the office's own people; credentials are made anew for each run."""

    async def move(delta: timedelta) -> None:
        clock.move(delta)
        await bot.worker.ticker.strike_all()

    async def landmarks(now: datetime) -> Sequence[Landmark]:
        async with bot.store.unit_of_work(now) as work:
            office = (await work.plans.offices())[0]
        cutoff = round_of(now, office.rules, office.calendar).cutoff_at
        day = office.calendar.add_working_days(now.date(), 1)
        morning = datetime.combine(day, time(9, 1), OFFICE_ZONE)
        return [
            Landmark(name="next-working-day", label="到下一个工作日", at=morning),
            Landmark(name="cutoff", label="到截止时刻", at=cutoff),
        ]

    wecom, dingtalk = _worlds(directory)
    return Simulator(
        wecom=wecom, dingtalk=dingtalk, clock=clock, move_clock=move, find_landmarks=landmarks
    )


def _worlds(directory: Directory) -> tuple[SimulatedWeCom, SimulatedDingTalk]:
    leaders = tuple(_leader(number, one) for number, one in enumerate(directory.leaders, 1))
    chiefs = tuple(leader.user_id for leader in leaders)
    on_wecom = tuple(_person(p, p.wecom) for p in directory.liaisons if p.wecom)
    on_dingtalk = tuple(_person(p, p.dingtalk) for p in directory.liaisons if p.dingtalk)
    return (
        SimulatedWeCom(
            corp_id="wwdemo0000000001",
            agent_id=1000002,
            secret=secrets.token_urlsafe(32),
            token=secrets.token_hex(12),
            encoding_aes_key=secrets.token_hex(22)[:43],
            members=(*on_wecom, *leaders),
            groups=(Group(name=GROUP, key=secrets.token_hex(16), members=chiefs),),
        ),
        SimulatedDingTalk(
            app_key="dingdemo00000001",
            app_secret=secrets.token_urlsafe(32),
            robot_code="dingdemo00000001",
            event_token=secrets.token_hex(12),
            event_aes_key=secrets.token_hex(22)[:43],
            members=(*on_dingtalk, *leaders, STAFF),
            groups=(Group(name=GROUP, key=f"cid{secrets.token_hex(12)}", members=chiefs),),
        ),
    )


def _person(liaison: Liaison, user_id: str) -> Person:
    unit = "、".join(liaison.units)
    return Person(user_id=user_id, name=liaison.name, title=liaison.post, unit=unit)


def _leader(number: int, leader: Leader) -> Person:
    return Person(
        user_id=f"leader{number:02}", name=leader.name, title=leader.title, role=Role.LEADER
    )


async def _save_channels(bot: Bot, simulator: Simulator, office_id: int, base: str) -> None:
    """Configure the bot's two channels for this run of the simulator."""
    wecom, dingtalk = simulator.worlds[Platform.WECOM], simulator.worlds[Platform.DINGTALK]
    assert isinstance(wecom, SimulatedWeCom)
    assert isinstance(dingtalk, SimulatedDingTalk)
    settings: dict[Platform, dict[str, Json]] = {
        Platform.WECOM: {
            "corp_id": wecom.corp_id,
            "agent_id": wecom.agent_id,
            "secret": wecom.secret,
            "token": wecom.token,
            "encoding_aes_key": wecom.encoding_aes_key,
            "api_base": f"{base}/wecom",
            "groups": {group.name: group.key for group in wecom.groups},
        },
        Platform.DINGTALK: {
            "app_key": dingtalk.app_key,
            "app_secret": dingtalk.app_secret,
            "robot_code": dingtalk.robot_code,
            "event_token": dingtalk.event_token,
            "event_aes_key": dingtalk.event_aes_key,
            "api_base": f"{base}/dingtalk",
            "session_hosts": [base.removeprefix("http://")],
            "groups": {group.name: group.key for group in dingtalk.groups},
        },
    }
    async with bot.store.unit_of_work(bot.clock.now()) as work:
        for platform, content in settings.items():
            row = ChannelRow(
                name=CHANNELS[platform], office_id=office_id, platform=platform, settings=content
            )
            await work.channels.save(row, [GROUP])
        await work.channels.bind_all(office_id)
