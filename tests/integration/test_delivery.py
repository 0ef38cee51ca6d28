"""Delivery end to end: outbox, job engine, both senders, platforms that misbehave on order."""

from datetime import timedelta

import pytest

from bot.app import Role, working
from bot.delivery import TRIES
from reporting.messages import Platform
from simulator.fault import Endpoint, Fault, FaultKind
from tests.support.town import GROUP, D, Town, W, channel_settings
from tests.support.town_at_work import Place, change, rows, settle, until, write

BOTH = pytest.mark.parametrize("platform", [W, D])
SENDING = {W: Endpoint.WECOM_MESSAGE, D: Endpoint.DINGTALK_PERSON}
POSTING = {W: Endpoint.WECOM_WEBHOOK, D: Endpoint.DINGTALK_GROUP}
FETCHING = {W: Endpoint.WECOM_TOKEN, D: Endpoint.DINGTALK_TOKEN}
PEOPLE = {W: "Liaison00", D: "Liaison01"}


async def states(town: Town) -> list[tuple[object, ...]]:
    """What became of each message, and of each try, in order."""
    ended = await rows(town, "SELECT state FROM outbox ORDER BY id")
    tried = await rows(town, "SELECT state FROM deliveries ORDER BY id")
    return [tuple(state for (state,) in ended), tuple(state for (state,) in tried)]


def misbehave(town: Town, platform: Platform, kind: FaultKind, *, times: int | None = 1) -> None:
    town.simulator.misbehave(Fault(kind=kind, endpoint=SENDING[platform], times=times))


def calls(town: Town, platform: Platform) -> tuple[int, int]:
    """How often a message was sent, and a token fetched."""
    counted = town.simulator.stage.calls
    return counted[SENDING[platform]], counted[FETCHING[platform]]


@BOTH
async def test_an_expired_token_costs_one_refresh_and_no_message(
    place: Place, platform: Platform
) -> None:
    async with place.at_work(Role.WORKER) as (town, _):
        misbehave(town, platform, FaultKind.EXPIRED_TOKEN)
        await write(town, platform, PEOPLE[platform], ["请报进度"])
        await settle(town)
        assert await states(town) == [("delivered",), ("delivered",)]
        assert calls(town, platform) == (2, 2)
        assert town.shown(platform, PEOPLE[platform]) == ["请报进度"]


@BOTH
async def test_an_endlessly_expired_token_stops_and_waits_for_the_operator(
    place: Place, platform: Platform
) -> None:
    async with place.at_work(Role.WORKER) as (town, _):
        misbehave(town, platform, FaultKind.EXPIRED_TOKEN, times=None)
        await write(town, platform, PEOPLE[platform], ["请报进度"])
        await settle(town)
        assert await states(town) == [("refused",), ("refused",)]
        assert calls(town, platform) == (2, 2)


@BOTH
async def test_a_server_error_is_tried_again(place: Place, platform: Platform) -> None:
    async with place.at_work(Role.WORKER) as (town, _):
        misbehave(town, platform, FaultKind.SERVER_ERROR, times=2)
        await write(town, platform, PEOPLE[platform], ["请报进度"])
        await settle(town)
        assert await states(town) == [("delivered",), ("retry", "retry", "delivered")]
        assert town.shown(platform, PEOPLE[platform]) == ["请报进度"]


@BOTH
async def test_a_web_page_in_place_of_an_answer_is_waited_out_for_a_minute(
    place: Place, platform: Platform
) -> None:
    async with place.at_work(Role.WORKER) as (town, _):
        misbehave(town, platform, FaultKind.HTML)
        await write(town, platform, PEOPLE[platform], ["请报进度"])

        async def is_put_off() -> bool:
            waits = "SELECT 1 FROM procrastinate_jobs WHERE scheduled_at > now() + interval '50 s'"
            return bool(await rows(town, waits))

        await until(is_put_off)
        assert await rows(town, "SELECT state, code FROM deliveries") == [("retry", "page")]
        assert await rows(town, "SELECT state, sending FROM outbox") == [("pending", False)]


