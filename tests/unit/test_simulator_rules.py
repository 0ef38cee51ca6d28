"""Tokens, limits, ordered faults, people and the chat log of the simulated platforms."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporting.messages import Platform
from reporting.ports import Limit
from simulator.access_token import TokenDesk, TokenState
from simulator.chat import ChatLog, ChatMessage, Direction, MessageState
from simulator.fault import Endpoint, Fault, FaultKind, Faults
from simulator.meter import Meter
from simulator.payload import read_payload
from simulator.world import Group, Person, SimulatedWeCom, find_group, find_person

NINE = datetime(2026, 6, 22, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
HTML = Fault(kind=FaultKind.HTML, endpoint=Endpoint.WECOM_MESSAGE)
MESSAGE = Endpoint.WECOM_MESSAGE


class MovableClock:
    def __init__(self) -> None:
        self.moment = NINE

    def now(self) -> datetime:
        return self.moment


def a_message(chat: ChatLog, user_id: str, group: str | None = None) -> ChatMessage:
    return ChatMessage(
        id=chat.next_id(),
        platform=Platform.WECOM,
        direction=Direction.FROM_BOT,
        user_id=user_id,
        group=group,
        text="请报进度",
        at=NINE,
    )


def test_a_token_stays_the_same_within_its_life() -> None:
    clock = MovableClock()
    desk = TokenDesk(clock)
    first = desk.issue()
    clock.moment += timedelta(seconds=7199)
    assert desk.issue().value == first.value
    assert (first.seconds, desk.issue().seconds) == (7200, 1)
    assert desk.check(first.value) is TokenState.VALID


def test_a_token_expires_on_the_clock() -> None:
    clock = MovableClock()
    desk = TokenDesk(clock)
    first = desk.issue()
    clock.moment += timedelta(seconds=7200)
    assert desk.check(first.value) is TokenState.EXPIRED
    assert desk.issue().value != first.value


def test_a_token_can_be_ended_early() -> None:
    desk = TokenDesk(MovableClock())
    desk.expire()
    token = desk.issue()
    desk.expire()
    assert desk.check(token.value) is TokenState.EXPIRED


def test_a_strange_or_absent_token_is_told_apart() -> None:
    desk = TokenDesk(MovableClock())
    assert desk.check("somebody else's") is TokenState.UNKNOWN
    assert desk.check("") is TokenState.MISSING


def test_a_meter_allows_so_many_in_a_window() -> None:
    now = [0.0]
    meter = Meter(lambda: now[0])
    limit = Limit(count=2, seconds=60)
    assert [meter.allows("a", limit) for _ in range(3)] == [True, True, False]
    assert meter.allows("b", limit)
    now[0] = 60.0
    assert meter.allows("a", limit)


@given(st.lists(st.floats(0, 30), max_size=60))
def test_no_window_ever_holds_more_than_its_limit(pauses: list[float]) -> None:
    now, allowed = [0.0], []
    meter = Meter(lambda: now[0])
    for pause in pauses:
        now[0] += pause
        if meter.allows("a", Limit(count=3, seconds=60)):
            allowed.append(now[0])
    for start in allowed:
        assert sum(1 for moment in allowed if start <= moment < start + 60) <= 3


def test_a_fault_lasts_as_often_as_ordered() -> None:
    faults = Faults()
    faults.add(Fault(kind=FaultKind.HTML, endpoint=MESSAGE, times=2))
    faults.add(Fault(kind=FaultKind.SERVER_ERROR, endpoint=MESSAGE))
    kinds = [fault and fault.kind for fault in (faults.take(MESSAGE) for _ in range(4))]
    assert kinds == [FaultKind.HTML, FaultKind.HTML, FaultKind.SERVER_ERROR, None]


def test_an_endless_fault_ends_when_told_to_behave() -> None:
    faults = Faults()
    faults.add(Fault(kind=FaultKind.HTML, endpoint=MESSAGE, times=None))
    assert all(faults.take(MESSAGE) for _ in range(50))
    faults.clear()
    assert faults.take(MESSAGE) is None


def test_a_fault_may_hit_every_third_call_only() -> None:
    faults = Faults()
    faults.add(Fault(kind=FaultKind.HTML, endpoint=MESSAGE, times=2, every=3))
    hit = [faults.take(MESSAGE) is not None for _ in range(9)]
    assert hit == [False, False, True, False, False, True, False, False, False]


def test_a_fault_of_one_endpoint_leaves_others_alone() -> None:
    faults = Faults()
    faults.add(HTML)
    assert faults.take(Endpoint.WECOM_WEBHOOK) is None


def test_people_are_found_whatever_the_letter_case() -> None:
    person = Person(user_id="ZhangSan", name="张三")
    assert find_person((person,), "zhangsan") is person
    assert find_person((person,), "lisi") is None


def test_groups_are_found_by_name_or_key_but_not_by_nothing() -> None:
    group = Group(name="领导群", key="k1")
    assert find_group((group,), name="领导群") is group
    assert find_group((group,), key="k1") is group
    assert find_group((group,), key="k2") is None
    assert find_group((Group(name="", key=""),), key="k2") is None


def test_the_chat_log_keeps_private_and_group_chats_apart() -> None:
    chat = ChatLog()
    private = chat.add(a_message(chat, "ZhangSan"))
    in_group = chat.add(a_message(chat, "", group="领导群"))
    assert chat.with_person(Platform.WECOM, "zhangsan") == (private,)
    assert chat.in_group(Platform.WECOM, "领导群") == (in_group,)
    assert chat.with_person(Platform.DINGTALK, "zhangsan") == ()
    assert chat.find(in_group.id) is in_group
    assert chat.counts()[Platform.WECOM, Direction.FROM_BOT, MessageState.SHOWN] == 2


async def test_readers_of_the_chat_log_wait_for_a_change() -> None:
    chat = ChatLog()
    assert await chat.changed_since(0, within=0.01) == 0
    chat.add(a_message(chat, "ZhangSan"))
    assert await chat.changed_since(0, within=0.01) == 1


@pytest.mark.parametrize("body", ["", "[1]", "nonsense", "null"])
def test_a_body_without_a_json_object_is_no_payload(body: str) -> None:
    assert read_payload(body) is None


def test_fields_of_the_wrong_kind_read_as_empty() -> None:
    payload = read_payload('{"a": 1, "b": true, "c": "x", "d": ["y", 2], "e": {"f": "z"}}')
    assert payload is not None
    assert (payload.text("a"), payload.number("b"), payload.number("a")) == ("", None, 1)
    assert (payload.texts("d"), payload.texts("c")) == (("y",), ())
    assert (payload.child("e").text("f"), payload.child("c").text("f")) == ("z", "")


def test_no_secret_shows_in_a_description() -> None:
    world = SimulatedWeCom(
        corp_id="wx1",
        agent_id=1,
        secret="s3cret",
        token="t0ken",
        encoding_aes_key="k3y",
        groups=(Group(name="领导群", key="webh00k"),),
    )
    assert not any(word in repr(world) for word in ("s3cret", "t0ken", "k3y", "webh00k"))
