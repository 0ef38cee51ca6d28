"""What the office's words decide, read by rules."""

import pytest

from reporting.errors import AnswerRefused
from reporting.ledger import TaskState
from reporting.report import Facts, Status
from reporting.review import ReviewOrder, Verdict, read_review, require_reviewable
from reporting.task import Horizon, Task

STATES = {code: TaskState(task=Task(code=code, title="修路")) for code in ("1", "12", "15", "民5")}


@pytest.mark.parametrize(
    ("text", "verdict", "tasks", "words"),
    [
        ("退回 12 数据不实，请核实", Verdict.RETURNED, ("12",), "数据不实，请核实"),
        ("退回12、15：请补佐证。", Verdict.RETURNED, ("12", "15"), "请补佐证"),
        ("退回 12，3月份数据有误", Verdict.RETURNED, ("12",), "3月份数据有误"),
        ("退回第12项，1号楼没有动工", Verdict.RETURNED, ("12",), "1号楼没有动工"),
        ("退回 12 15个点位没有动工", Verdict.RETURNED, ("12",), "15个点位没有动工"),
        ("追问 民5 资金到位了吗？", Verdict.ASKED, ("民5",), "资金到位了吗？"),
        ("通过 1和15", Verdict.ACCEPTED, ("1", "15"), ""),
        ("销号 12 依据验收报告", Verdict.CLOSED, ("12",), "依据验收报告"),
        ("通过 全部", Verdict.ACCEPTED, (), ""),
    ],
)
def test_an_order_is_read(text: str, verdict: Verdict, tasks: tuple[str, ...], words: str) -> None:
    assert read_review(text, STATES) == ReviewOrder(verdict=verdict, tasks=tasks, words=words)


@pytest.mark.parametrize("text", ["12号完成60%", "请大家把数据退回来", ""])
def test_what_is_no_order_is_none(text: str) -> None:
    assert read_review(text, STATES) is None


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("退回 12", "退回的原因"),
        ("退回 99 不实", "没有第99项"),
        ("退回", "第几项"),
        ("追问 12", "要问"),
    ],
)
def test_an_order_that_lacks_something_says_what(text: str, why: str) -> None:
    with pytest.raises(AnswerRefused, match=why):
        read_review(text, STATES)


def test_a_standing_task_is_closed_with_its_proof_only() -> None:
    task = Task(code="12", title="稳定粮食产量", horizon=Horizon.STANDING)
    states = {"12": TaskState(task=task, reported=True, facts=Facts(status=Status.DONE))}
    bare = ReviewOrder(verdict=Verdict.CLOSED, tasks=("12",))
    with pytest.raises(AnswerRefused, match="长期性任务"):
        require_reviewable(bare, states, ["12"])
    proved = ReviewOrder(verdict=Verdict.CLOSED, tasks=("12",), words="依据统计公报")
    require_reviewable(proved, states, [])
