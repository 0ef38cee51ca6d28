"""From the callback to the receipt on the liaison's screen: one by one, and all before the cutoff.

`python -m benchmarks.rush 10000`: so many liaisons write at one moment, through a web process and a
worker; the hour before the cutoff must hold them many times over.
"""

import asyncio
import json
import statistics
import sys
import time
from collections.abc import Sequence

import uvloop

from benchmarks.live import Live, Writer, open_live
from benchmarks.load import burst
from benchmarks.stage import Ground, open_ground
from bot.telemetry import configure_logging

LIAISONS, LIAISONS_EACH = 10_000, 200
CALM, CALM_RATE = 100, 5.0
HOUR = 3600.0
Line = dict[str, float]


async def measure(ground: Ground, liaisons: int = LIAISONS) -> Line:
    """The calm first, then the rush; no message may stay without its receipt."""
    each = min(LIAISONS_EACH, liaisons)
    async with open_live(ground, liaisons // each, each) as live:
        # An office's plan is prepared when its first message comes: that is not measured here.
        await _write_at_once(live, 10, live.writers[::each])
        calm = await _calm(live, live.writers[:CALM])
        return {**calm, **await _rush(live)}


async def _calm(live: Live, writers: Sequence[Writer]) -> Line:
    """Seconds from each callback to its receipt while nothing else is asked of the machine."""
    before, callbacks, due = live.receipts, live.callbacks(20, writers), {}
    for number, (writer, callback) in enumerate(zip(writers, callbacks, strict=True)):
        due[writer.user_id] = time.perf_counter()
        await live.lines[number % len(live.lines)].ask(callback)
        await asyncio.sleep(1 / CALM_RATE)
    await live.until_answered(before + len(writers), within=60.0)
    delays = sorted(live.seen[person] - started for person, started in due.items())
    return {
        "receipt_p50_ms": round(statistics.median(delays) * 1e3),
        "receipt_p99_ms": round(delays[int(len(delays) * 0.99) - 1] * 1e3),
    }


async def _rush(live: Live) -> Line:
    """Everyone at once."""
    people, (ours, database) = len(live.writers), live.used()
    acknowledged, seconds = await _write_at_once(live, 30, live.writers)
    used, base = live.used()
    return {
        "rush_liaisons": people,
        "rush_acknowledged_seconds": round(acknowledged, 1),
        "rush_receipts_seconds": round(seconds, 1),
        "rush_receipts_per_second": round(people / seconds, 1),
        "rush_times_in_an_hour": round(HOUR / seconds, 1),
        "rush_our_ms_each": round((used - ours) / people * 1e3, 2),
        "rush_database_ms_each": round((base - database) / people * 1e3, 2),
    }


async def _write_at_once(
    live: Live, percent: int, writers: Sequence[Writer]
) -> tuple[float, float]:
    """Seconds until all were acknowledged, and until everyone has his receipt."""
    callbacks, before, started = (
        live.callbacks(percent, writers),
        live.receipts,
        time.perf_counter(),
    )
    answers = await burst(live.lines, iter(callbacks), len(callbacks))
    acknowledged = time.perf_counter() - started
    if answers.accepted != len(callbacks):
        raise RuntimeError(f"the bot answered {answers.statuses}")
    await live.until_answered(before + len(writers), within=HOUR)
    return acknowledged, time.perf_counter() - started


def main() -> None:
    """Print one JSON object."""
    configure_logging("ERROR")
    liaisons = int(sys.argv[1]) if len(sys.argv) > 1 else LIAISONS
    with open_ground() as ground, asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        print(json.dumps(runner.run(measure(ground, liaisons))))


if __name__ == "__main__":
    main()
