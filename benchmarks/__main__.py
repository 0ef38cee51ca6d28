"""Every ratio in one run, `python -m benchmarks`: a table for people, then one line of JSON.

Arguments bound the ledger and the cutoff's rush: `python -m benchmarks 100000 1000`.
"""

import asyncio
import json
import sys
from collections.abc import Callable, Coroutine
from functools import partial
from typing import TypeVar

import uvloop
from rich.console import Console
from rich.table import Table

from benchmarks import codec, ingest, processing, rehearsal, rush, soak, understanding
from benchmarks.stage import Ground, open_ground
from bot.telemetry import configure_logging

DIGESTS, REHEARSALS = (100, 1_000, 2_250), (100, 1_000)
T = TypeVar("T")


def on_fresh_ground(*works: Callable[[Ground], Coroutine[object, object, T]]) -> list[T]:
    """Each in turn, in one new database."""
    with open_ground() as ground, asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return [runner.run(work(ground)) for work in works]


async def rehearse(liaisons: int) -> dict[str, float]:
    """How long the rehearsal of a month takes for an office of so many liaisons."""
    messages, seconds = await rehearsal.measure(liaisons)
    return {"liaisons": liaisons, "messages": messages, "rehearsal_seconds": round(seconds, 1)}


def measure(longest: int, liaisons: int) -> dict[str, object]:
    """All of it; the growth is the cost over the longest ledger against that over the shortest."""
    ours, theirs = codec.compare()
    ledgers = tuple(size for size in processing.LEDGERS if size <= longest)
    messages = on_fresh_ground(partial(processing.measure, ledgers=ledgers))[0]
    return {
        "codec": {"ours_us": ours * 1e6, "sdk_us": theirs * 1e6, "sdk_to_ours": theirs / ours},
        "understanding": understanding.measure(),
        "ingest": ingest.run(),
        "processing": messages,
        "growth": messages[-1]["our_yards"] / messages[0]["our_yards"],
        "offices": on_fresh_ground(processing.measure_offices)[0],
        "digest": on_fresh_ground(
            *(partial(processing.measure_digest, tasks=tasks) for tasks in DIGESTS)
        ),
        "rehearsal": [asyncio.run(rehearse(size)) for size in REHEARSALS],
        "rush": on_fresh_ground(partial(rush.measure, liaisons=liaisons))[0],
        "soak": on_fresh_ground(soak.measure)[0],
    }


def show(measured: dict[str, object]) -> None:
    """Nested figures as one table, a line each."""
    table = Table("measure", "value")
    for name, value in flatten(measured):
        table.add_row(name, f"{value:g}" if isinstance(value, float) else str(value))
    Console().print(table)


def flatten(value: object, name: str = "") -> list[tuple[str, object]]:
    """Every figure with its path."""
    match value:
        case dict():
            parts = value.items()
        case list():
            parts = {str(number): one for number, one in enumerate(value)}.items()
        case _:
            return [(name, value)]
    return [line for key, one in parts for line in flatten(one, f"{name}.{key}".strip("."))]


def main() -> None:
    """Measure and print."""
    configure_logging("ERROR")
    bounds = [int(argument) for argument in sys.argv[1:]]
    longest, liaisons = [*bounds, *(processing.LEDGERS[-1], rush.LIAISONS)[len(bounds) :]]
    measured = measure(longest, liaisons)
    show(measured)
    print(json.dumps(measured))


if __name__ == "__main__":
    main()