async def test_a_time_out_on_wecom_is_repeated_under_its_duplicate_check_and_shown_once(
    place: Place,
) -> None:
    async with place.at_work(Role.WORKER) as (town, _):
        misbehave(town, W, FaultKind.HANG)
        await write(town, W, PEOPLE[W], ["请报进度"])
        await settle(town)
        assert await states(town) == [("delivered",), ("unknown", "delivered")]
        assert town.shown(W, PEOPLE[W]) == ["请报进度"]


@pytest.mark.parametrize(("platform", "to_group"), [(D, False), (D, True), (W, True)])
async def test_a_time_out_where_nobody_drops_repeats_is_not_repeated_and_listed_as_unknown(
    place: Place, platform: Platform, to_group: bool
) -> None:
    async with place.at_work(Role.WORKER) as (town, _):
        endpoint = (POSTING if to_group else SENDING)[platform]
        town.simulator.misbehave(Fault(kind=FaultKind.HANG, endpoint=endpoint))
        target = GROUP if to_group else PEOPLE[platform]
        await write(town, platform, target, ["请报进度"], to_group=to_group)
        await settle(town)
        assert await states(town) == [("unknown",), ("unknown",)]
        assert town.simulator.stage.calls[endpoint] == 1


@BOTH
async def test_a_person_the_platform_does_not_reach_is_named(
    place: Place, platform: Platform
) -> None:
    async with place.at_work(Role.WORKER) as (town, _):
        fault = Fault(
            kind=FaultKind.PARTIAL,
            endpoint=SENDING[platform],
            people=(PEOPLE[platform],),
            code="invalid",
        )
        town.simulator.misbehave(fault)
        await write(town, platform, PEOPLE[platform], ["请报进度"])
        await settle(town)
        ((state, missed),) = await rows(town, "SELECT state, missed FROM deliveries")
        assert state in {"refused", "partly"}
        assert missed == [PEOPLE[platform]]


async def test_an_answer_after_the_session_has_ended_goes_one_to_one(place: Place) -> None:
    async with place.at_rest() as town:
        async with working(town.bot, Role.WEB) as address:
            town.point_to(address)
            await town.simulator.say(D, PEOPLE[D], "第5项完成50%")
        town.clock.move(timedelta(minutes=91))
        async with working(town.bot, Role.WORKER):
            await settle(town)
        assert len(town.shown(D, PEOPLE[D])) == 1
        assert town.simulator.stage.calls[Endpoint.DINGTALK_SESSION] == 0


async def test_an_answer_the_session_refuses_goes_one_to_one(place: Place) -> None:
    async with place.at_work() as (town, _):
        fault = Fault(kind=FaultKind.EXPIRED_TOKEN, endpoint=Endpoint.DINGTALK_SESSION)
        town.simulator.misbehave(fault)
        await town.simulator.say(D, PEOPLE[D], "第5项完成50%")
        await settle(town)
        assert len(town.shown(D, PEOPLE[D])) == 1
        assert calls(town, D) == (1, 1)


@BOTH
async def test_a_long_text_goes_out_in_parts_cut_between_its_items(
    place: Place, platform: Platform
) -> None:
    items = [f"{n}. 第{n}项 污水处理厂提标改造：滞后，资金缺口200万元" for n in range(1, 301)]
    async with place.at_work(Role.WORKER) as (town, _):
        await write(town, platform, GROUP, ["\n".join(items)], to_group=True)
        await settle(town)
        shown = [one.text for one in town.simulator.chat.in_group(platform, GROUP)]
        assert len(shown) > 1
        assert [line for text in shown for line in text.split("\n")[1:]] == items
        assert all(len(text.encode()) <= 2048 for text in shown) or platform is D


