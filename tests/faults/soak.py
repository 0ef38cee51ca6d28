"""A soak, `python -m tests.faults.soak 2000`: one reminder day on two platforms that fail.

The platforms hold to their documented limits and fail one call in twenty. In the end everyone has
the reminder once, or it was refused with a reason, or its unknown outcome is resolved by looking.
"""

import asyncio
import json
import sys
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from itertools import cycle, islice
from pathlib import Path

import sqlalchemy as sa

from bot.app import Bot, Role, open_bot, working
from bot.clock import MovableClock
from bot.settings import Settings
from bot.telemetry import configure_logging
from handlers.import_plan import import_plan
from reporting.liaison import Liaison
from reporting.messages import Platform
from reporting.plan import Directory, Plan
from reporting.reminders import ladder
from reporting.round import round_of
from reporting.task import Task
from reporting.unit import Unit
from simulator.chat import MessageState
from simulator.fault import Endpoint, Fault, FaultKind
from simulator.server import Simulator
from simulator.world import Patience, Person
from storage.channels import ChannelRow
from storage.database import transaction
from storage.statistics import count_unfinished
from tests.support.servers import RunningServers, start_servers
from tests.support.town import CHANNELS, MORNING, D, W, channel_settings, platforms, town_settings

ONE_IN = 20
SECONDS = 900.0
SENDING = {W: Endpoint.WECOM_MESSAGE, D: Endpoint.DINGTALK_PERSON}
# A refusal each platform gives for reasons of its own, and codes that mean a limit was exceeded.
REFUSAL = {W: "60011", D: "Forbidden.AccessDenied.AccessTokenPermissionDenied"}
EXCEEDED = {"45009", "QpsLimit.ExceedRealQps"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What a soak comes to; each list of people is empty when all went well.

    `lost` are unknown outcomes that proved not to have arrived: on a busy machine the platform
    may not have got to a request before we stopped waiting.
    """

    liaisons: int
    seconds: float
    calls: int
    failures: int
    tries: dict[str, int]
    ended: dict[str, int]
    reached: int
    refused: int
    resolved: int
    lost: int
    twice: list[str]
    unaccounted: list[str]
    limits_exceeded: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Soak:
    """An office of many liaisons between two failing platforms."""

    bot: Bot
    simulator: Simulator
    clock: MovableClock
    office_id: int
    count: int

    async def run(self) -> Figures:
        """Let the clock strike the first reminder and wait until every message has ended."""
        async with self.bot.store.unit_of_work(self.clock.now()) as work:
            office = await work.plans.office(self.office_id)
        month = round_of(self.clock.now(), office.rules, office.calendar)
        _, moment = min(ladder(month, office.rules, office.calendar), key=_moment_of)
        self.clock.move_to(moment + timedelta(minutes=1))
        begun = time.monotonic()
        async with working(self.bot, Role.WORKER):
            await self.bot.worker.ticker.strike_all()
            while await count_unfinished(self.bot.store.engine):
                if time.monotonic() - begun > SECONDS:
                    raise TimeoutError("the reminders did not all end")
                await asyncio.sleep(0.2)
        return await self._figures(time.monotonic() - begun)

    async def _figures(self, seconds: float) -> Figures:
        ended = await self._rows("SELECT target, state FROM outbox")
        tries = await self._rows("SELECT state, code, detail <> '' FROM deliveries")
        seen = self.simulator.chat.messages
        shown = Counter(one.user_id for one in seen if one.state is MessageState.SHOWN)
        # Above its limits for one member WeCom drops a message and says nothing.
        dropped = sum(one.state is MessageState.DROPPED for one in seen)
        state = {str(target): str(how) for target, how in ended}
        unknown = {person for person, how in state.items() if how == "unknown"}
        refused = {person for person, how in state.items() if how == "refused"}
        people = {_user_id(number) for number in range(self.count)}
        calls = sum(self.simulator.stage.calls[endpoint] for endpoint in SENDING.values())
        failed = Counter(str(how) for how, _, told in tries if how != "delivered" and told)
        return Figures(
            liaisons=self.count,
            seconds=round(seconds, 1),
            calls=calls,
            failures=failed.total(),
            tries=dict(Counter(str(how) for how, _, _ in tries)),
            ended=dict(Counter(state.values())),
            reached=len(shown),
            refused=len(refused - set(shown)),
            resolved=len(unknown),
            lost=len(unknown - set(shown)),
            twice=sorted(person for person, times in shown.items() if times > 1),
            unaccounted=sorted(people - set(shown) - refused - unknown),
            limits_exceeded=sum(str(code) in EXCEEDED for _, code, _ in tries) + dropped,
        )

    async def _rows(self, statement: str) -> list[tuple[object, ...]]:
        async with transaction(self.bot.store.engine) as connection:
            return [tuple(row) for row in await connection.execute(sa.text(statement))]


def _moment_of(step: tuple[object, datetime]) -> datetime:
    return step[1]


def _user_id(number: int) -> str:
    return f"liaison{number:04}"


def _home(number: int) -> Platform:
    return (W, D)[number % 2]


def _plan(count: int) -> Plan:
    """A village office for each liaison, with one task."""
    names = [f"第{number}村委会" for number in range(count)]
    liaisons = [
        Liaison(
            key=_user_id(number),
            name=f"联络员{number}",
            units=(name,),
            wecom=_user_id(number) if _home(number) is W else "",
            dingtalk=_user_id(number) if _home(number) is D else "",
        )
        for number, name in enumerate(names)
    ]
    tasks = [
        Task(code=str(number + 1), title=f"{name}道路硬化", leads=(name,))
        for number, name in enumerate(names)
    ]
    directory = Directory(units=tuple(Unit(name=name) for name in names), liaisons=tuple(liaisons))
    return Plan(title="任务分解", year=2026, tasks=tuple(tasks), cutoff_day=25, directory=directory)


def _simulator(count: int, clock: MovableClock) -> Simulator:
    """Both platforms, holding to the limits that are documented."""

    def on(platform: Platform) -> tuple[Person, ...]:
        numbers = (number for number in range(count) if _home(number) is platform)
        return tuple(Person(user_id=_user_id(one), name=_user_id(one)) for one in numbers)

    wecom, dingtalk = platforms(Patience())
    wecom = replace(wecom, members=on(W), member_per_minute=30, member_per_hour=1000)
    dingtalk = replace(dingtalk, members=on(D), calls_per_second=20)
    return Simulator(wecom=wecom, dingtalk=dingtalk, clock=clock)


def _spoil(simulator: Simulator, count: int) -> None:
    """Every twentieth call fails, each time in another way."""
    for platform, endpoint in SENDING.items():
        kinds = (FaultKind.SERVER_ERROR, FaultKind.EXPIRED_TOKEN, FaultKind.HANG, FaultKind.REFUSED)
        for kind in islice(cycle(kinds), count // ONE_IN + 1):
            fault = Fault(
                kind=kind, endpoint=endpoint, every=ONE_IN, code=REFUSAL[platform], seconds=3.0
            )
            simulator.misbehave(fault)


@asynccontextmanager
async def open_soak(count: int, settings: Settings) -> AsyncIterator[Soak]:
    """The office founded, its channels with the budgets an operator gets who changes nothing."""
    assert settings.clock_file is not None
    clock = MovableClock(settings.clock_file)
    clock.begin(MORNING)
    simulator = _simulator(count, clock)
    base = await simulator.start()
    try:
        async with open_bot(settings, progress=lambda _: None) as bot:
            office_id = await _found(bot, count, base)
            _spoil(simulator, count)
            yield Soak(bot=bot, simulator=simulator, clock=clock, office_id=office_id, count=count)
    finally:
        await simulator.stop()


async def _found(bot: Bot, count: int, base: str) -> int:
    async with bot.store.unit_of_work(bot.clock.now()) as work:
        imported = await import_plan(work, _plan(count), office="青河县督查室", source="soak")
        for platform, content in channel_settings(base).items():
            kept = {name: value for name, value in content.items() if "_limits" not in name}
            row = ChannelRow(
                name=CHANNELS[platform],
                office_id=imported.office_id,
                platform=platform,
                settings=kept,
            )
            await work.channels.save(row, [])
        await work.channels.bind_all(imported.office_id)
    return imported.office_id


async def soak(count: int, servers: RunningServers, folder: Path) -> Figures:
    """One soak in a database of its own."""
    url = servers.database.url_of(servers.database.create())
    async with open_soak(count, town_settings(url, servers.redis_url, folder)) as one:
        return await one.run()


def main() -> int:
    """Print the figures; 1 if anybody got it twice, is unaccounted for, or a limit was exceeded."""
    configure_logging("ERROR")
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    with start_servers() as servers, tempfile.TemporaryDirectory() as folder:
        figures = asyncio.run(soak(count, servers, Path(folder)))
    sys.stdout.write(json.dumps(asdict(figures), ensure_ascii=False) + "\n")
    return 1 if figures.twice or figures.unaccounted or figures.limits_exceeded else 0


if __name__ == "__main__":
    sys.exit(main())
