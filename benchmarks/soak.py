"""Memory of each process over a soak: `python -m benchmarks.soak` a minute, `… hour` an hour.

Messages come steadily from two hundred liaisons of four offices, each answered with a receipt.
"""

import asyncio
import json
import statistics
import sys
import time
from itertools import cycle, islice

import uvloop

from benchmarks.live import Live, open_live
from benchmarks.stage import Ground, open_ground
from bot.telemetry import configure_logging

MINUTE, HOUR, RATE = 60.0, 3600.0, 10.0
OFFICES, LIAISONS_EACH = 4, 50
PERCENTS = 8_999
Line = dict[str, float]


async def measure(ground: Ground, seconds: float = MINUTE) -> Line:
    """Megabytes in the first and in the last quarter, and how much each thousand messages took."""
    async with open_live(ground, OFFICES, LIAISONS_EACH) as live:
        samples = await _soak(live, seconds)
    quarter = max(len(samples) // 4, 1)
    figures: Line = {"soak_seconds": round(seconds), "soak_messages": live.receipts}
    for role in samples[0]:
        first = statistics.median(sample[role] for sample in samples[:quarter])
        last = statistics.median(sample[role] for sample in samples[-quarter:])
        thousands = live.receipts * 0.75 / 1000
        figures[f"soak_{role}_first_mb"] = round(first, 1)
        figures[f"soak_{role}_last_mb"] = round(last, 1)
        figures[f"soak_{role}_mb_per_1000_messages"] = round((last - first) / thousands, 2)
    return figures


async def _soak(live: Live, seconds: float) -> list[dict[str, float]]:
    """A sample of each process's memory every second's worth of messages."""
    writers, samples = cycle(live.writers), []
    started, sent = time.perf_counter(), 0
    while time.perf_counter() - started < seconds:
        batch = list(islice(writers, int(RATE)))
        # No receipt twice in the same words: of many the platform would take one for a repetition.
        percent = round(sent / RATE % PERCENTS / 100 + 1, 2)
        for line, callback in zip(live.lines, live.callbacks(percent, batch), strict=False):
            await line.ask(callback)
        sent += len(batch)
        await asyncio.sleep(len(batch) / RATE)
        samples.append(live.memory())
    await live.until_answered(sent, within=HOUR)
    return samples


def main() -> None:
    """Print one JSON object."""
    configure_logging("ERROR")
    seconds = HOUR if sys.argv[1:] == ["hour"] else MINUTE
    with open_ground() as ground, asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        print(json.dumps(runner.run(measure(ground, seconds))))


if __name__ == "__main__":
    main()
