"""Our senders against the simulated platforms, which share no code with them."""

import asyncio

import pytest

from reporting.messages import (
    Address,
    AddressKind,
    DeliveryState,
    Platform,
)
from reporting.ports import Limit
from simulator.chat import MessageState
from simulator.fault import FaultKind
from storage.local_cache import LocalBudget
from tests.support.platform_server import HASTY, PATIENT
from tests.support.simulated import texts
from tests.support.simulated_edge import (
    BOTH,
    DELIVERED,
    FETCHING,
    GROUPS,
    POSTING,
    REFUSED,
    RETRY,
    SENDING,
    UNKNOWN,
    W,
    an_edge,
)


@BOTH
@pytest.mark.parametrize(
    ("fault", "state"),
    [
        (FaultKind.SERVER_ERROR, RETRY),
        (FaultKind.HTML, RETRY),
        (FaultKind.RATE_LIMIT, RETRY),
        (FaultKind.HANG, UNKNOWN),
        (FaultKind.EXPIRED_TOKEN, DELIVERED),
    ],
)
async def test_w10_d9_each_bad_day_has_its_outcome(
    platform: Platform, fault: FaultKind, state: DeliveryState
) -> None:
    async with an_edge(platform, patience=HASTY if fault is FaultKind.HANG else PATIENT) as edge:
        edge.order(fault, SENDING)
        assert await edge.send("请报进度") is state
        shown = state in {DELIVERED, UNKNOWN}
        assert texts(edge.scene, platform, "ZhangSan") == ["请报进度"] * shown


@BOTH
async def test_w9_d8_an_endlessly_expired_token_is_refreshed_once(platform: Platform) -> None:
    async with an_edge(platform) as edge:
        edge.order(FaultKind.EXPIRED_TOKEN, SENDING, times=100)
        assert await edge.send("请报进度") is REFUSED
        assert (edge.calls(SENDING), edge.calls(FETCHING)) == (2, 2)


@BOTH
async def test_w9_d8_ten_cold_callers_fetch_one_token(platform: Platform) -> None:
    async with an_edge(platform) as edge:
        states = await asyncio.gather(*(edge.send(f"第{number}条") for number in range(10)))
        assert set(states) == {DELIVERED}
        assert edge.calls(FETCHING) == 1


async def test_an_unknown_send_repeated_reaches_a_person_of_wecom_once() -> None:
    async with an_edge(W, patience=HASTY) as edge:
        edge.order(FaultKind.HANG, SENDING)
        address = Address(channel="c", kind=AddressKind.PERSON, target="ZhangSan")
        for again, state in ((False, UNKNOWN), (True, DELIVERED)):
            assert edge.sender.repeatable(address)
            delivery = await edge.sender.send(address, "请报进度", again=again, key="a")
            assert delivery.state is state
        assert texts(edge.scene, W, "ZhangSan") == ["请报进度"]
        assert (await edge.sender.send(address, "请报进度", again=False, key="b")).reference
        assert texts(edge.scene, W, "ZhangSan") == ["请报进度"] * 2


@BOTH
async def test_a_digest_longer_than_one_message_arrives_whole(platform: Platform) -> None:
    async with an_edge(platform) as edge:
        lines = [
            f"{number}. 3-{number} 污水处理厂提标改造：滞后，缺口 200 万元" for number in range(500)
        ]
        address = Address(channel="c", kind=AddressKind.GROUP, target=GROUPS[platform].name)
        parts = edge.sender.parts(address, "\n".join(lines))
        assert len(parts) > 1
        for part in parts[:15]:
            assert (await edge.sender.send(address, part, again=False)).state is DELIVERED
        assert edge.calls(POSTING) == min(len(parts), 15)


@BOTH
async def test_a_stranger_to_the_platform_is_refused_by_name(platform: Platform) -> None:
    async with an_edge(platform) as edge:
        address = Address(channel="c", kind=AddressKind.PERSON, target="Nobody")
        delivery = await edge.sender.send(address, "请报进度", again=False)
        assert (delivery.state, delivery.missed) == (REFUSED, ("Nobody",))


class WindowBudget:
    """The sliding window of one process, as the budget of a sender."""

    def __init__(self) -> None:
        self._windows = LocalBudget()

    async def take(self, name: str, limits: tuple[Limit, ...]) -> float:
        """Take one from every limit of this name."""
        return self._windows.take(name, limits)


@pytest.mark.parametrize(
    ("kind", "sent", "allowed"), [(AddressKind.GROUP, 21, 18), (AddressKind.PERSON, 31, 28)]
)
async def test_w13_a_flood_is_held_back_before_the_platform_drops_or_refuses_it(
    kind: AddressKind, sent: int, allowed: int
) -> None:
    async with an_edge(W, WindowBudget()) as edge:
        states = [await edge.send(f"第{number}期", kind) for number in range(sent)]
        assert states == [DELIVERED] * allowed + [RETRY] * (sent - allowed)
        shown = edge.scene.simulator.chat.with_person(W, "ZhangSan")
        assert {message.state for message in shown} <= {MessageState.SHOWN}


@BOTH
async def test_w11_d10_a_long_reminder_arrives_uncut(platform: Platform) -> None:
    async with an_edge(platform) as edge:
        lines = [f"{number}. 督办事项“{number}”：请于25日前报送进展" for number in range(400)]
        address = Address(channel="c", kind=AddressKind.PERSON, target="ZhangSan")
        parts = edge.sender.parts(address, "\n".join(lines))
        for part in parts:
            assert (await edge.sender.send(address, part, again=False)).state is DELIVERED
        shown = edge.scene.simulator.chat.with_person(platform, "ZhangSan")
        assert tuple(message.text for message in shown) == parts
        assert not any(message.cut for message in shown)
