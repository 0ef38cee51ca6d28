"""Where the microseconds of a callback go: `python -m benchmarks.profile`, one JSON object.

The web process under full load looks at its own stack at every tick of its processor time (the
kernel's, some hundreds a second). A look counts for the innermost part of the program on the stack,
so that a library called by a part counts for it; what is below none is the event loop and the
socket.
"""

import asyncio
import json
import os
import signal
import sys
from collections import Counter
from types import FrameType

import uvloop

from benchmarks.ingest import Receiver
from benchmarks.receivers import serve_bot
from benchmarks.requests import WeComCallbacks
from benchmarks.stage import Ground, found_office, open_ground, processor_time
from bot.app import open_bot
from bot.telemetry import configure_logging
from reporting.plan import Plan
from reporting.task import Task

EVERY = 0.001  # or as often as the kernel's ticks come
CALLBACKS, SECONDS, WARMING = 60_000, 10.0, 0.5
LOOP = "event loop and socket"
# By what a file's path holds; the innermost frame that is named here counts.
PARTS = {
    "/aiohttp/": "aiohttp: parse, route, answer",
    "/bot/platforms/": "verify, decrypt, parse",
    "/psycopg": "driver",
    "/sqlalchemy/": "sqlalchemy: connection, transaction",
    "/storage/": "rows of the batch",
    "/bot/arrivals.py": "group commit",
    "/bot/": "our edge: channel, clock, metrics",
}


class Sampler:
    """Counts what the process was doing."""

    def __init__(self) -> None:
        self.seen: Counter[str] = Counter()

    def start(self) -> None:
        """Look from now on, by processor time."""
        signal.signal(signal.SIGPROF, self._look)
        signal.setitimer(signal.ITIMER_PROF, EVERY, EVERY)

    def _look(self, _number: int, frame: FrameType | None) -> None:
        while frame is not None:
            path = frame.f_code.co_filename
            for part, name in PARTS.items():
                if part in path:
                    self.seen[name] += 1
                    return
            frame = frame.f_back
        self.seen[LOOP] += 1


def receive(core: int) -> None:
    """Serve until told to stop, then say what was seen."""
    os.sched_setaffinity(0, {core})
    configure_logging("ERROR")
    sampler = Sampler()
    signal.signal(signal.SIGUSR1, lambda *_: sampler.start())
    try:
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            runner.get_loop().add_signal_handler(signal.SIGTERM, sys.exit)
            runner.run(serve_bot())
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        print(json.dumps(sampler.seen), flush=True)


async def measure(ground: Ground, core: int) -> dict[str, float]:
    """Microseconds of the web process for each callback, by part."""
    async with open_bot(ground.settings, progress=lambda _: None) as bot:
        tasks = (Task(code="1", title="污水处理厂提标改造", leads=("县水务局",)),)
        await found_office(bot, Plan(title="分解方案", year=bot.clock.now().year, tasks=tasks))
    requests = iter(WeComCallbacks().make(CALLBACKS))
    command = (sys.executable, "-m", "benchmarks.profile", "receive", str(core))
    receiver = Receiver(name="profiled", command=command, requests=requests)
    await receiver.start(ground.environment)
    process = receiver.process
    assert process is not None
    assert process.stdout is not None
    await receiver.play(ground, WARMING)
    process.send_signal(signal.SIGUSR1)
    used = processor_time(process.pid)[1]
    played = await receiver.play(ground, SECONDS)
    each = (processor_time(process.pid)[1] - used) / played.accepted * 1e6
    for line in receiver.lines:
        line.close()
    process.terminate()
    seen: dict[str, int] = json.loads(await process.stdout.read())
    await process.wait()
    looks = sum(seen.values())
    parts = {name: round(each * count / looks, 1) for name, count in seen.items()}
    shown = dict(sorted(parts.items(), key=lambda part: -part[1]))
    return {"us_per_callback": round(each, 1), "looks": looks, **shown}


def main() -> None:
    """Print one JSON object; the last core serves, the others send and store."""
    if sys.argv[1:2] == ["receive"]:
        return receive(int(sys.argv[2]))
    cores = sorted(os.sched_getaffinity(0))
    os.sched_setaffinity(0, set(cores[:-1] or cores))
    configure_logging("ERROR")
    with open_ground() as ground, asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        print(json.dumps(runner.run(measure(ground, cores[-1])), ensure_ascii=False))
    return None


if __name__ == "__main__":
    main()
