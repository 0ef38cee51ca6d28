"""Health and readiness tell the truth: a database, a worker, a cache, or none of them."""

from dataclasses import replace

import aiohttp

from bot.app import Role
from tests.support.door import Door, a_door
from tests.support.outage import cut_off
from tests.support.servers import DatabaseServer
from tests.support.town_at_work import Place, change, until


async def asked(door: Door, path: str) -> tuple[int, dict[str, object]]:
    async with aiohttp.ClientSession() as client, client.get(f"{door.address}{path}") as response:
        return response.status, await response.json()


async def readiness(door: Door, status: int) -> dict[str, object]:
    """What is said once readiness is answered with this status."""

    async def is_answered() -> bool:
        return (await asked(door, "/readyz"))[0] == status

    await until(is_answered)
    return (await asked(door, "/readyz"))[1]


async def test_without_a_worker_the_bot_lives_but_is_not_ready(place: Place) -> None:
    async with a_door(place) as door:
        assert await asked(door, "/healthz") == (200, {"alive": True})
        status, said = await asked(door, "/readyz")
        assert (status, said["database"], said["worker"]) == (503, "ok", "no heartbeat")


async def test_with_a_worker_the_bot_is_ready(place: Place) -> None:
    async with a_door(place, Role.ALL) as door:
        said = await readiness(door, 200)
        assert (said["ready"], said["cache"], said["worker"]) == (True, "ok", "ok")


async def test_a_worker_that_was_killed_is_missed(place: Place) -> None:
    async with a_door(place, Role.ALL) as door:
        await readiness(door, 200)
        old = "now() - interval '31 seconds'"
        await change(door.town, f"UPDATE procrastinate_workers SET last_heartbeat = {old}")
        status, said = await asked(door, "/readyz")
        assert (status, said["worker"]) == (503, "no heartbeat")


async def test_a_worker_that_ended_in_order_leaves_no_heartbeat(place: Place) -> None:
    async with a_door(place) as door:
        async with place.at_work(Role.WORKER):
            await readiness(door, 200)
        assert (await asked(door, "/readyz"))[0] == 503


async def test_without_the_cache_the_bot_is_ready_and_says_so(place: Place) -> None:
    without = replace(place, redis_url="redis://127.0.0.1:1/0")
    async with a_door(without, Role.ALL) as door:
        assert (await readiness(door, 200))["cache"] == "unreachable"


async def test_without_the_database_the_bot_lives_but_is_not_ready(
    place: Place, database_server: DatabaseServer
) -> None:
    async with a_door(place) as door:
        with cut_off(database_server, place.database_url):
            assert (await asked(door, "/healthz"))[0] == 200
            status, said = await asked(door, "/readyz")
            assert (status, said) == (503, {"ready": False, "database": "unreachable"})
        assert (await asked(door, "/readyz"))[1]["database"] == "ok"


async def test_the_age_of_waiting_work_is_told(place: Place) -> None:
    async with a_door(place) as door:
        await door.town.simulator.say(next(iter(door.town.simulator.platforms)), "Liaison00", "1")
        await change(door.town, "UPDATE procrastinate_events SET at = now() - interval '90 s'")
        waited = (await asked(door, "/readyz"))[1]["queue_seconds"]
        assert isinstance(waited, float)
        assert 89 < waited < 120
