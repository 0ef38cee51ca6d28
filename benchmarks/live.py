"""The bot at work in processes of its own, between our load generator and a simulated WeCom."""

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import asdict, dataclass, field

from benchmarks.county import make_plan
from benchmarks.load import Connection, connect
from benchmarks.receivers import wecom_settings
from benchmarks.requests import WeComCallbacks
from benchmarks.stage import KEPT, Ground, processor_time, resident_megabytes
from bot.app import Bot, open_bot
from bot.clock import SystemClock
from bot.settings import Settings
from handlers.import_plan import import_plan
from reporting.messages import Platform
from simulator.chat import Direction
from simulator.server import Simulator
from simulator.world import Person, SimulatedWeCom
from storage.channels import ChannelRow
from tests.support.bot_process import BotProcess

CONNECTIONS = 64
TEXT = "完成{percent}%，下步加快设备安装，预计下月完工"
RECEIPT = "已记录"  # reminders come too, if today is a day for them


@dataclass(frozen=True, slots=True, kw_only=True)
class Writer:
    """A liaison as the platform knows him, and the channel of his office."""

    channel: str
    user_id: str
    number: int


@dataclass(slots=True, kw_only=True)
class Live:
    """Everything running; `seen` is when a person's last receipt was shown to him."""

    ground: Ground
    simulator: Simulator
    processes: dict[str, BotProcess]
    lines: list[Connection]
    writers: Sequence[Writer]
    seen: dict[str, float] = field(default_factory=dict)
    receipts: int = 0
    news: asyncio.Event = field(default_factory=asyncio.Event)

    def callbacks(self, percent: float, writers: Sequence[Writer]) -> list[bytes]:
        """One report of each, sealed and signed now."""
        maker = WeComCallbacks()
        return [
            maker.one(f"{one.number}-1 {TEXT.format(percent=percent)}", one.user_id, one.channel)
            for one in writers
        ]

    async def watch(self) -> None:
        """Note when each receipt is shown, until cancelled."""
        version, known = 0, 0
        while True:
            version = await self.simulator.chat.changed_since(version, within=1.0)
            messages, now = self.simulator.chat.messages, time.perf_counter()
            for message in messages[known:]:
                if message.direction is Direction.FROM_BOT and RECEIPT in message.text:
                    self.seen[message.user_id], self.receipts = now, self.receipts + 1
            known = len(messages)
            self.news.set()
            # Receipts come in hundreds a second: looking at each at once would be our own load.
            await asyncio.sleep(0.005)

    async def until_answered(self, receipts: int, within: float) -> None:
        """Wait for so many receipts in all; TimeoutError when they do not come."""
        async with asyncio.timeout(within):
            while self.receipts < receipts:
                self.news.clear()
                await self.news.wait()

    def used(self) -> tuple[float, float]:
        """Processor seconds so far: the bot's processes, the database's."""
        ours = sum(processor_time(one.pid)[1] for one in self.processes.values())
        return ours, self.ground.database_seconds()

    def memory(self) -> dict[str, float]:
        """Resident megabytes of each process."""
        return {role: resident_megabytes(one.pid) for role, one in self.processes.items()}


@asynccontextmanager
async def open_live(
    ground: Ground, offices: int, liaisons_each: int, roles: Sequence[str] = ("web", "worker")
) -> AsyncIterator[Live]:
    """So many offices with a channel and liaisons each; the bot's processes are ready."""
    writers = [
        Writer(channel=f"c{office}", user_id=f"o{office}-{number}", number=number + 1)
        for office in range(offices)
        for number in range(liaisons_each)
    ]
    simulator = Simulator(wecom=_wecom(writers), dingtalk=None, clock=SystemClock())
    async with AsyncExitStack() as stack:
        base = await simulator.start()
        stack.push_async_callback(simulator.stop)
        async with open_bot(ground.settings, progress=lambda _: None) as bot:
            for office in range(offices):
                await _found(bot, office, liaisons_each, base)
        settings = _process_settings(ground)
        processes = {role: BotProcess(settings=settings, role=role) for role in roles}
        for process in processes.values():
            stack.push_async_callback(process.kill)
            await process.start()
        await processes["web"].wait_until_listening()
        lines = await connect(processes["web"].port, CONNECTIONS)
        live = Live(
            ground=ground, simulator=simulator, processes=processes, lines=lines, writers=writers
        )
        watching = asyncio.create_task(live.watch())
        try:
            yield live
        finally:
            watching.cancel()
            await asyncio.gather(watching, return_exceptions=True)
            for line in lines:
                line.close()


def _wecom(writers: Sequence[Writer]) -> SimulatedWeCom:
    ours = wecom_settings()
    return SimulatedWeCom(
        corp_id=ours.corp_id,
        agent_id=ours.agent_id,
        secret="benchsecret",  # noqa: S106 - made up
        token=ours.token,
        encoding_aes_key=ours.encoding_aes_key,
        members=tuple(Person(user_id=one.user_id, name=one.user_id) for one in writers),
    )


async def _found(bot: Bot, office: int, liaisons: int, base: str) -> None:
    now = bot.clock.now()
    plan = make_plan(liaisons, 1, now.year, person=f"o{office}-")
    settings = {key: value for key, value in asdict(wecom_settings()).items() if key in KEPT}
    async with bot.store.unit_of_work(now) as work:
        imported = await import_plan(work, plan, office=f"{office}号督查室", source="benchmark")
        row = ChannelRow(
            name=f"c{office}",
            office_id=imported.office_id,
            platform=Platform.WECOM,
            settings={**settings, "secret": "benchsecret", "api_base": f"{base}/wecom"},
        )
        await work.channels.save(row, ())
        await work.channels.bind_all(imported.office_id)


def _process_settings(ground: Ground) -> Settings:
    return ground.settings.model_copy(update={"clock_file": ground.folder / "clock"})
