"""Leaves as the office enters them: whose, the days, and what is no such order."""

from datetime import date

import pytest

from reporting.errors import AnswerRefused
from reporting.leave import Absence, Leave
from reporting.liaison import Liaison
from reporting.office_leave import compose_entered_notice, compose_order_kept, read_leave_order
from reporting.unit import Unit

MONDAY = date(2026, 6, 8)
UNITS = (Unit(name="县水利局", aliases=("水利局",)), Unit(name="县财政局"))
ZHANG = Liaison(key="l1", name="张三", units=("县水利局",))
PEOPLE = (
    ZHANG,
    Liaison(key="l2", name="李四", units=("县水利局",)),
    Liaison(key="l3", name="王小明", units=("县财政局",)),
    Liaison(key="l4", name="周平", units=("县水利局",)),
    Liaison(key="l5", name="周平", units=("县财政局",)),
)
AWAY = Absence(starts=date(2026, 6, 12), ends=date(2026, 6, 16))
WITH = Absence(starts=date(2026, 6, 12), ends=date(2026, 6, 16), stand_in="李四")


@pytest.mark.parametrize(
    ("text", "key", "absence"),
    [
        ("张三12号到16号休假，找李四", "l1", WITH),
        ("县水利局张三12号到16号休假", "l1", AWAY),
        ("水利局的张三同志6月12日至16日请假，由李四代报。", "l1", WITH),
        ("登记张三6月12日至16日休假", "l1", AWAY),
        ("请给张三登记休假12号到16号，由李四代报", "l1", WITH),
        ("王小明12号到16号出差", "l3", AWAY),
        ("财政局周平12号到16号休假", "l5", AWAY),
        ("张三销假", "l1", Absence()),
        ("取消张三休假", "l1", Absence()),
        ("张三已返岗。", "l1", Absence()),
    ],
)
def test_a_leave_of_somebody_is_read(text: str, key: str, absence: Absence) -> None:
    order = read_leave_order(text, PEOPLE, UNITS, MONDAY)
    assert order is not None
    assert (order.key, order.absence) == (key, absence)


@pytest.mark.parametrize(
    "text",
    ["谁在休假", "张三休假了吗？", "把张三的任务交给李四", "退回 12 张三数据不实", "请催一下张三"],
)
def test_what_enters_no_leave(text: str) -> None:
    assert read_leave_order(text, PEOPLE, UNITS, MONDAY) is None


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("周平12号到16号休假", "有2位“周平”，请在姓名前写明单位，如“县水利局周平…休假”"),
        ("张三休假", "休到哪天，如“张三12号到16号休假"),
        ("孙悟空12号到16号休假，找李四", "请写明是哪位联络员"),
    ],
)
def test_whoever_or_whatever_is_unclear_is_asked_for(text: str, why: str) -> None:
    with pytest.raises(AnswerRefused, match=why):
        read_leave_order(text, PEOPLE, UNITS, MONDAY)


def test_the_office_and_the_liaison_read_who_stands_in_or_that_nobody_does() -> None:
    leave = Leave(liaison_id=1, starts=MONDAY, ends=MONDAY)
    assert "没有登记B角，期间不催报、不计迟报" in compose_order_kept(ZHANG, leave, [])
    assert "期间由李四代报" in compose_entered_notice(leave, ["李四"])
    assert "期间不催报" in compose_entered_notice(leave, [])
