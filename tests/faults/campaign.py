"""A campaign: replies arrive on both platforms while the bot's processes are killed at random."""

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import sqlalchemy as sa

from reporting.reminders import ladder
from reporting.round import round_of
from simulator.courier import Spoken
from simulator.world import Patience
from storage.database import transaction
from storage.jobs import CLOCK_QUEUE, JobOrder
from storage.statistics import count_unfinished
from tests.faults.platforms import DUPLICATES, bad_days
from tests.faults.trouble import CROSSINGS, Ground, Trouble, edge_after, set_back
from tests.support.bot_process import BotProcess
from tests.support.town import Speaker, Town, open_town, speakers, town_settings

# WeCom waits five seconds for an answer and tries three times, DingTalk here twice.
PATIENCE = Patience(timeout=5.0, attempts=3, pause=4.0)
WINDOW_SECONDS = 2.0
DRAIN_SECONDS = 120.0
STRIKES = 3
_JOBS_LEFT = sa.text(
    "SELECT count(*) FROM procrastinate_jobs"
    " WHERE status IN ('todo', 'doing') AND task_name <> 'rescue'"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Orders:
    """What a campaign does: `roles` are the processes that run side by side.

    Each of the `blows` is the next of `troubles`, from the beginning again after the last. On
    `rough` platforms every fifth callback and every tenth call goes wrong in one way or another.
    The replies of one turn are spread over its `window`, in seconds, and its blow falls into it.
    """

    replies: int
    blows: int
    roles: tuple[str, ...] = ("all",)
    seed: int = 0
    through_the_month: bool = False
    rough: bool = False
    window: float = WINDOW_SECONDS
    troubles: tuple[Trouble, ...] = (Trouble.KILL_BOT,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """One reply and what the platform took for its acknowledgement."""

    speaker: Speaker
    text: str
    spoken: Spoken


@dataclass(slots=True, kw_only=True)
class Campaign:
    """A town under fire."""

    orders: Orders
    town: Town
    processes: list[BotProcess]
    dice: random.Random
    ground: Ground | None = None
    sent: list[Sent] = field(default_factory=list)
    _speaking: list[asyncio.Task[None]] = field(default_factory=list)
    _serial: int = 0

    @property
    def kills(self) -> int:
        """How many processes were killed."""
        return sum(process.kills for process in self.processes)

    async def run(self) -> None:
        """Speak and strike in turns, then wait until nothing is left to do."""
        moments = await self._moments() if self.orders.through_the_month else []
        turns = {
            (number + 1) * self.orders.blows // (len(moments) + 1): moment
            for number, moment in enumerate(moments)
        }
        for turn in range(self.orders.blows):
            self._start_speaking(self._share(turn))
            if turn in turns:
                await self._strike(turns[turn])
            await asyncio.sleep(self.dice.uniform(0, self.orders.window))
            await self.suffer(self.orders.troubles[turn % len(self.orders.troubles)])
        await asyncio.gather(*self._speaking)
        await self._drain()

    def _share(self, turn: int) -> int:
        """How many of the replies fall to this turn."""
        replies, blows = self.orders.replies, self.orders.blows
        return replies * (turn + 1) // blows - replies * turn // blows

    def _start_speaking(self, count: int) -> None:
        for _ in range(count):
            self._serial += 1
            text = _reply(self._serial, speaker := self.dice.choice(speakers()), self.dice)
            delay = self.dice.uniform(0, self.orders.window)
            self._speaking.append(asyncio.create_task(self._speak(speaker, text, delay)))

    async def _speak(self, speaker: Speaker, text: str, delay: float) -> None:
        await asyncio.sleep(delay)
        spoken = await self.town.simulator.say(speaker.platform, speaker.user_id, text)
        self.sent.append(Sent(speaker=speaker, text=text, spoken=spoken))

    async def suffer(self, trouble: Trouble) -> None:
        """One blow; the next waits until what was struck stands again."""
        if trouble is Trouble.KILL_BOT:
            await self._kill_one()
            return
        if trouble is Trouble.ROLL:
            await self._roll()
            return
        if trouble in CROSSINGS:
            await self._cross(edge_after(self.town.clock.now(), trouble))
            return
        assert self.ground is not None, "such a blow needs servers of the campaign's own"
        clock_file = self.town.bot.settings.clock_file
        assert clock_file is not None
        await self.ground.suffer(trouble, self.town.clock, clock_file)

    async def _kill_one(self) -> None:
        """Kill a process and start it again."""
        victim = self.dice.choice(self.processes)
        await victim.kill()
        await victim.start()
        await self._until_listening()

    async def _roll(self) -> None:
        """End each process in good order and start it again, as for a new release."""
        for process in self.processes:
            ended = await process.stop()
            assert ended == 0, f"{process.role} ended with {ended}"
            await process.start()
            await self._until_listening()

    async def _until_listening(self) -> None:
        for process in self.processes:
            if process.role != "worker":
                await process.wait_until_listening()

    async def _moments(self) -> list[datetime]:
        """A minute after the first and the last reminder of the month, and after its cutoff."""
        now = self.town.clock.now()
        async with self.town.bot.store.unit_of_work(now) as work:
            office = await work.plans.office(self.town.office_id)
        month = round_of(now, office.rules, office.calendar)
        steps = [moment for _, moment in ladder(month, office.rules, office.calendar)]
        crossed = (steps[0], steps[-1], month.cutoff_at)
        return [moment + timedelta(minutes=1) for moment in crossed]

    async def _strike(self, moment: datetime) -> None:
        """Move the clock and let it strike several times at once, in whichever process."""
        self.town.clock.move_to(moment)
        await self._tick()

    async def _tick(self) -> None:
        order = JobOrder(task="tick", queue=CLOCK_QUEUE, arguments={"timestamp": 0})
        store = self.town.bot.store
        async with transaction(store.engine) as connection:
            await store.jobs.enqueue(connection, [order] * STRIKES)

    async def _cross(self, edge: datetime) -> None:
        """Over the edge of a day as it comes, an hour back by hand, and over it once more."""
        clock_file = self.town.bot.settings.clock_file
        assert clock_file is not None
        await self._strike(edge - timedelta(seconds=1))
        await self._strike(edge + timedelta(seconds=1))
        set_back(clock_file, timedelta(hours=1))
        await self._tick()
        await self._strike(edge + timedelta(minutes=1))

    async def _drain(self) -> None:
        deadline = asyncio.get_running_loop().time() + DRAIN_SECONDS
        while await count_unfinished(self.town.bot.store.engine) or await self._jobs_left():
            if asyncio.get_running_loop().time() > deadline:
                raise TimeoutError("the bot did not finish what it had begun")
            await asyncio.sleep(0.2)

    async def _jobs_left(self) -> int:
        """How many jobs wait or are under way, apart from the clock's own next strikes."""
        async with transaction(self.town.bot.store.engine) as connection:
            return int(await connection.scalar(_JOBS_LEFT) or 0)


def _reply(serial: int, speaker: Speaker, dice: random.Random) -> str:
    """Mostly a clear report, sometimes one to ask about, an answer, or small talk."""
    percent = dice.randint(1, 99)
    clear = f"第{dice.choice(speaker.codes)}项完成{percent}%，已协调{serial}户"
    doubtful = f"完成{percent}%，已协调{serial}户"
    kinds = (clear, doubtful, "1", "好的，收到", "我的任务")
    return dice.choices(kinds, weights=(80, 8, 4, 4, 4))[0]


@asynccontextmanager
async def open_campaign(
    orders: Orders, database_url: str, redis_url: str, folder: Path, ground: Ground | None = None
) -> AsyncIterator[Campaign]:
    """A town whose bot runs in processes of its own, on platforms that misbehave now and then."""
    settings = town_settings(database_url, redis_url, folder)
    async with AsyncExitStack() as stack:
        town = await stack.enter_async_context(open_town(settings, patience=PATIENCE))
        processes = [BotProcess(settings=settings, role=role) for role in orders.roles]
        for process in processes:
            stack.push_async_callback(process.kill)
            await process.start()
        for process in processes:
            if process.role != "worker":
                await process.wait_until_listening()
                town.point_to(process.address)
        for fault in bad_days() if orders.rough else DUPLICATES:
            town.simulator.misbehave(fault)
        yield Campaign(
            orders=orders,
            town=town,
            processes=processes,
            dice=random.Random(orders.seed),
            ground=ground,
        )
