"""Questions to the ledger: answered with a count that recounts, within what the asker may see."""

import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reporting.calendar import WorkCalendar
from reporting.inquiry import Inquiry, Topic, read_inquiry
from reporting.inquiry_answer import answer_inquiry
from reporting.ledger import TaskState
from reporting.report import Facts, Status
from reporting.round import RoundRules, open_round
from reporting.status import Assessment, Standing
from reporting.task import Task
from reporting.unit import Unit

CALENDAR = WorkCalendar()
JUNE = open_round(2026, 6, RoundRules(cutoff_day=25), CALENDAR)
NOW = Assessment(as_of=JUNE.cutoff_at, calendar=CALENDAR)
UNITS = (
    Unit(name="县发展和改革局", aliases=("发改局", "发改")),
    Unit(name="县教育体育局", aliases=("教体局",)),
)


def a_state(code: str, unit: str = "县发展和改革局", facts: Facts | None = None) -> TaskState:
    task = Task(code=code, title=f"任务{code}", leads=(unit,), due=date(2026, 12, 31))
    return TaskState(task=task, reported=facts is not None, facts=facts)


LEDGER = (
    a_state("12", facts=Facts(percent=20, problem="征地未完成")),
    a_state("13"),
    a_state("民5", "县教育体育局"),
    a_state("15", "县教育体育局", Facts(status=Status.DONE)),
    TaskState(task=Task(code="16", title="无主")),
)


def asked(text: str) -> Inquiry | None:
    return read_inquiry(text, LEDGER, UNITS)


def answered(text: str) -> str:
    inquiry = asked(text)
    assert inquiry is not None
    return answer_inquiry(inquiry, LEDGER, NOW)


@pytest.mark.parametrize(
    ("text", "inquiry"),
    [
        ("发改局还有几项没报", Inquiry(topic=Topic.MISSING, unit="县发展和改革局")),
        ("谁还没报？", Inquiry(topic=Topic.MISSING)),
        ("第12项什么情况", Inquiry(topic=Topic.TASK, task="12")),
        ("民5怎么样了", Inquiry(topic=Topic.TASK, task="民5")),
        ("99号进展如何", Inquiry(topic=Topic.TASK, task="99")),
        ("本月滞后的有哪些", Inquiry(topic=Topic.STANDING, standing=Standing.BEHIND)),
        (
            "教体局完成了几项",
            Inquiry(topic=Topic.STANDING, unit="县教育体育局", standing=Standing.DONE),
        ),
        ("哪些还没开工", Inquiry(topic=Topic.STANDING, standing=Standing.NOT_STARTED)),
        ("12号", Inquiry(topic=Topic.TASK, task="12")),
        ("13项进展", Inquiry(topic=Topic.TASK, task="13")),
        ("请6月30日前说明12项情况", Inquiry(topic=Topic.TASK, task="12")),
        ("无主的怎么样了", Inquiry(topic=Topic.TASK, task="16")),
        ("请问任务的进展如何？", Inquiry(topic=Topic.TITLE, title="任务")),
        ("发改局情况", Inquiry(topic=Topic.UNIT, unit="县发展和改革局")),
        ("哪些超序时", Inquiry(topic=Topic.STANDING, standing=Standing.AHEAD)),
    ],
)
def test_a_question_is_read_by_rules(text: str, inquiry: Inquiry) -> None:
    assert asked(text) == inquiry


@pytest.mark.parametrize(
    "text", ["12号完成80%，正常推进", "进度滞后", "收到", "今天几号", "在哪开会", "3个", "情况"]
)
def test_a_report_or_talk_is_no_question_to_the_ledger(text: str) -> None:
    assert asked(text) is None


def test_answers_count_and_name_the_tasks() -> None:
    assert answered("发改局还有几项没报") == "县发展和改革局本月未报：1项。\n第13项 任务13"
    assert answered("谁还没报？") == (
        "本月未报：3项。\n县发展和改革局：第13项\n县教育体育局：民5项\n未明确牵头单位：第16项"
    )
    assert answered("本月滞后的有哪些") == "滞后：1项。\n县发展和改革局：第12项"
    assert answered("教体局滞后的有哪些") == "县教育体育局滞后：0项。"


def test_one_task_is_told_with_its_rule() -> None:
    assert answered("第12项什么情况") == (
        "第12项 任务12（县发展和改革局）\n"
        "滞后：进度20%，按工作日均衡推进应为47.2%，低于序时27.2个百分点。\n"
        "最近填报：进度20%；问题：征地未完成。"
    )
    assert answered("第16项什么情况").startswith("第16项 无主（未明确牵头单位）\n未报：")


def test_words_of_titles_and_units_are_asked_about_too() -> None:
    assert answered("任务怎么样了").splitlines()[:3] == [
        "共4项：",
        "第12项 任务12（县发展和改革局）：滞后",
        "第13项 任务13（县发展和改革局）：未报",
    ]
    assert answered("教体局情况") == ("县教育体育局牵头2项。\n已完成1项：第15项\n未报1项：民5项")


def test_a_task_out_of_sight_is_not_told() -> None:
    assert answered("第99项什么情况") == "第99项不在您可查看的范围内。"


@settings(deadline=None)
@given(reported=st.lists(st.booleans(), max_size=30))
def test_the_count_of_an_answer_recounts(reported: list[bool]) -> None:
    states = [
        a_state(str(number), facts=Facts(percent=1) if done else None)
        for number, done in enumerate(reported, 1)
    ]
    answer = answer_inquiry(Inquiry(topic=Topic.MISSING), states, NOW)
    count = re.search(r"：(\d+)项。", answer)
    assert count is not None
    assert int(count[1]) == reported.count(False)
