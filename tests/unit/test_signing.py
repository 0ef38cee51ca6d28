"""What signs for a notice, what the office asks about a round, what a unit asks of itself."""

from dataclasses import replace

import pytest

from reporting.contact import Contact, ContactState, Evidence, compose_budget, contact_state
from reporting.desk_question import DeskTopic, read_desk_question
from reporting.ledger import TaskState
from reporting.signing import is_signature
from reporting.task import Task
from reporting.unit_view import asks_unit_view

TASK = Task(code="12", title="老旧小区改造", leads=("县住建局",))


@pytest.mark.parametrize(
    "text",
    [
        "收到",
        "签收",
        "已签收",
        "收到！",
        "好的，收到，谢谢",
        "已收到，马上办",
        "认领",
        "确认签收",
        "收到通知",
    ],
)
def test_a_courtesy_signs(text: str) -> None:
    assert is_signature(text)


@pytest.mark.parametrize(
    "text",
    ["收到批复", "收到资金200万元", "12号收到中标通知书", "没收到", "签收率98%", "已收到设备3台"],
)
def test_what_tells_of_work_signs_for_nothing(text: str) -> None:
    assert not is_signature(text)


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("谁还没签收", DeskTopic.UNSIGNED),
        ("签收情况", DeskTopic.UNSIGNED),
        ("送达情况怎么样", DeskTopic.CONTACTS),
        ("有哪些人联系不上", DeskTopic.CONTACTS),
        ("本月提醒了多少次", DeskTopic.BUDGET),
        ("谁在休假", DeskTopic.LEAVES),
        ("下发本月报送通知", DeskTopic.ANNOUNCE),
        ("第12项什么情况", None),
        ("发改局还有几项没报", None),
    ],
)
def test_the_office_asks_about_the_round(text: str, topic: DeskTopic | None) -> None:
    assert read_desk_question(text) is topic


@pytest.mark.parametrize(
    "text",
    ["我单位情况", "我们单位本月怎么样", "本单位情况", "我局情况怎么样？", "咱们镇目前情况如何"],
)
def test_a_unit_asks_about_itself(text: str) -> None:
    assert asks_unit_view(text)


@pytest.mark.parametrize("text", ["我单位情况良好，完成60%", "12号情况怎么样", "情况", "我的任务"])
def test_other_words_ask_nothing_of_it(text: str) -> None:
    assert not asks_unit_view(text)


@pytest.mark.parametrize(
    ("state", "evidence", "expected"),
    [
        (TaskState(task=TASK), Evidence(reachable=False, arrived=None, answering=False), "未送达"),
        (TaskState(task=TASK), Evidence(reachable=False, arrived=False, answering=False), "未送达"),
        (TaskState(task=TASK), Evidence(reachable=True, arrived=None, answering=False), "未通知"),
        (TaskState(task=TASK), Evidence(reachable=True, arrived=True, answering=False), "已送达"),
        (TaskState(task=TASK), Evidence(reachable=True, arrived=True, answering=True), "待确认"),
        (
            TaskState(task=TASK, reported=True),
            Evidence(reachable=False, arrived=None, answering=False),
            "已报",
        ),
        (
            TaskState(task=replace(TASK, halted="资金未到位")),
            Evidence(reachable=True, arrived=None, answering=False),
            "无须报",
        ),
        (
            TaskState(task=TASK, returned="数据不实"),
            Evidence(reachable=True, arrived=True, answering=True),
            "退回",
        ),
    ],
)
def test_every_person_stands_in_one_state(
    state: TaskState, evidence: Evidence, expected: str
) -> None:
    assert contact_state([state], evidence).value == expected


def test_messages_are_counted_against_the_budget_and_the_full_are_named() -> None:
    people = [
        Contact(
            key=str(n), name=f"人{n}", units=("县局",), phone="", state=ContactState.REACHED, sent=n
        )
        for n in (2, 8)
    ]
    told = compose_budget(people, 8)
    assert told.startswith("本月主动提醒共10条，人均5.0条，最多8条，上限每人8条。")
    assert told.endswith("人8（县局，电话未登记）")
