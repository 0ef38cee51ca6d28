"""Health and readiness tell the truth: a database, a worker, a cache, or none of them."""

import re
from dataclasses import replace

import aiohttp

from bot.app import Role, working
from storage.inbox import InboxWriter
from tests.support.bot_process import free_port
from tests.support.door import a_door
from tests.support.outage import cut_off
from tests.support.servers import DatabaseServer
from tests.support.town import CHANNELS, Town, W, open_town
from tests.support.town_at_work import Place, arrival, change, metric, settle, until


async def asked(address: str, path: str) -> tuple[int, dict[str, object]]:
    async with aiohttp.ClientSession() as client, client.get(f"{address}{path}") as response:
        return response.status, await response.json()


async def page(url: str) -> tuple[int, str]:
    async with aiohttp.ClientSession() as client, client.get(url) as response:
        return response.status, await response.text()


async def remember(town: Town, key: str) -> None:
    """Keep a message, not yet answered."""
    store = town.bot.store
    await InboxWriter(store.engine, store.seal).remember([arrival(town, key)])


async def readiness(address: str, status: int) -> dict[str, object]:
    """What is said once readiness is answered with this status."""

    async def is_answered() -> bool:
        return (await asked(address, "/readyz"))[0] == status

    await until(is_answered)
    return (await asked(address, "/readyz"))[1]


async def test_without_a_worker_the_bot_lives_but_is_not_ready(place: Place) -> None:
    async with a_door(place) as door:
        assert await asked(door.address, "/healthz") == (200, {"alive": True})
        status, said = await asked(door.address, "/readyz")
        assert (status, said["database"], said["worker"]) == (503, "ok", "no heartbeat")


async def test_with_a_worker_the_bot_is_ready(place: Place) -> None:
    async with a_door(place, Role.ALL) as door:
        said = await readiness(door.address, 200)
        assert (said["ready"], said["cache"], said["worker"]) == (True, "ok", "ok")


async def test_a_worker_that_was_killed_is_missed(place: Place) -> None:
    async with a_door(place, Role.ALL) as door:
        await readiness(door.address, 200)
        old = "now() - interval '31 seconds'"
        await change(door.town, f"UPDATE procrastinate_workers SET last_heartbeat = {old}")
        status, said = await asked(door.address, "/readyz")
        assert (status, said["worker"]) == (503, "no heartbeat")


async def test_a_worker_that_ended_in_order_leaves_no_heartbeat(place: Place) -> None:
    async with a_door(place) as door:
        async with place.at_work(Role.WORKER):
            await readiness(door.address, 200)
        assert (await asked(door.address, "/readyz"))[0] == 503


async def test_without_the_cache_the_bot_is_ready_and_says_so(place: Place) -> None:
    without = replace(place, redis_url="redis://127.0.0.1:1/0")
    async with a_door(without, Role.ALL) as door:
        assert (await readiness(door.address, 200))["cache"] == "unreachable"


async def test_without_the_database_the_bot_lives_but_is_not_ready(
    place: Place, database_server: DatabaseServer
) -> None:
    async with a_door(place) as door:
        with cut_off(database_server, place.database_url):
            assert (await asked(door.address, "/healthz"))[0] == 200
            status, said = await asked(door.address, "/readyz")
            assert (status, said) == (503, {"ready": False, "database": "unreachable"})
        assert (await asked(door.address, "/readyz"))[1]["database"] == "ok"


async def test_the_age_of_waiting_work_is_told(place: Place) -> None:
    async with a_door(place) as door:
        await door.town.simulator.say(next(iter(door.town.simulator.platforms)), "Liaison00", "1")
        await change(door.town, "UPDATE procrastinate_events SET at = now() - interval '90 s'")
        waited = (await asked(door.address, "/readyz"))[1]["queue_seconds"]
        assert isinstance(waited, float)
        assert 89 < waited < 300


async def test_a_worker_without_callbacks_is_watched_on_a_port_of_its_own(place: Place) -> None:
    port = free_port()
    settings = place.settings.model_copy(update={"watch_port": port})
    async with open_town(settings) as town, working(town.bot, Role.WORKER) as none:
        assert none == ""
        address = f"http://127.0.0.1:{port}"
        assert (await readiness(address, 200))["worker"] == "ok"
        await remember(town, "m1")
        await settle(town)
        counted = await metric(address, "liaison_messages_total")
        assert counted == {'{outcome="record"}': 1.0}
        status, _ = await page(f"{address}/callbacks/{CHANNELS[W]}")
        assert status == 404


async def queue_age(address: str) -> float:
    _, shown = await page(f"{address}/metrics")
    waited = re.search(r"^liaison_queue_age_seconds (\S+)$", shown, re.MULTILINE)
    assert waited is not None
    return float(waited[1])


async def test_the_metrics_tell_how_long_work_has_waited_since_it_was_due(place: Place) -> None:
    async with a_door(place) as door:
        await remember(door.town, "m1")
        await change(door.town, "UPDATE procrastinate_events SET at = now() - interval '900 s'")
        assert 899 < await queue_age(door.address) < 1100
        # What is tried again waits from the moment it was put off to.
        later = "scheduled_at = now() - interval '90 s'"
        await change(door.town, f"UPDATE procrastinate_jobs SET {later}")
        assert 89 < await queue_age(door.address) < 300
        await change(door.town, f"UPDATE procrastinate_jobs SET {later.replace('-', '+')}")
        assert await queue_age(door.address) == 0
