"""A host of two cut off or without power in the middle of work: what is stranded, when it moves."""

import asyncio
import random
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

import aiohttp
import sqlalchemy as sa

from simulator.fault import Endpoint, Fault, FaultKind
from storage.database import transaction
from tests.faults.campaign import PATIENCE, Campaign, Orders
from tests.faults.hosts import HERE, THERE, SecondHost, open_to_network, second_host
from tests.faults.platforms import DUPLICATES, SENDING
from tests.faults.tally import count
from tests.faults.trouble import Trouble, take_ground
from tests.support.bot_process import BotProcess
from tests.support.lines import ROBOT, open_lines
from tests.support.servers import RunningServers
from tests.support.town import open_town, town_settings

AWAY_SECONDS = 40.0
LIMIT_SECONDS = 30.0
LIVING_SECONDS = 6.0  # no job takes a living worker so long, and his heart beats more often
WAR_SECONDS = 12.0  # a holder asks for its lock again within eight
WAIT_SECONDS = 90.0
LOOK_SECONDS = 0.1
SLOW = tuple(
    Fault(kind=FaultKind.SLOW, endpoint=endpoint, times=None, every=2, seconds=0.7)
    for endpoint in (*SENDING, Endpoint.DINGTALK_SESSION)
)
_HELD = sa.text(
    "SELECT id, worker_id FROM procrastinate_jobs"
    " WHERE status = 'doing' AND task_name IN ('answer_sender', 'deliver')"
)
_OPEN = sa.text("SELECT id FROM procrastinate_jobs WHERE status IN ('todo', 'doing')")
_LIVING = sa.text(
    "SELECT count(*) FROM procrastinate_workers"
    " WHERE last_heartbeat > clock_timestamp() - interval '6 seconds'"
)
Held = dict[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """One absence, and the seconds until things were right again; None: never while it lasted.

    `stranded` jobs were under way on the host cut off, `taken_over` when another worker had the
    last of them or could have, `finished` when the last was done. `line_moved` says when the
    robot's connection stood from this host. `recovered` counts from the return until the second
    host was ready and its worker at work, `seated` from the kill of a holder on this host, before
    the cut, until the second host held the connection.
    """

    trouble: Trouble
    stranded: int = 0
    taken_over: float | None = None
    finished: float | None = None
    line_moved: float | None = None
    recovered: float = 0.0
    seated: float = 0.0

    @property
    def late(self) -> int:
        """How many of these took longer than half a minute, or never came.

        How long processes take to start on a busy machine is not counted.
        """
        moved = [self.taken_over, self.finished, self.line_moved, self.seated]
        if self.trouble is Trouble.CUT_HOST:
            moved.append(self.recovered)
        return sum(seconds is None or seconds > LIMIT_SECONDS for seconds in moved)


@dataclass(slots=True, kw_only=True)
class CutCampaign(Campaign):
    """A campaign whose blows take the second host away for a while."""

    host: SecondHost
    cuts: list[Cut] = field(default_factory=list)

    @property
    def connections(self) -> int:
        """How often the robot's platform was connected to."""
        return self.town.simulator.robot.line.subscribed

    @property
    def _far(self) -> list[BotProcess]:
        """The processes of the second host."""
        return [process for process in self.processes if process.host == THERE]

    @property
    def line_at(self) -> str:
        """From where the robot's platform is connected to now, as far as it knows."""
        sockets = self.town.simulator.robot.line.sockets
        return str(sockets[-1].get_extra_info("peername", ("",))[0]) if sockets else ""

    async def suffer(self, trouble: Trouble) -> None:
        """Take the second host away in the middle of its work, and bring it back."""
        seated = await self._seat_line()
        await _wait(self._both_work)
        if trouble is Trouble.CUT_HOST:
            self.host.cut()
        else:
            assert trouble is Trouble.LOSE_HOST
            await asyncio.gather(*(process.kill() for process in self._far))
        try:
            cut = await self._watch(Cut(trouble=trouble), time.monotonic())
        finally:
            self.host.join()
        for process in self._far:
            if not process.is_running:
                await process.start()
        recovered = await _wait(self._is_whole)
        await asyncio.sleep(WAR_SECONDS)
        self.cuts.append(replace(cut, recovered=recovered, seated=seated))

    async def _seat_line(self) -> float:
        """Let the robot's connection be held by the second host, by killing another holder."""
        if self.line_at == THERE:
            return 0.0
        near = next(one for one in self.processes if one.role == "web" and one.host == HERE)
        await near.kill()
        seconds = await _wait(self._is_line_there)
        await near.start()
        await near.wait_until_listening()
        return seconds

    async def _is_line_there(self) -> bool:
        return self.line_at == THERE

    async def _watch(self, cut: Cut, begun: float) -> Cut:
        """Look on while the second host is away."""
        held, stranded = await self._held(), Held()
        while (elapsed := time.monotonic() - begun) < AWAY_SECONDS:
            now, still_open = await self._held(), await self._still_open()
            if elapsed < LIVING_SECONDS:
                stranded = {job: worker for job, worker in held.items() if now.get(job) == worker}
            elif cut.taken_over is None and not _any_held(stranded, now):
                cut = replace(cut, taken_over=round(elapsed, 1))
            if cut.finished is None and elapsed > LIVING_SECONDS and not still_open & {*stranded}:
                cut = replace(cut, finished=round(elapsed, 1))
            if cut.line_moved is None and self.line_at == HERE:
                cut = replace(cut, line_moved=round(elapsed, 1))
            await asyncio.sleep(LOOK_SECONDS)
        return replace(cut, stranded=len(stranded))

    async def _both_work(self) -> bool:
        return len({*(await self._held()).values()}) > 1

    async def _held(self) -> Held:
        """The jobs under way, and by which worker."""
        async with transaction(self.town.bot.store.engine) as connection:
            return {row.id: row.worker_id for row in await connection.execute(_HELD)}

    async def _still_open(self) -> set[int]:
        async with transaction(self.town.bot.store.engine) as connection:
            return {row.id for row in await connection.execute(_OPEN)}

    async def _is_whole(self) -> bool:
        """The second host's web is ready and both workers live; nobody has ended by himself."""
        assert all(process.is_running for process in self.processes)
        far = next(one for one in self._far if one.role == "web")
        async with transaction(self.town.bot.store.engine) as connection:
            living = await connection.scalar(_LIVING)
        return living == len(self.processes) // 2 and await _is_ready(far)


def _any_held(stranded: Held, now: Held) -> bool:
    return any(now.get(job) == worker for job, worker in stranded.items())


async def _wait(is_so: Callable[[], Awaitable[bool]]) -> float:
    """Wait until something is so: the seconds it took."""
    begun = time.monotonic()
    while not await is_so():
        if time.monotonic() - begun > WAIT_SECONDS:
            raise TimeoutError("what was waited for did not happen")
        await asyncio.sleep(LOOK_SECONDS)
    return round(time.monotonic() - begun, 1)


async def _is_ready(process: BotProcess) -> bool:
    patience = aiohttp.ClientTimeout(total=2.0)
    try:
        async with (
            aiohttp.ClientSession(timeout=patience) as client,
            client.get(f"{process.address}/readyz") as response,
        ):
            return response.status == 200
    except (aiohttp.ClientError, TimeoutError):
        return False


@asynccontextmanager
async def _open(
    orders: Orders, servers: RunningServers, folder: Path, host: SecondHost
) -> AsyncIterator[CutCampaign]:
    """Each role on both hosts; WeCom calls the second one, DingTalk is connected to from both."""
    url = servers.database.url_of(servers.database.create())
    settings = town_settings(url, servers.redis_url, folder)
    async with AsyncExitStack() as stack:
        town = await stack.enter_async_context(
            open_town(settings, patience=PATIENCE, host=HERE, robot=ROBOT)
        )
        await open_lines(town)
        processes = [
            BotProcess(settings=settings, role=role, host=address, within=within)
            for address, within in ((THERE, host.command), (HERE, ()))
            for role in orders.roles
        ]
        for process in processes:
            stack.push_async_callback(process.kill)
            await process.start()
            if process.role == "web":
                await process.wait_until_listening()
        town.point_to(processes[0].address)
        for fault in (*DUPLICATES, *SLOW):
            town.simulator.misbehave(fault)
        yield CutCampaign(
            orders=orders,
            town=town,
            processes=processes,
            dice=random.Random(orders.seed),
            host=host,
        )


async def fight_over_two_hosts(orders: Orders, folder: Path) -> dict[str, object]:
    """One campaign: the tally, each cut, and how often the robot was connected to beyond need."""
    with second_host() as host, take_ground() as ground:
        async with _open(orders, open_to_network(ground), folder, host) as campaign:
            await campaign.run()
            tally = (await count(campaign)).as_json()
            return tally | {
                "cuts": [asdict(cut) for cut in campaign.cuts],
                "late": sum(cut.late for cut in campaign.cuts),
                "connections": campaign.connections,
                "war": campaign.connections - _needed(campaign.cuts),
            }


def _needed(cuts: Iterable[Cut]) -> int:
    """The first connection, one for each cut, and one for each holder killed before."""
    return 1 + sum(1 + (cut.seated > 0) for cut in cuts)
