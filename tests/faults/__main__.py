"""The short form, `python -m tests.faults`: one campaign, its figures as one JSON object."""

import asyncio
import json
import secrets
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from tests.faults.campaign import Orders, open_campaign
from tests.faults.tally import Tally, count
from tests.faults.trouble import Ground, take_ground
from tests.support.servers import DatabaseServer, RunningServers, start_servers

SHORT = Orders(replies=150, blows=6, roles=("web", "worker", "worker"), through_the_month=True)


async def fight(orders: Orders, servers: RunningServers, folder: Path) -> Tally:
    """One campaign in a database of its own."""
    return await _fight(orders, servers.database, servers.redis_url, folder)


async def fight_on_own_ground(
    orders: Orders, folder: Path, *, away: float, megabytes: int | None = None
) -> Tally:
    """One campaign that strikes the servers too, hence with servers of its own."""
    with take_ground(away=away, megabytes=megabytes) as ground:
        return await _fight(orders, ground.database, ground.redis_url, folder, ground)


async def _fight(
    orders: Orders,
    database: DatabaseServer,
    redis_url: str,
    folder: Path,
    ground: Ground | None = None,
) -> Tally:
    url = database.url_of(database.create())
    async with open_campaign(orders, url, redis_url, folder, ground) as campaign:
        await campaign.run()
        return await count(campaign)


def main() -> int:
    """Print the figures; 1 if anything was lost or doubled."""
    seed = int(sys.argv[1]) if len(sys.argv) > 1 else secrets.randbelow(1_000_000)
    orders = replace(SHORT, seed=seed)
    with start_servers() as servers, tempfile.TemporaryDirectory() as folder:
        tally = asyncio.run(fight(orders, servers, Path(folder)))
    sys.stdout.write(json.dumps({"seed": seed, **tally.as_json()}, ensure_ascii=False) + "\n")
    return 1 if tally.lost or tally.doubled or tally.unshown else 0


if __name__ == "__main__":
    sys.exit(main())
