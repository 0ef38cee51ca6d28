"""Causes of delay sorted as an office would, and those several units share."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reporting.cause import Cause, causes_of, shared_blockers
from reporting.ledger import TaskState
from reporting.report import Facts
from reporting.task import Task

CORPUS = Path(__file__).parents[1] / "corpus"


def a_state(code: str, unit: str, problem: str | None) -> TaskState:
    task = Task(code=code, title=f"任务{code}", leads=(unit,))
    return TaskState(task=task, reported=True, facts=Facts(problem=problem), unit=unit)


@pytest.mark.parametrize(
    ("problem", "causes"),
    [
        ("建设路北段因2户征迁受阻,进度滞后", {Cause.LAND}),
        ("征地补偿款未到位,有两个村组阻工", {Cause.LAND, Cause.FUNDS}),
        ("环评那三座催了也没动静", {Cause.APPROVAL}),
        ("资金还没有落实", {Cause.FUNDS}),
        ("还没亮的等变压器增容", {Cause.UTILITIES}),
        ("加装电梯的业主意见不统一", {Cause.RESIDENTS}),
        ("部分企业债务纠纷,法院查封无法处置", {Cause.COURT}),
        ("换热站招标流标一次,得重来", {Cause.CONTRACTOR}),
        ("雨水太多,进度慢了点", {Cause.WEATHER}),
        ("7处要改造的雨水管管径与地铁隧道冲突", {Cause.UTILITIES}),
        ("汽车类消费下滑明显", {Cause.MARKET}),
        ("要等统计年报,现在没有数", {Cause.DATA}),
        ("护理员招不够", {Cause.PEOPLE}),
        ("流感的苗还没到", {Cause.SUPPLY}),
        ("耕地占补平衡缺口180亩", {Cause.APPROVAL}),
        ("低于目标0.6个百分点", set()),
    ],
)
def test_a_problem_is_sorted_by_its_causes(problem: str, causes: set[Cause]) -> None:
    assert causes_of(problem) == causes


def test_nine_real_problems_in_ten_name_a_cause_we_know() -> None:
    problems = {
        item["problem"]
        for office in ("qinghe", "linhu")
        for line in (CORPUS / office / "messages.jsonl").read_text("utf-8").splitlines()
        for item in json.loads(line)["expect"].get("items", ())
        if item["problem"]
    }
    known = [problem for problem in problems if causes_of(problem)]
    assert len(known) / len(problems) >= 0.9


def test_a_cause_three_units_share_is_proposed_for_a_meeting() -> None:
    states = [
        a_state("3", "县住建局", "管线迁改慢"),
        a_state("8", "县交通局", "等燃气报装"),
        a_state("9", "县交通局", "杆线还没动"),
        a_state("12", "县水利局", "变压器增容排队，资金缺口大"),
        a_state("15", "县教育局", "资金没落实"),
        a_state("16", "县教育局", None),
    ]
    blockers = shared_blockers(states)
    assert [blocker.cause for blocker in blockers] == [Cause.UTILITIES]
    assert blockers[0].words == (
        "管线迁改与水电接入：3个单位反映（县住建局、县交通局、县水利局），"
        "涉及第3、8、9、12项，建议提交联席会议研究。"
    )
    assert [blocker.cause for blocker in shared_blockers(states, at_least=2)] == [
        Cause.UTILITIES,
        Cause.FUNDS,
    ]


def test_a_task_without_a_report_shares_nothing() -> None:
    assert shared_blockers([TaskState(task=Task(code="1", title="任务"))], at_least=1) == ()


@settings(deadline=None)
@given(
    problems=st.lists(st.sampled_from(["征地难", "没钱没资金", "雨天多", "手续慢"]), max_size=20),
    at_least=st.integers(1, 4),
)
def test_a_blocker_lists_all_its_tasks_and_no_other(problems: list[str], at_least: int) -> None:
    states = [a_state(str(n), f"单位{n % 5}", problem) for n, problem in enumerate(problems)]
    for blocker in shared_blockers(states, at_least):
        own = [
            state
            for state, p in zip(states, problems, strict=True)
            if blocker.cause in causes_of(p)
        ]
        assert list(blocker.tasks) == [state.task.code for state in own]
        assert set(blocker.units) == {state.unit for state in own}
        assert len(blocker.units) >= at_least
