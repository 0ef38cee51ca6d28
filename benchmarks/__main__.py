"""Every ratio in one run, `python -m benchmarks`: a table for people, then one line of JSON.

An argument bounds the ledger: `python -m benchmarks 100000`.
"""

import asyncio
import json
import sys

import uvloop
from rich.console import Console
from rich.table import Table

from benchmarks import codec, ingest, processing, understanding
from benchmarks.stage import open_ground
from bot.telemetry import configure_logging

DIGESTS = (100, 1_000, 2_250)
Line = dict[str, float]


def work(ledgers: tuple[int, ...]) -> tuple[list[Line], list[Line]]:
    """Processing by the ledger's length, and the digest by the plan's."""
    with open_ground() as ground, asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        messages = runner.run(processing.measure(ground, ledgers))
        digests = [runner.run(processing.measure_digest(ground, tasks)) for tasks in DIGESTS]
    return messages, digests


def measure(longest: int) -> dict[str, object]:
    """All of it; the growth is the cost over the longest ledger against that over the shortest."""
    ours, theirs = codec.compare()
    messages, digests = work(tuple(size for size in processing.LEDGERS if size <= longest))
    return {
        "codec": {"ours_us": ours * 1e6, "sdk_us": theirs * 1e6, "sdk_to_ours": theirs / ours},
        "understanding": understanding.measure(),
        "ingest": ingest.run(),
        "processing": messages,
        "growth": messages[-1]["our_ms"] / messages[0]["our_ms"],
        "digest": digests,
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
    measured = measure(int(sys.argv[1]) if len(sys.argv) > 1 else processing.LEDGERS[-1])
    show(measured)
    print(json.dumps(measured))


if __name__ == "__main__":
    main()
