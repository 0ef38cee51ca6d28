"""Offices share the database and nothing else: the same codes and people do not meet."""

import asyncio
from dataclasses import replace

from bot.app import Role
from bot.channels import UNKNOWN_SECONDS
from handlers.import_plan import import_plan
from tests.support.callbacks import dingtalk_body, dingtalk_headers, dingtalk_request
from tests.support.door import a_door
from tests.support.town import CHANNELS, MORNING, D, Town, W, found_office, sample_plan, speakers
from tests.support.town_at_work import Place, rows, settle

OTHERS = {W: "other-wecom", D: "other-dingtalk"}
OTHER = "临湖市人民政府督查室"
TABLES = ("tasks", "units", "liaisons", "accounts", "rounds", "reports", "inbox", "outbox")


async def found_other(town: Town) -> int:
    """A second office with the same plan, people and platforms, its channels known to the bot."""
    office_id = await found_office(town.bot, OTHER, town.simulator.base_url, OTHERS)
    # A name just looked for in vain is not looked for again at once.
    await asyncio.sleep(UNKNOWN_SECONDS)
    return office_id


async def counted(town: Town, office_id: int) -> dict[str, object]:
    """How many rows an office has in each table."""
    return {
        table: (await rows(town, f"SELECT count(*) FROM {table} WHERE office_id = {office_id}"))[0][
            0
        ]
        for table in TABLES
    }


def said(sender: str, text: str) -> dict[str, object]:
    return dingtalk_body(senderStaffId=sender, text={"content": text}, sessionWebhook=None)


async def test_a_reply_on_one_offices_channel_changes_that_office_only(place: Place) -> None:
    async with a_door(place, Role.ALL) as door:
        town = door.town
        other = await found_other(town)
        before = await counted(town, town.office_id)
        body = said("Liaison01", "第5项完成50%")
        for channel in (OTHERS[D], OTHERS[D]):
            request = dingtalk_request(body, dingtalk_headers(MORNING))
            assert await door.call(f"/callbacks/{channel}", request) == 200
        await settle(town)
        after = await counted(town, other)
        assert (after["inbox"], after["reports"], after["outbox"]) == (1, 1, 1)
        assert await counted(town, town.office_id) == before


async def test_one_message_id_on_two_channels_is_two_messages(place: Place) -> None:
    async with a_door(place, Role.ALL) as door:
        other = await found_other(door.town)
        body = said("Liaison01", "第5项完成50%")
        for channel in (CHANNELS[D], OTHERS[D]):
            request = dingtalk_request(body, dingtalk_headers(MORNING))
            assert await door.call(f"/callbacks/{channel}", request) == 200
        await settle(door.town)
        for office in (door.town.office_id, other):
            mine = await counted(door.town, office)
            assert (mine["inbox"], mine["reports"], mine["outbox"]) == (1, 1, 1)
        crossed = (
            "SELECT 1 FROM reports JOIN tasks ON tasks.id = task_id JOIN liaisons"
            " ON liaisons.id = liaison_id JOIN inbox ON inbox.id = inbox_id JOIN rounds"
            " ON rounds.id = round_id WHERE NOT (reports.office_id = tasks.office_id"
            " AND tasks.office_id = liaisons.office_id AND liaisons.office_id = inbox.office_id"
            " AND inbox.office_id = rounds.office_id)"
        )
        assert await rows(door.town, crossed) == []


async def test_each_office_reminds_its_own_people_on_its_own_channels(place: Place) -> None:
    async with place.at_rest() as town:
        other = await found_other(town)
        town.clock.move_to(MORNING.replace(day=24, hour=10))
        await town.bot.worker.ticker.strike_all()
        found = await rows(
            town, "SELECT DISTINCT office_id, channel FROM outbox WHERE kind = 'reminder'"
        )
        expected = {(town.office_id, channel) for channel in CHANNELS.values()}
        assert set(found) == expected | {(other, channel) for channel in OTHERS.values()}
        counts = await rows(town, "SELECT count(*) FROM reminders GROUP BY office_id")
        assert counts == [(len(speakers()),)] * 2


async def test_what_one_office_imports_leaves_the_others_plan_alone(place: Place) -> None:
    async with place.at_rest() as town:
        await found_other(town)
        before = await rows(town, f"SELECT * FROM tasks WHERE office_id = {town.office_id}")
        edition = f"SELECT edition FROM offices WHERE id = {town.office_id}"
        held = await rows(town, edition)
        async with town.bot.store.unit_of_work(town.clock.now()) as work:
            plan = sample_plan()
            shorter = replace(plan, tasks=plan.tasks[1:])
            again = await import_plan(work, shorter, office=OTHER, source="again")
        assert again.version == 2
        assert await rows(town, edition) == held
        assert await rows(town, f"SELECT * FROM tasks WHERE office_id = {town.office_id}") == before


async def test_a_person_of_one_office_is_a_stranger_to_the_other(place: Place) -> None:
    async with a_door(place, Role.ALL) as door:
        other = await found_other(door.town)
        async with door.town.bot.store.unit_of_work(door.town.clock.now()) as work:
            assert await work.people.correspondent(OTHERS[D], "liaison01") is not None
            await work.connection.exec_driver_sql(
                f"DELETE FROM accounts WHERE office_id = {other} AND user_id = 'liaison01'"
            )
        request = dingtalk_request(said("Liaison01", "第5项完成50%"), dingtalk_headers(MORNING))
        assert await door.call(f"/callbacks/{OTHERS[D]}", request) == 200
        await settle(door.town)
        assert await rows(door.town, "SELECT outcome FROM inbox") == [("stranger",)]
