"""Orders about the plan: extensions asked and decided, tasks changed, suspended, taken up."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from reporting.amendment import (
    Scene,
    compose_amended,
    compose_amendment_notice,
    read_amendment,
    units_concerned,
)
from reporting.calendar import OFFICE_ZONE, WorkCalendar
from reporting.errors import AnswerRefused
from reporting.extension_decision import read_asking, read_extension_order
from reporting.ledger import TaskState
from reporting.liaison import Leader
from reporting.plan import Directory
from reporting.status import Assessment, Standing, judge_task
from reporting.task import Task
from reporting.unit import Unit

NOW = datetime(2026, 6, 25, 10, tzinfo=OFFICE_ZONE)
CALENDAR = WorkCalendar()
DIRECTORY = Directory(
    units=(Unit(name="县住房和城乡建设局", aliases=("住建局",)), Unit(name="县财政局")),
    leaders=(Leader(name="孙红旗"),),
)
SCENE = Scene(directory=DIRECTORY, now=NOW, calendar=CALENDAR)
PLANT = Task(code="12", title="建成污水处理厂", leads=("县水利局",), due=date(2026, 9, 30))
TASKS = {"12": PLANT, "3-2": Task(code="3-2", title="打通断头路", leads=("县财政局",))}


@pytest.mark.parametrize(
    ("text", "codes", "words"),
    [
        ("延期 12号 到11月30日，因汛期", ("12",), "到11月30日，因汛期"),
        ("申请延期 12号 到11月30日，因汛期", ("12",), "到11月30日，因汛期"),
        ("12号申请延期到11月30日，因汛期", ("12",), "到11月30日，因汛期"),
        ("第3-2项请求延期至12月31日", ("3-2",), "至12月31日"),
        ("申请延期到11月30日，因汛期", (), "到11月30日，因汛期"),
    ],
)
def test_a_message_that_asks_for_more_time(text: str, codes: tuple[str, ...], words: str) -> None:
    asking = read_asking(text, TASKS)
    assert asking is not None
    assert (asking.codes, asking.words) == (codes, words)


@pytest.mark.parametrize(
    "text",
    [
        "12号完成60%",
        "12号因征地慢，延期交付，完成60%",
        "延期交付，目前完成60%",
        "12项拟延期至8月完工",
    ],
)
def test_a_report_that_speaks_of_delay_asks_for_nothing(text: str) -> None:
    assert read_asking(text, TASKS) is None


def test_a_decision_names_its_tasks_and_a_refusal_its_reason() -> None:
    agreed = read_extension_order("同意延期 12、3-2", TASKS)
    assert agreed is not None
    assert (agreed.agreed, agreed.tasks) == (True, ("12", "3-2"))
    refused = read_extension_order("不同意延期12项，节点已定", TASKS)
    assert refused is not None
    assert (refused.agreed, refused.words) == (False, "节点已定")
    with pytest.raises(AnswerRefused, match="理由"):
        read_extension_order("不同意延期 12", TASKS)
    with pytest.raises(AnswerRefused, match="没有第99项"):
        read_extension_order("同意延期 99", TASKS)
    assert read_extension_order("同意", TASKS) is None


@pytest.mark.parametrize(
    ("text", "field", "new"),
    [
        ("变更 12 完成时限 2026年12月31日 依据会议纪要3号", "due", "2026年12月31日（周四）"),
        ("变更12项牵头单位为住建局，依据会议纪要3号", "leads", "县住房和城乡建设局"),
        ("变更 12 配合单位 县财政局、住建局 依据会议纪要3号", "supports",
         "县财政局、县住房和城乡建设局"),
        ("变更 12 责任领导 孙红旗 依据分工调整", "leader", "孙红旗"),
        ("变更 12 任务 建成污水处理厂二期，依据会议纪要3号", "title", "建成污水处理厂二期"),
        ("中止 12 依据会议纪要3号", "halted", "已中止"),
    ],
)  # fmt: skip
def test_a_change_is_kept_with_its_basis(text: str, field: str, new: str) -> None:
    (amended,) = read_amendment(text, TASKS, SCENE)
    assert (amended.amendment.field, amended.amendment.new) == (field, new)
    assert amended.amendment.basis in {"会议纪要3号", "分工调整"}
    assert amended.amendment.basis in compose_amendment_notice(amended, "督查室")
    assert "第12项" in compose_amended([amended], ["张三"])


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("变更 12 完成时限 2026年12月31日", "依据"),
        ("变更 12 牵头单位 县外办 依据纪要", "没有“县外办”"),
        ("变更 12 责任领导 张三 依据纪要", "没有领导“张三”"),
        ("变更 12 完成时限 尽快 依据纪要", "读不出日期"),
        ("变更 12 颜色 红 依据纪要", "变更什么"),
        ("变更 牵头单位 县财政局 依据纪要", "第几项"),
        ("中止 12", "依据"),
        ("恢复 12 依据纪要", "没有中止"),
    ],
)
def test_an_unclear_change_is_refused_with_what_is_missing(text: str, why: str) -> None:
    with pytest.raises(AnswerRefused, match=why):
        read_amendment(text, TASKS, SCENE)


def test_both_leads_are_told_of_a_change_of_lead() -> None:
    (amended,) = read_amendment("变更 12 牵头单位 县财政局 依据纪要", TASKS, SCENE)
    assert units_concerned(amended) == ("县水利局", "县财政局")


def test_a_suspended_task_is_neither_asked_for_nor_late() -> None:
    state = TaskState(task=replace(PLANT, halted="会议纪要3号"))
    assert not state.is_expected
    assert not state.is_outstanding
    judgement = judge_task(state, Assessment(as_of=NOW, calendar=CALENDAR))
    assert (judgement.standing, judgement.rule) == (Standing.HALTED, "依据会议纪要3号")
