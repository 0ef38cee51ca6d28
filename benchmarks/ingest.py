"""How fast callbacks are acknowledged and durable, beside what does less: one JSON object.

Every receiver has one core to itself, the load generator and PostgreSQL have the others; rounds
of the receivers alternate, and medians are told. `…_per_core` is requests for each second of the
receiver's own processor time, which a busy machine cannot distort as it does the wall's.
"""

import asyncio
import json
import os
import statistics
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path

import uvloop

from benchmarks.load import Answers, Connection, burst, connect, pace, press
from benchmarks.requests import WeComCallbacks, repeated, slack_event, telegram_update
from benchmarks.stage import Ground, found_office, open_ground, processor_time
from bot.app import open_bot
from bot.memory import settle
from reporting.plan import Plan
from reporting.task import Task

ROUNDS, SECONDS, WARMING = 5, 0.6, 0.2
CONNECTIONS = 128
HALF_SECONDS, BURST = 0.5, 10_000
POOL = 60_000
ROOT = Path(__file__).parents[1]
PEERS = ROOT / ".venv-bench" / "bin" / "python"


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """What one receiver did in one round."""

    accepted: int
    seconds: float
    processor: float
    database: float


@dataclass(slots=True, kw_only=True)
class Receiver:
    """A receiver in a process of its own, and what to send it."""

    name: str
    command: tuple[str, ...]
    requests: Iterator[bytes]
    process: Process | None = None
    lines: list[Connection] = field(default_factory=list)
    rounds: list[Round] = field(default_factory=list)

    async def start(self, environment: dict[str, str]) -> None:
        """Start it and connect."""
        self.process = await asyncio.create_subprocess_exec(
            *self.command, cwd=ROOT, env=environment, stdout=PIPE
        )
        assert self.process.stdout is not None
        self.lines = await connect(int(await self.process.stdout.readline()), CONNECTIONS)

    async def stop(self) -> None:
        """End it."""
        for line in self.lines:
            line.close()
        if self.process is not None:
            self.process.kill()
            await self.process.wait()

    async def play(self, ground: Ground, seconds: float) -> Round:
        """One round of all it can take."""
        assert self.process is not None
        used, base = processor_time(self.process.pid)[1], ground.database_seconds()
        answers = await press(self.lines, self.requests, seconds)
        if set(answers.statuses) != {200}:
            raise RuntimeError(f"{self.name} answered {answers.statuses}")
        return Round(
            accepted=answers.accepted,
            seconds=answers.elapsed,
            processor=processor_time(self.process.pid)[1] - used,
            database=ground.database_seconds() - base,
        )

    def per_core(self) -> float:
        """Requests for each second of its processor time, the median of the rounds."""
        return statistics.median(one.accepted / one.processor for one in self.rounds)

    def per_second(self) -> float:
        """Requests for each second of the wall's clock, the median of the rounds."""
        return statistics.median(one.accepted / one.seconds for one in self.rounds)

    def database_share(self) -> float:
        """Microseconds of the database's processor time for each request."""
        return statistics.median(one.database / one.accepted for one in self.rounds) * 1e6


def receivers(core: int, callbacks: list[bytes]) -> dict[str, Receiver]:
    """All that are compared; only the durable one needs every callback to be new."""
    ours = (sys.executable, "-m", "benchmarks.receivers")
    if not PEERS.exists():
        raise SystemExit("the peers are not installed: make bench-ingest")
    theirs = (str(PEERS), "-m", "benchmarks.peers")
    plan = {
        "echo": (ours, cycle(callbacks[:1000])),
        "decrypt": (ours, cycle(callbacks[:1000])),
        "durable": (ours, iter(callbacks)),
        "bolt": (theirs, repeated(slack_event())),
        "aiogram": (theirs, repeated(telegram_update())),
    }
    return {
        name: Receiver(name=name, command=(*command, name, str(core)), requests=requests)
        for name, (command, requests) in plan.items()
    }


