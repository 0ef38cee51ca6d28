"""A leader's digest: nothing of another's, figures that recount, gravest first, at most five."""

import re
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from reporting.calendar import WorkCalendar
from reporting.ledger import TaskState
from reporting.portfolio import MOST_DECISIONS, compose_portfolio, portfolio_text
from reporting.report import Facts, Status
from reporting.round import RoundRules, open_round
from reporting.status import Assessment
from reporting.task import Task

CALENDAR = WorkCalendar()
JUNE = open_round(2026, 6, RoundRules(cutoff_day=25), CALENDAR)
AT_CUTOFF = Assessment(as_of=JUNE.cutoff_at, calendar=CALENDAR)
LEADERS = ("周启明", "郑维国", "何晓岚")


def numbers_in(codes: str) -> set[str]:
    """Every code of a list: 2、4至9."""
    ends = [part.split("至") for part in codes.split("、")]
    return {str(code) for end in ends for code in range(int(end[0]), int(end[-1]) + 1)}


def a_state(
    code: str, facts: Facts | None = None, leader: str | None = "周启明", *, unreached: bool = False
) -> TaskState:
    task = Task(
        code=code, title=f"任务{code}", leads=("县教育局",), leader=leader, due=date(2026, 12, 31)
    )
    return TaskState(task=task, reported=facts is not None, facts=facts, unreached=unreached)


@st.composite
def ledgers(draw: st.DrawFn) -> list[TaskState]:
    facts = st.builds(
        Facts,
        percent=st.none() | st.integers(0, 120),
        status=st.none() | st.sampled_from(Status),
        suggestion=st.none() | st.just("请协调用地"),
    )
    return [
        a_state(
            str(number),
            draw(st.none() | facts),
            draw(st.sampled_from((*LEADERS, None))),
            unreached=draw(st.booleans()),
        )
        for number in range(1, draw(st.integers(0, 12)) + 1)
    ]


def text_of(states: list[TaskState], leader: str = "周启明") -> str:
    return portfolio_text(compose_portfolio(leader, JUNE, states, AT_CUTOFF))


def test_a_leader_reads_three_figures_and_what_needs_him() -> None:
    states = [
        a_state("3"),
        a_state("8", Facts(percent=20, problem="征地未完成", suggestion="请协调用地")),
        a_state("12", Facts(percent=50)),
        a_state("15", Facts(percent=60, suggestion="请追加预算")),
        a_state("20", leader="郑维国"),
    ]
    assert text_of(states) == (
        "【2026年6月分管任务】周启明\n"
        "截至6月25日（周四）18:00，分管4项，本月未报1项，需关注3项。\n"
        "1. 第8项 任务8（县教育局）滞后：进度20%，按工作日均衡推进应为47.2%，"
        "低于序时27.2个百分点；问题：征地未完成；建议：请协调用地\n"
        "2. 第3项 任务3（县教育局）未报：本轮尚未报送\n"
        "3. 第15项 任务15（县教育局）超序时：进度60%，按工作日均衡推进应为47.2%，"
        "高于序时12.8个百分点；建议：请追加预算\n"
        "可直接回复，如“8号 请县教育局周五前说明”。"
    )


def test_what_does_not_fit_is_named_by_its_code() -> None:
    text = text_of([a_state(str(number)) for number in range(1, 8)])
    assert "另有2项需关注：第6、7项。" in text


def test_a_leader_without_pressing_tasks_reads_two_lines() -> None:
    assert len(text_of([a_state("1", Facts(percent=50))]).splitlines()) == 2


def test_who_was_never_reached_is_not_held_up_to_the_leader() -> None:
    assert "需关注0项" in text_of([a_state("1", unreached=True)])


@settings(deadline=None)
@given(states=ledgers(), leader=st.sampled_from(LEADERS))
def test_nothing_of_another_portfolio_ever_shows(states: list[TaskState], leader: str) -> None:
    own = {state.task.code for state in states if state.task.leader == leader}
    text = text_of(states, leader)
    shown = set(re.findall(r"任务(\d+)", text))
    listed = re.search(r"另有\d+项需关注：第([\d、至]+)项", text)
    shown |= numbers_in(listed[1]) if listed else set()
    assert shown <= own


@settings(deadline=None)
@given(states=ledgers(), leader=st.sampled_from(LEADERS))
def test_figures_recount_and_at_most_five_items_are_shown(
    states: list[TaskState], leader: str
) -> None:
    portfolio = compose_portfolio(leader, JUNE, states, AT_CUTOFF)
    own = [state for state in states if state.task.leader == leader]
    assert portfolio.total == len(own)
    assert portfolio.missing == sum(state.facts is None for state in own)
    assert len(portfolio.decisions) == min(portfolio.pressing, MOST_DECISIONS)
    assert portfolio.pressing == len(portfolio.decisions) + len(portfolio.others)
