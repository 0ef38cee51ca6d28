"""A question that asks only for what the ledger has is answered from it, not sent."""

import pytest

from reporting.errors import AnswerRefused
from reporting.known import known_answer
from reporting.ledger import TaskState
from reporting.report import Facts, Status
from reporting.review import ReviewOrder, Verdict, require_reviewable
from reporting.sanity import Statement, follow_up
from reporting.task import Task

TASK = Task(code="12", title="老旧小区改造", leads=("县住建局",))
FACTS = Facts(percent=60.0, problem="资金未到位", status=Status.BEHIND)
REPORTED = TaskState(task=TASK, reported=True, facts=FACTS)


@pytest.mark.parametrize(
    "question", ["完成多少了？", "目前进度如何", "存在什么问题？", "请问本月完成多少，有什么困难？"]
)
def test_what_is_known_is_not_asked(question: str) -> None:
    assert known_answer(question, REPORTED).startswith("第12项本月已报：进度60%")


@pytest.mark.parametrize(
    "question",
    [
        "下一步怎么安排？",
        "完成多少户，涉及哪些小区？",
        "资金到位了吗？",
        "为什么比上月少？",
        "完成多少，何时验收？",
    ],
)
def test_what_is_not_known_or_asks_for_more_is_sent(question: str) -> None:
    assert known_answer(question, REPORTED) == ""


def test_what_was_not_reported_or_sent_back_may_be_asked_for() -> None:
    assert known_answer("完成多少了", TaskState(task=TASK, facts=FACTS)) == ""
    returned = TaskState(task=TASK, reported=True, facts=FACTS, returned="数据不实")
    assert known_answer("完成多少了", returned) == ""


def test_the_office_is_shown_the_ledger_instead() -> None:
    order = ReviewOrder(verdict=Verdict.ASKED, tasks=("12",), words="完成多少了？")
    with pytest.raises(AnswerRefused, match="台账已有，没有再次发问：第12项本月已报：进度60%"):
        require_reviewable(order, {"12": REPORTED}, ())


def test_nobody_is_asked_for_a_cause_or_a_figure_he_has_told_this_round() -> None:
    behind = Facts(status=Status.BEHIND, percent=45.0)
    again = Statement(task=TASK, facts=behind, words="滞后，完成45%", said=FACTS)
    assert follow_up([again]) is None
    talk = Statement(task=TASK, facts=Facts(), words="正在积极推进", said=FACTS)
    assert follow_up([talk]) is None
    first = Statement(task=TASK, facts=behind, words="滞后，完成45%")
    assert follow_up([first]) is not None
