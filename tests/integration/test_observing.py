"""One message is followed from its callback to its delivery: one id, one trace, true counts."""

import json
from collections.abc import Mapping
from contextlib import AsyncExitStack
from dataclasses import replace

import aiohttp
from prometheus_client.parser import text_string_to_metric_families

from bot.app import working
from storage.seal import Json
from tests.support.collector import Collector, collecting
from tests.support.leaks import logged
from tests.support.town import CHANNELS, PLACES, D, Town, W, open_town
from tests.support.town_at_work import Place, rows, settle, until, write

REPORT, NOTICE = "第1项完成80%", "会议通知"
SENDER = "Liaison00"
LIMITS: Json = [{"count": 2, "seconds": 3600}]
FACTS = {"subject", "channel", "outcome", "parcel", "part", "state", "code"}
# A message goes through eight steps; a reminder and the notice are delivered and so sent.
STEPS = ["callback", "verify", "commit", "answer", "understand", "record", "deliver", "send"]
Lines = list[dict[str, object]]


async def limit(town: Town) -> None:
    """Two messages to each member on WeCom, the third has to wait."""
    async with town.bot.store.unit_of_work(town.clock.now()) as work:
        for row in await work.channels.all():
            if row.platform is W:
                settings = {**row.settings, "member_limits": LIMITS}
                await work.channels.save(replace(row, settings=settings), ())


async def counted(address: str) -> Mapping[str, float]:
    """The metrics page: every sample's name and labels, with its value."""
    async with aiohttp.ClientSession() as client, client.get(f"{address}/metrics") as response:
        families = text_string_to_metric_families(await response.text())
    return {
        f"{one.name.removeprefix('liaison_')}({','.join(one.labels.values())})": one.value
        for family in families
        for one in family.samples
    }


async def live(town: Town, address: str) -> Mapping[str, float]:
    """Two reports, everybody's reminder, and one message more than may be sent now."""
    await town.simulator.say(W, SENDER, REPORT)
    await town.simulator.say(D, "Liaison01", "第5项完成30%")
    await settle(town)
    town.clock.move_to(town.clock.now().replace(day=18, hour=10))
    await town.bot.worker.ticker.strike_all()
    await settle(town)
    await write(town, W, SENDER, [NOTICE])

    async def is_put_off() -> bool:
        return f"budget_waits_total({CHANNELS[W]})" in await counted(address)

    await until(is_put_off)
    return await counted(address)


def check_metrics(metrics: Mapping[str, float], sent: list[tuple[object, ...]]) -> None:
    """What the page says is what was done."""
    for channel in CHANNELS.values():
        assert metrics[f"callbacks_total({channel},accepted)"] == 1
    assert metrics["callback_seconds_count()"] == metrics["callback_seconds_bucket(+Inf)"] == 2
    assert 0 < metrics["callback_seconds_sum()"] < 60
    assert metrics["messages_total(record)"] == 2
    shown = {name: value for name, value in metrics.items() if name.startswith("deliveries_total")}
    assert shown == {f"deliveries_total({channel},{state})": n for channel, state, n in sent}
    assert metrics[f"deliveries_total({CHANNELS[W]},delivered)"] == 1 + len(PLACES) / 2
    assert metrics[f"budget_waits_total({CHANNELS[W]})"] == 1
    assert 0 <= metrics["queue_age_seconds()"] < 60


def check_log(lines: Lines, message: str) -> None:
    """One id from the callback to the delivery; what nobody asked for has its own."""
    kept = [line for line in lines if line.get("action") == "messages_kept"]
    assert [line for line in kept if message in str(line["ids"])]
    told = sorted(str(line["action"]) for line in lines if line.get("id") == message)
    assert told == ["delivery_tried", "message_answered"]
    tried = {str(line["id"]) for line in lines if line.get("action") == "delivery_tried"}
    assert len({one for one in tried if one.startswith("reminder:")}) == len(PLACES)
    assert f"test:{NOTICE}" in tried


def check_traces(collector: Collector, message: str) -> None:
    """One connected trace for each; nothing in it that says who or what."""
    (root,) = collector.of("callback", message)
    spans = collector.traced(root.trace)
    assert sorted(one.name for one in spans) == sorted(STEPS)
    ids = {one.id: one for one in spans}
    assert [one.name for one in spans if one.parent not in ids] == ["callback"]
    above = {one.name: ids[one.parent].name for one in spans if one.parent}
    assert above["answer"] == above["deliver"] == above["commit"] == "callback"
    assert above["understand"] == above["record"] == "answer"
    assert above["send"] == "deliver"
    assert all(root.started <= one.started <= one.ended for one in spans)
    reminders = collector.of("deliver", "reminder")
    assert len({one.trace for one in reminders}) == len(reminders) == len(PLACES)
    assert {name for one in collector.spans for name in one.facts} <= {
        f"liaison.{name}" for name in FACTS
    }
    for word in (REPORT, NOTICE, PLACES[0], SENDER):
        assert word.encode() not in collector.raw


SPANS = 2 * len(STEPS) + 2 * (len(PLACES) + 1)
FIRST = f"SELECT id FROM inbox WHERE sender_id = '{SENDER.lower()}'"
SENT = """
SELECT o.channel, d.state, count(*) FROM deliveries d JOIN outbox o ON o.id = d.outbox_id
GROUP BY 1, 2
"""


async def test_a_message_is_followed_by_one_id_in_logs_and_traces_and_counted(
    place: Place,
) -> None:
    async with collecting() as collector, AsyncExitStack() as stack:
        log = stack.enter_context(logged())
        settings = place.settings.model_copy(update={"otlp_traces_endpoint": collector.address})
        async with open_town(settings) as town:
            await limit(town)
            async with working(town.bot) as address:
                town.point_to(address)
                metrics = await live(town, address)
                sent = await rows(town, SENT)
            ((number,),) = await rows(town, FIRST)
        message = f"message:{number}"

        async def is_collected() -> bool:
            return len(collector.spans) >= SPANS

        await until(is_collected)
    check_metrics(metrics, sent)
    check_log([json.loads(line) for line in log.getvalue().splitlines()], message)
    check_traces(collector, message)
