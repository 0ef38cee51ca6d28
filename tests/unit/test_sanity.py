"""Plausibility: one fitting question after recording, never twice, and no false alarms."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from reporting.report import Facts, Figure, Status
from reporting.sanity import Reason, Statement, follow_up, is_empty_talk
from reporting.task import Task

CORPUS = Path(__file__).parents[1] / "corpus"
ROAD = Task(code="64", title="新改建农村公路130公里")
GDP = Task(code="1", title="地区生产总值增长6%左右")
PROJECTS = Task(code="13", title="实施省市重点项目42个,完成年度投资96亿元")
FOOD = Task(code="103", title="食品抽检每千人不少于5.5批次")


def a_statement(
    facts: Facts, words: str = "", task: Task = ROAD, earlier: Facts | None = None
) -> Statement:
    return Statement(task=task, facts=facts, words=words, earlier=earlier)


def built(kilometres: float, name: str = "完成") -> Facts:
    return Facts(figures=(Figure(name=name, value=kilometres, unit="公里"),))


def asked_about(statement: Statement) -> tuple[Reason, str] | None:
    follow = follow_up([statement])
    return (follow.reason, follow.question) if follow is not None else None


@pytest.mark.parametrize(
    ("statement", "reason", "question"),
    [
        (
            a_statement(Facts(percent=120)),
            Reason.IMPOSSIBLE,
            "第64项填报进度120%，超过100%，请核对。",
        ),
        (
            a_statement(Facts(figures=(Figure(name="签约率", value=758, unit="%"),))),
            Reason.IMPOSSIBLE,
            "第64项填报签约率758%，超过100%，请核对。",
        ),
        (
            a_statement(built(410_000), earlier=built(41)),
            Reason.SLIP,
            "第64项本次填报完成41万公里，上次为41公里，相差过大，单位是否有误？",
        ),
        (
            a_statement(built(48_000)),
            Reason.SLIP,
            "第64项本次填报完成4.8万公里，目标为130公里，相差过大，单位是否有误？",
        ),
        (
            a_statement(Facts(percent=40), earlier=Facts(percent=48.2)),
            Reason.FELL,
            "第64项本次填报40%，低于上次的48.2%，请核对或说明原因。",
        ),
        (
            a_statement(built(39, "累计完成"), earlier=built(41, "完成路面")),
            Reason.FELL,
            "第64项本次填报累计完成39公里，低于上次的41公里，请核对或说明原因。",
        ),
        (
            a_statement(Facts(status=Status.DONE, percent=90)),
            Reason.DONE_BELOW_TARGET,
            "第64项填报已完成，但进度为90%，请确认是否全部完成。",
        ),
        (
            a_statement(Facts(status=Status.DONE, figures=built(128).figures)),
            Reason.DONE_BELOW_TARGET,
            "第64项填报已完成，但完成128公里，少于目标130公里，请确认是否全部完成。",
        ),
        (
            a_statement(Facts(status=Status.BEHIND), "进度滞后"),
            Reason.NO_CAUSE,
            "第64项滞后的原因是什么，预计何时赶上？请补一句。",
        ),
        (
            a_statement(Facts(status=Status.NOT_STARTED), "还没开工"),
            Reason.NO_CAUSE,
            "第64项未启动的原因是什么，预计何时启动？请补一句。",
        ),
        (
            a_statement(Facts(), "6月份计划已完成"),
            Reason.STEP_DONE,
            "第64项完成的是本月或本阶段的部分，整项任务到多少？请补一句，如“总体60%”或“整项已完成”。",
        ),
        (
            a_statement(Facts(status=Status.DONE), "扎实推进，狠抓落实，成效显著"),
            Reason.EMPTY,
            "第64项完成后取得了什么成效？请补一句结果或佐证，如数量、验收或投用时间。",
        ),
        (
            a_statement(
                Facts(figures=(Figure(name="投资", value=512_000, unit="元"),)), "", PROJECTS
            ),
            Reason.SLIP,
            "第13项本次填报投资51.2万元，目标为96亿元，相差过大，单位是否有误？",
        ),
        (
            a_statement(Facts(status=Status.ON_TRACK), "第64项 正在积极推进中"),
            Reason.EMPTY,
            "第64项目前到什么程度？请补一个数字、节点或时间，如“完成60%，9月底完工”。",
        ),
    ],
)
def test_each_doubt_has_its_one_question(
    statement: Statement, reason: Reason, question: str
) -> None:
    assert asked_about(statement) == (reason, question)


@pytest.mark.parametrize(
    "statement",
    [
        a_statement(Facts(percent=105), "超额完成，达105%"),
        a_statement(
            Facts(figures=(Figure(name="增长率", value=130, unit="%"),)), "增长率130%", GDP
        ),
        a_statement(Facts(percent=40), "因项目调整，完成40%", earlier=Facts(percent=45)),
        a_statement(built(9, "完成"), "本月完成9公里", earlier=built(41, "完成")),
        a_statement(built(39, "硬化"), "硬化39公里", earlier=built(41, "路基")),
        a_statement(
            Facts(figures=(Figure(name="抽检", value=2186, unit="批次"),)), "抽检2186批次", FOOD
        ),
        a_statement(Facts(status=Status.DONE, figures=built(131).figures), "全部完成131公里"),
        a_statement(Facts(status=Status.DONE), "已完成"),
        a_statement(Facts(percent=60), "6月份计划已完成，总体60%"),
        a_statement(Facts(status=Status.BEHIND, problem="征地"), "征地慢，滞后"),
        a_statement(Facts(percent=50), "50%", earlier=Facts(percent=48)),
        a_statement(Facts(percent=50), "50%", earlier=built(3)),
        a_statement(built(42, "完成"), "完成42公里", earlier=built(41, "完成")),
        a_statement(built(42, "完成"), "完成42公里", earlier=built(0, "完成")),
        a_statement(Facts(status=Status.ON_TRACK), "正常推进"),
        a_statement(Facts(), "大棚骨架都竖起来了，就差膜了"),
        a_statement(Facts(figures=(Figure(name="占比", value=71.2, unit="%"),)), "占比71.2%"),
    ],
)
def test_sound_reports_are_left_alone(statement: Statement) -> None:
    assert asked_about(statement) is None


def test_nobody_is_asked_the_same_thing_twice_in_a_round() -> None:
    doubtful = a_statement(Facts(percent=120))
    assert follow_up([doubtful], {("64", Reason.IMPOSSIBLE)}) is None


def test_one_question_covers_all_tasks_of_a_message_that_share_the_doubt() -> None:
    behind = Facts(status=Status.BEHIND)
    follow = follow_up([a_statement(behind), a_statement(behind, task=GDP)])
    assert follow is not None
    assert follow.tasks == ("64", "1")
    assert follow.question.startswith("第64、1项滞后的原因")


def test_the_gravest_doubt_of_a_message_is_asked_first() -> None:
    fell = a_statement(Facts(percent=40), earlier=Facts(percent=45))
    impossible = a_statement(Facts(percent=140), task=GDP)
    follow = follow_up([fell, impossible])
    assert follow is not None
    assert follow.reason is Reason.IMPOSSIBLE


def labelled() -> Iterator[tuple[bool, Statement]]:
    """Every labelled reply: whether it is empty talk, and what the label says it says."""
    for office in ("qinghe", "linhu"):
        for line in (CORPUS / office / "messages.jsonl").read_text("utf-8").splitlines():
            message = json.loads(line)
            if message["style"] == "empty_talk":
                yield True, a_statement(Facts(), message["text"])
                continue
            for item in message["expect"].get("items", ()):
                figures = tuple(Figure(**figure) for figure in item["figures"])
                facts = Facts(
                    percent=item["percent"],
                    status=Status(item["status"]) if item["status"] else None,
                    problem=item["problem"],
                    next_step=item["next_step"],
                    figures=figures,
                )
                yield False, a_statement(facts, message["text"])


def test_empty_talk_is_found_in_real_replies_and_nothing_else_is() -> None:
    verdicts = [(empty, is_empty_talk(statement)) for empty, statement in labelled()]
    talk = [found for empty, found in verdicts if empty]
    substance = [found for empty, found in verdicts if not empty]
    assert len(talk) >= 20
    assert sum(talk) / len(talk) >= 0.95
    assert sum(substance) / len(substance) <= 0.05
