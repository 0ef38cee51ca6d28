"""A quota used up: the channel rests, the operator is told, and sending goes on by itself."""

from datetime import timedelta

import pytest

from bot.app import Role, working
from reporting.messages import Platform
from simulator.fault import Endpoint, Fault, FaultKind
from tests.support.town import D, Town, W
from tests.support.town_at_work import Place, change, rows, settle, until, write

QUOTA = "Forbidden.AccessDenied.ApiCountLimitForOrg"
PEOPLE = [f"Liaison{number:02}" for number in range(1, 20, 2)]


def use_up(town: Town, *, times: int | None = None) -> None:
    """The organisation's monthly calls are used up."""
    fault = Fault(
        kind=FaultKind.REFUSED, endpoint=Endpoint.DINGTALK_PERSON, code=QUOTA, times=times
    )
    town.simulator.misbehave(fault)


def asked(town: Town) -> int:
    """How often DingTalk was asked to send to a person."""
    return town.simulator.stage.calls[Endpoint.DINGTALK_PERSON]


async def write_to_all(town: Town) -> None:
    """A message to everyone on DingTalk."""
    for person in PEOPLE:
        await write(town, D, person, [f"{person}请报进度"])


async def put_off(town: Town) -> bool:
    """Whether every message that is not out waits for about an hour, and none is under way."""
    unfinished = await rows(town, "SELECT 1 FROM outbox WHERE finished_at IS NULL")
    waiting = await rows(
        town,
        "SELECT 1 FROM procrastinate_jobs WHERE status = 'todo'"
        " AND scheduled_at > now() + interval '50 minutes'",
    )
    return len(waiting) == len(unfinished)


async def wake(town: Town) -> None:
    """Let the hour go by: on the bot's clock, and for the jobs that wait."""
    town.clock.move(timedelta(minutes=61))
    await change(town, "UPDATE procrastinate_jobs SET scheduled_at = now() WHERE status = 'todo'")


async def test_d9_a_quota_used_up_stops_the_channel_and_raises_one_alarm(place: Place) -> None:
    async with place.at_rest() as town:
        use_up(town)
        await write_to_all(town)
        async with working(town.bot, Role.WORKER):

            async def all_wait() -> bool:
                return await put_off(town)

            await until(all_wait)
        # Those under way when the first answer came were asked for too; nobody after them.
        assert 1 <= asked(town) <= len(PEOPLE)
        assert await rows(town, "SELECT kind, channel FROM alarms WHERE settled_at IS NULL") == [
            (f"delivery:{QUOTA}", "county-dingtalk")
        ]
        assert await rows(town, "SELECT DISTINCT state, attempts FROM outbox") == [("pending", 0)]


async def test_d9_later_messages_ask_nobody_while_the_channel_rests(place: Place) -> None:
    async with place.at_work(Role.WORKER) as (town, _):
        use_up(town)
        await write(town, D, PEOPLE[0], ["请报进度"])

        async def is_resting() -> bool:
            return bool(await rows(town, "SELECT 1 FROM alarms"))

        await until(is_resting)
        before = asked(town)
        await write(town, D, PEOPLE[1], ["请尽快报进度"])
        await write(town, W, "Liaison00", ["请今天报进度"])
        await settle_platform(town, W)
        assert asked(town) == before == 1
        assert town.shown(W, "Liaison00") == ["请今天报进度"]


async def settle_platform(town: Town, platform: Platform) -> None:
    """Wait until the messages of one platform are out."""

    async def is_out() -> bool:
        waiting = await rows(
            town, f"SELECT 1 FROM outbox WHERE finished_at IS NULL AND channel LIKE '%{platform}'"
        )
        return not waiting

    await until(is_out)


async def test_d9_sending_goes_on_by_itself_and_settles_the_alarm(place: Place) -> None:
    async with place.at_work(Role.WORKER) as (town, _):
        use_up(town)
        await write_to_all(town)

        async def all_wait() -> bool:
            return await put_off(town)

        await until(all_wait)
        town.simulator.behave()
        await wake(town)
        await settle(town)
        assert [town.shown(D, person) for person in PEOPLE] == [
            [f"{person}请报进度"] for person in PEOPLE
        ]
        assert not await rows(town, "SELECT 1 FROM alarms WHERE settled_at IS NULL")


@pytest.mark.parametrize(("hours", "state"), [(1, "pending"), (25, "refused")])
async def test_d9_a_message_that_waited_a_day_is_not_sent_any_more(
    place: Place, hours: int, state: str
) -> None:
    async with place.at_work(Role.WORKER) as (town, _):
        use_up(town)
        await write(town, D, PEOPLE[0], ["请报进度"])
        await write(town, D, PEOPLE[1], ["请尽快报进度"])

        async def all_wait() -> bool:
            return await put_off(town)

        await until(all_wait)
        moved = f"UPDATE outbox SET written_at = written_at - interval '{hours} hours'"
        await change(town, moved)
        await change(
            town, "UPDATE procrastinate_jobs SET scheduled_at = now() WHERE status = 'todo'"
        )

        async def is_so() -> bool:
            found = await rows(town, "SELECT DISTINCT state FROM outbox")
            doing = "SELECT 1 FROM procrastinate_jobs WHERE status = 'doing'"
            idle = await rows(town, f"{doing} AND queue_name <> 'clock'")
            return found == [(state,)] and not idle

        await until(is_so)
        assert not town.shown(D, PEOPLE[0])