async def test_a_part_that_fails_late_has_tries_of_its_own(place: Place) -> None:
    items = [f"{n}. " + "滞后" * 300 for n in range(TRIES + 2)]
    async with place.at_work(Role.WORKER) as (town, _):
        fault = Fault(kind=FaultKind.SERVER_ERROR, endpoint=POSTING[W], every=TRIES + 1)
        town.simulator.misbehave(fault)
        await write(town, W, GROUP, ["\n".join(items)], to_group=True)
        await settle(town)
        ended, tried = await states(town)
        assert ended == ("delivered",)
        assert tried == ("delivered",) * TRIES + ("retry",) + ("delivered",) * 2


async def test_what_was_tried_to_the_end_in_vain_is_refused(place: Place) -> None:
    async with place.at_rest() as town:
        misbehave(town, W, FaultKind.SERVER_ERROR)
        await write(town, W, PEOPLE[W], ["请报进度"])
        await change(town, f"UPDATE outbox SET attempts = {TRIES - 1}")
        async with working(town.bot, Role.WORKER):
            await settle(town)
        assert await states(town) == [("refused",), ("retry",)]


@pytest.mark.parametrize(
    ("platform", "hours", "state", "shown"),
    [(W, 1, "delivered", 1), (W, 4, "unknown", 0), (D, 0, "unknown", 0)],
)
async def test_a_send_cut_off_by_a_kill_is_repeated_only_while_the_platform_drops_repeats(
    place: Place, platform: Platform, hours: int, state: str, shown: int
) -> None:
    async with place.at_rest() as town:
        await write(town, platform, PEOPLE[platform], ["请报进度"])
        await change(town, "UPDATE outbox SET sending = true")
        town.clock.move(timedelta(hours=hours))
        async with working(town.bot, Role.WORKER):
            await settle(town)
        assert (await states(town))[0] == (state,)
        assert len(town.shown(platform, PEOPLE[platform])) == shown


@BOTH
async def test_messages_to_one_person_arrive_in_order_though_one_fails(
    place: Place, platform: Platform
) -> None:
    texts = [f"第{number}条" for number in range(8)]
    async with place.at_rest() as town:
        fault = Fault(kind=FaultKind.SERVER_ERROR, endpoint=SENDING[platform], every=3, times=2)
        town.simulator.misbehave(fault)
        await write(town, platform, PEOPLE[platform], texts)
        async with working(town.bot, Role.WORKER):
            await settle(town)
        assert town.shown(platform, PEOPLE[platform]) == texts


async def test_the_same_message_written_twice_is_sent_once(place: Place) -> None:
    async with place.at_rest() as town:
        await write(town, W, PEOPLE[W], ["请报进度"])
        with pytest.raises(AssertionError):
            await write(town, W, PEOPLE[W], ["请报进度"])
        async with working(town.bot, Role.WORKER):
            await settle(town)
        assert town.shown(W, PEOPLE[W]) == ["请报进度"]


async def test_a_message_to_a_removed_channel_is_refused(place: Place) -> None:
    async with place.at_rest() as town:
        await write(town, W, PEOPLE[W], ["请报进度"])
        await change(town, "UPDATE outbox SET channel = 'removed'")
        await change(town, "UPDATE procrastinate_jobs SET lock = 'to:removed:person:Liaison00'")
        async with working(town.bot, Role.WORKER):
            await settle(town)
        assert await states(town) == [("refused",), ("refused",)]


async def test_no_secret_is_kept_with_what_a_platform_said(place: Place) -> None:
    async with place.at_work() as (town, _):
        misbehave(town, D, FaultKind.EXPIRED_TOKEN, times=None)
        await town.simulator.say(D, PEOPLE[D], "第5项完成50%")
        await write(town, D, PEOPLE[D], ["请报进度"])
        await settle(town)
        kept = str(await rows(town, "SELECT inbox::text FROM inbox"))
        kept += str(await rows(town, "SELECT outbox::text FROM outbox"))
        kept += str(await rows(town, "SELECT deliveries::text FROM deliveries"))
        assert "session=" not in kept
        assert str(channel_settings("")[D]["app_secret"]) not in kept
