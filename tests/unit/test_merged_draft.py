"""What supporting units said becomes one draft with their names, and never says too much."""

from datetime import datetime, timedelta

import pytest

from reporting.calendar import OFFICE_ZONE, WorkCalendar
from reporting.merged_draft import (
    SharedTask,
    compose_draft,
    draft_moment,
    merge,
    read_confirmation,
    tasks_to_draft,
)
from reporting.records import WrittenReport
from reporting.report import Facts, Figure, Status
from reporting.round import RoundRules, open_round
from reporting.task import Task

NOW = datetime(2026, 6, 10, 10, tzinfo=OFFICE_ZONE)
RULES, CALENDAR = RoundRules(cutoff_day=25), WorkCalendar()
PLANT = Task(
    code="12", title="建成污水处理厂", leads=("县水利局",), supports=("县住建局", "县财政局")
)


def said(unit: str, facts: Facts, words: str, *, minutes: int = 0) -> WrittenReport:
    return WrittenReport(
        task_id=7,
        version=1,
        liaison_id=1,
        unit=unit,
        by_lead=unit == "县水利局",
        late=False,
        facts=facts,
        words=words,
        evidence=(),
        probability=1.0,
        reported_at=NOW + timedelta(minutes=minutes),
    )


PIPES = said(
    "县住建局",
    Facts(percent=80, figures=(Figure(name="管网", value=6, unit="公里"),)),
    "管网6公里，80%",
)
MONEY = said("县财政局", Facts(status=Status.BEHIND, problem="资金未到位"), "资金未到位")


def test_a_draft_names_each_unit_and_shows_what_would_be_recorded() -> None:
    shared = SharedTask(task_id=7, task=PLANT, said=(PIPES, MONEY))
    draft = merge(shared, NOW)
    assert draft.facts == Facts(
        percent=80,
        status=Status.BEHIND,
        problem="县财政局：资金未到位",
        figures=(Figure(name="管网", value=6, unit="公里"),),
    )
    assert draft.words == "县住建局（配合）：管网6公里，80%\n县财政局（配合）：资金未到位"
    text = compose_draft("张三", "2026年6月", [(shared, draft)], "6月25日")
    assert "县住建局：管网6公里，80%" in text
    assert "拟填：进度80%，滞后，管网6公里；问题：县财政局：资金未到位" in text
    assert "确认 12号" in text


@pytest.mark.parametrize(
    "facts", [Facts(status=Status.DONE), Facts(percent=100), Facts(percent=100, status=Status.DONE)]
)
def test_a_supporting_units_done_does_not_make_the_task_done(facts: Facts) -> None:
    draft = merge(SharedTask(task_id=7, task=PLANT, said=(said("县住建局", facts, "做完了"),)), NOW)
    assert (draft.facts.percent, draft.facts.status) == (None, None)


def test_percentages_that_differ_are_left_to_the_lead() -> None:
    other = said("县财政局", Facts(percent=60), "支出60%")
    draft = merge(SharedTask(task_id=7, task=PLANT, said=(PIPES, other)), NOW)
    assert draft.facts.percent is None


def test_the_leads_own_word_holds_and_only_news_is_put_before_him() -> None:
    own = said("县水利局", Facts(percent=50, status=Status.ON_TRACK), "完成50%", minutes=5)
    late = said("县财政局", Facts(percent=60, problem="差200万"), "差200万", minutes=9)
    shared = SharedTask(task_id=7, task=PLANT, said=(own, PIPES, late))
    assert shared.news == (late,)
    draft = merge(shared, NOW)
    assert (draft.facts.percent, draft.facts.status) == (50, Status.ON_TRACK)
    assert draft.facts.problem == "县财政局：差200万"


def test_a_draft_waits_until_all_have_spoken_or_the_last_call() -> None:
    partial = SharedTask(task_id=7, task=PLANT, said=(PIPES,))
    silent = SharedTask(task_id=8, task=PLANT, said=())
    whole = SharedTask(task_id=9, task=PLANT, said=(PIPES, MONEY))
    assert tasks_to_draft([partial, whole], last_call=False) == ()
    assert tasks_to_draft([whole], last_call=False) == (whole,)
    assert tasks_to_draft([partial, silent, whole], last_call=True) == (partial, whole)
    june = open_round(2026, 6, RULES, CALENDAR)
    # 25 June is a Thursday: two working days before is Tuesday.
    assert draft_moment(june, RULES, CALENDAR) == datetime(2026, 6, 23, 9, tzinfo=OFFICE_ZONE)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("确认", ("12", "15")),
        ("确认上报。", ("12", "15")),
        ("确认 12号", ("12",)),
        ("同意，12、15项", ("12", "15")),
        ("确认收到", ()),
        ("确认 99", ()),
        ("12号确认完成60%", ()),
    ],
)
def test_what_confirms_a_draft(text: str, codes: tuple[str, ...]) -> None:
    assert read_confirmation(text, ["12", "15"]) == codes