async def measure(ground: Ground, core: int) -> dict[str, float]:
    """Everything, in turns."""
    async with open_bot(ground.settings, progress=lambda _: None) as bot:
        tasks = (Task(code="1", title="污水处理厂提标改造", leads=("县水务局",)),)
        await found_office(bot, Plan(title="分解方案", year=bot.clock.now().year, tasks=tasks))
    callbacks = WeComCallbacks().make(POOL)
    playing = receivers(core, callbacks)
    async with AsyncExitStack() as stack:
        for receiver in playing.values():
            stack.push_async_callback(receiver.stop)
        await asyncio.gather(*(one.start(ground.environment) for one in playing.values()))
        settle()
        for receiver in playing.values():
            await receiver.play(ground, WARMING)
        for _ in range(ROUNDS):
            for receiver in playing.values():
                receiver.rounds.append(await receiver.play(ground, SECONDS))
        durable = playing["durable"]
        half = await _half_load(durable)
        rush = await burst(durable.lines, durable.requests, BURST)
        # No worker runs: what the rush left in the inbox waits there.
        waiting = await _half_load(durable)
    return {
        **_figures(playing),
        **_delays("half_load", half),
        **_delays("half_load_10000_waiting", waiting),
        **_rush(rush),
    }


async def _half_load(durable: Receiver) -> list[Answers]:
    rate = durable.per_second() / 2
    return [await pace(durable.lines, durable.requests, rate, HALF_SECONDS) for _ in range(ROUNDS)]


def _figures(playing: dict[str, Receiver]) -> dict[str, float]:
    per_core = {name: receiver.per_core() for name, receiver in playing.items()}
    durable = per_core["durable"]
    figures = {f"{name}_per_core": round(rate) for name, rate in per_core.items()}
    figures["decrypt_only_per_core"] = figures.pop("decrypt_per_core")
    wall = {f"{name}_per_second": round(one.per_second()) for name, one in playing.items()}
    walls = {name: receiver.per_second() for name, receiver in playing.items()}
    return {
        **figures,
        "ratio_to_decrypt_only": round(durable / per_core["decrypt"], 3),
        "ratio_to_echo": round(durable / per_core["echo"], 3),
        "ratio_to_bolt": round(durable / per_core["bolt"], 3),
        "ratio_to_aiogram": round(durable / per_core["aiogram"], 3),
        "wall_ratio_to_decrypt_only": round(walls["durable"] / walls["decrypt"], 3),
        "wall_ratio_to_bolt": round(walls["durable"] / walls["bolt"], 3),
        **wall,
        "database_us_per_callback": round(playing["durable"].database_share(), 1),
    }


def _delays(name: str, half: list[Answers]) -> dict[str, float]:
    """Acknowledgement delays, the medians over the rounds."""
    by_percent = {
        percent: statistics.median(_percentile(one.seconds, percent) for one in half)
        for percent in (50, 99)
    }
    return {
        f"p50_{name}_ms": round(by_percent[50] * 1e3, 2),
        f"p99_{name}_ms": round(by_percent[99] * 1e3, 2),
        f"{name}_accepted": sum(one.accepted for one in half),
    }


def _rush(rush: Answers) -> dict[str, float]:
    """Ten thousand callbacks due at one moment."""
    return {
        "burst_callbacks": BURST,
        "burst_accepted": rush.accepted,
        "burst_put_off_503": rush.statuses.get(503, 0),
        "burst_p50_ms": round(_percentile(rush.seconds, 50) * 1e3),
        "burst_p99_ms": round(_percentile(rush.seconds, 99) * 1e3),
    }


def _percentile(values: list[float], percent: int) -> float:
    return statistics.quantiles(values, n=100)[percent - 1]


def run() -> dict[str, float]:
    """The figures; the last core serves, the others send and store."""
    cores = sorted(os.sched_getaffinity(0))
    if len(cores) > 1:
        os.sched_setaffinity(0, set(cores[:-1]))
    try:
        with open_ground() as ground, asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            return runner.run(measure(ground, cores[-1]))
    finally:
        os.sched_setaffinity(0, set(cores))


def main() -> None:
    """Print one JSON object."""
    print(json.dumps(run()))


if __name__ == "__main__":
    main()
