"""Why a report stands under its task, in words."""

from datetime import UTC, datetime

import pytest

from reporting.explanation import compose_explanation, evidence_words, read_why
from reporting.ledger import TaskState
from reporting.records import WrittenReport
from reporting.report import Facts
from reporting.task import Task
from reporting.understanding.context import Context
from reporting.understanding.outcome import Record
from reporting.understanding.understand import understand
from tests.unit.understanding_office import INDEX

TASK = Task(code="12", title="新建茶叶加工厂3座")
STATES = [TaskState(task=TASK)]


@pytest.mark.parametrize(
    ("evidence", "words"),
    [
        ("code 12", "写明了第12项"),
        ("code 12、民3", "写明了第12项，民3项"),
        ("alias 三道沟", "用了这一项的别名“三道沟”"),
        ("quoted", "引用了关于这一项的消息"),
        ("the only task owed", "当时只欠这一项"),
        ("all that is owed", "一句话概括了所欠各项"),
        ("answered 2", "联络员回答提问选了2"),
        ("moved from 11", "联络员由第11项更正过来"),
        ("moved from 11 by 王敏", "王敏由第11项改记"),
        ("second opinion", "规则说不准，由外部模型在候选中选定"),
        ("茶叶/加工 with title", "原话与任务名称都有“茶叶、加工”"),
        ("talk of 水库/防洪", "说的是“水库、防洪”一类的事"),
        ("something new", "something new"),
    ],
)
def test_every_evidence_has_its_words(evidence: str, words: str) -> None:
    assert evidence_words([evidence]) == words


@pytest.mark.parametrize(
    "text",
    [
        "为什么记成12",
        "第12项为什么这么记",
        "12号怎么会记到这",
        "依据 12",
        "12的依据",
        "第12项依据是什么？",
    ],
)
def test_asking_for_the_reason_is_understood(text: str) -> None:
    assert read_why(text, STATES) == "12"


@pytest.mark.parametrize(
    "text", ["第12项什么情况", "12号完成60%", "为什么要报", "销号 12 依据验收报告"]
)
def test_other_messages_ask_no_reason(text: str) -> None:
    assert read_why(text, STATES) is None


def test_what_understanding_writes_down_is_all_worded() -> None:
    context = Context(units=frozenset({"市水务局"}), owed=("1", "2"))
    for text in ("1号完成60%", "青龙水库除险加固完成60%", "大坝浇筑完成，蓄水验收", "都正常"):
        outcome = understand(text, INDEX, context)
        if isinstance(outcome, Record):
            said = evidence_words(line for item in outcome.items for line in item.evidence)
            assert said
            assert not any(word in said for word in ("with title", "talk of", "code"))


def test_the_explanation_quotes_the_words_and_says_how_sure_it_is() -> None:
    report = WrittenReport(
        task_id=1, liaison_id=1, version=2, unit="市农业农村局", by_lead=True, late=False,
        facts=Facts(percent=60.0), words="12号完成60%", evidence=("code 12",), probability=0.995,
        reported_at=datetime(2026, 6, 8, 2, tzinfo=UTC),
    )  # fmt: skip
    assert compose_explanation(TASK, report) == (
        "第12项 新建茶叶加工厂3座（市农业农村局，6月8日（周一）10:00，第2版）\n"
        "原话：“12号完成60%”\n记为：进度60%\n依据：写明了第12项（把握99.5%）"
    )
    assert compose_explanation(TASK, None).endswith("本月没有填报记录。")
