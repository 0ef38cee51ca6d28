"""The long form, `python -m tests.faults.long [names]`: every campaign, a line of JSON each."""

import asyncio
import json
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from tests.faults.__main__ import fight, fight_on_own_ground
from tests.faults.campaign import Orders
from tests.faults.cut import fight_over_two_hosts
from tests.faults.trouble import LeftOut, Trouble
from tests.support.servers import start_servers

PROCESSES = ("web", "worker", "worker")
MINUTE = 60.0
WRONG = ("lost", "doubled", "unshown", "late", "war")


@dataclass(frozen=True, slots=True, kw_only=True)
class Long:
    """A campaign of the long form; with `away` it strikes servers of its own.

    `away` is how long the cache is absent or the disk full, in seconds; `megabytes` its size.
    Over `two_hosts` every role runs on each.
    """

    orders: Orders
    away: float | None = None
    megabytes: int | None = None
    two_hosts: bool = False


CAMPAIGNS = {
    "200 kills": Long(
        orders=Orders(replies=2000, blows=200, roles=PROCESSES, through_the_month=True)
    ),
    "one process": Long(orders=Orders(replies=500, blows=40, through_the_month=True)),
    "rough platforms": Long(
        orders=Orders(replies=600, blows=20, roles=PROCESSES, through_the_month=True, rough=True)
    ),
    "servers": Long(
        orders=Orders(
            replies=400,
            blows=12,
            roles=PROCESSES,
            through_the_month=True,
            window=10.0,
            troubles=(
                Trouble.KILL_DATABASE,
                Trouble.RESTART_DATABASE,
                Trouble.FLUSH_CACHE,
                Trouble.KILL_BOT,
            ),
        ),
        away=0.0,
    ),
    "cache absent for a minute": Long(
        orders=Orders(
            replies=300,
            blows=4,
            roles=PROCESSES,
            through_the_month=True,
            troubles=(Trouble.KILL_CACHE, Trouble.KILL_BOT),
        ),
        away=MINUTE,
    ),
    "disk full": Long(
        orders=Orders(
            replies=300,
            blows=4,
            roles=PROCESSES,
            through_the_month=True,
            troubles=(Trouble.FILL_DISK, Trouble.KILL_BOT),
        ),
        away=15.0,
        megabytes=400,
    ),
    "clock": Long(
        orders=Orders(
            replies=300,
            blows=10,
            roles=PROCESSES,
            through_the_month=True,
            troubles=(
                Trouble.CLOCK_FORWARD,
                Trouble.CLOCK_BACK,
                Trouble.CROSS_MIDNIGHT,
                Trouble.CROSS_MONTH,
                Trouble.CROSS_YEAR,
            ),
        ),
        away=0.0,
    ),
    "rolling restart": Long(
        orders=Orders(
            replies=400,
            blows=4,
            roles=("web", "web", "worker", "worker"),
            through_the_month=True,
            window=10.0,
            troubles=(Trouble.ROLL,),
        )
    ),
    "network cut between hosts": Long(
        orders=Orders(
            replies=300,
            blows=3,
            roles=("web", "worker"),
            through_the_month=True,
            window=60.0,
            troubles=(Trouble.CUT_HOST, Trouble.LOSE_HOST),
        ),
        two_hosts=True,
    ),
}


async def _fight(long: Long, folder: Path) -> dict[str, object]:
    if long.two_hosts:
        return await fight_over_two_hosts(long.orders, folder)
    if long.away is None:
        with start_servers() as servers:
            tally = await fight(long.orders, servers, folder)
    else:
        tally = await fight_on_own_ground(
            long.orders, folder, away=long.away, megabytes=long.megabytes
        )
    return tally.as_json()


def run(name: str) -> bool:
    """Fight one campaign and print its figures; whether nothing went wrong."""
    begun = time.monotonic()
    try:
        with tempfile.TemporaryDirectory() as folder:
            figures = asyncio.run(_fight(CAMPAIGNS[name], Path(folder)))
    except LeftOut as reason:
        figures = {"left_out": str(reason)}
    seconds = round(time.monotonic() - begun, 1)
    line = {"campaign": name, "seconds": seconds, **figures}
    sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
    sys.stdout.flush()
    return not any(figures.get(wrong) for wrong in WRONG)


def main() -> int:
    """Every campaign, or those named; 1 if anything was lost or doubled in one of them."""
    names = sys.argv[1:] or list(CAMPAIGNS)
    if unknown := [name for name in names if name not in CAMPAIGNS]:
        sys.stderr.write(f"no such campaign: {', '.join(unknown)}; {', '.join(CAMPAIGNS)}\n")
        return 2
    kept = [run(name) for name in names]
    return 0 if all(kept) else 1


if __name__ == "__main__":
    sys.exit(main())
