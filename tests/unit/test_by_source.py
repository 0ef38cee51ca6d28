"""Digests by the source of tasks: every task is counted once, under its own source."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from reporting.by_source import count_by_source, source_section
from reporting.digest import compose_digest
from reporting.ledger import TaskState
from reporting.report import Facts, Status
from reporting.task import Task, TaskSource
from tests.unit.test_digest import JUNE

STATES = st.builds(
    TaskState,
    task=st.builds(
        Task,
        code=st.just("1"),
        title=st.just("任务"),
        source=st.sampled_from([*TaskSource, None]),
        halted=st.sampled_from(["", "中止"]),
    ),
    reported=st.booleans(),
    facts=st.sampled_from([Facts(status=Status.DONE, percent=100), Facts(percent=60)]),
    earlier=st.sampled_from([None, Facts(status=Status.DONE), Facts(percent=40)]),
)


@given(states=st.lists(STATES, max_size=12))
def test_the_sources_add_up_to_the_digest(states: list[TaskState]) -> None:
    states = [replace(s, task=replace(s.task, code=str(n))) for n, s in enumerate(states)]
    counts, digest = count_by_source(states), compose_digest("督查室", JUNE, states)
    assert sum(one.total for one in counts) == digest.total
    assert sum(one.expected for one in counts) == digest.expected
    assert sum(one.reported for one in counts) == digest.reported
    assert sum(one.finished for one in counts) == digest.finished


def test_each_source_has_its_line_and_one_alone_has_none() -> None:
    report, meeting = (
        TaskState(task=Task(code=code, title="任务", source=source), reported=code == "1")
        for code, source in (("1", TaskSource.REPORT), ("2", TaskSource.MEETING))
    )
    unsaid = TaskState(task=Task(code="3", title="任务"))
    assert source_section([unsaid, meeting, report])[1:] == [
        "■ 按来源（3类）",
        f"{TaskSource.REPORT.value}：1项，本月应报1项、已报1项，累计完成0项",
        f"{TaskSource.MEETING.value}：1项，本月应报1项、已报0项，累计完成0项",
        "未注明来源：1项，本月应报1项、已报0项，累计完成0项",
    ]
    assert source_section([report]) == []
