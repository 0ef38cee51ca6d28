"""The short form, `python -m tests.faults`: one campaign, its figures as one JSON object."""

import asyncio
import json
import secrets
import sys
import tempfile
from pathlib import Path

from tests.faults.campaign import Orders, open_campaign
from tests.faults.tally import Tally, count
from tests.support.servers import RunningServers, start_servers

SHORT = Orders(replies=150, kills=6, roles=("web", "worker", "worker"), through_the_month=True)


async def fight(orders: Orders, servers: RunningServers, folder: Path) -> Tally:
    """One campaign in a database of its own."""
    name = servers.database.create()
    url = servers.database.url_of(name)
    async with open_campaign(orders, url, servers.redis_url, folder) as campaign:
        await campaign.run()
        return await count(campaign)


def main() -> int:
    """Print the figures; 1 if anything was lost or doubled."""
    seed = int(sys.argv[1]) if len(sys.argv) > 1 else secrets.randbelow(1_000_000)
    orders = Orders(
        replies=SHORT.replies,
        kills=SHORT.kills,
        roles=SHORT.roles,
        through_the_month=SHORT.through_the_month,
        seed=seed,
    )
    with start_servers() as servers, tempfile.TemporaryDirectory() as folder:
        tally = asyncio.run(fight(orders, servers, Path(folder)))
    sys.stdout.write(json.dumps({"seed": seed, **tally.as_json()}, ensure_ascii=False) + "\n")
    return 1 if tally.lost or tally.doubled or tally.unshown else 0


if __name__ == "__main__":
    sys.exit(main())
