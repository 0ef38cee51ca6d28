"""Plan against actual: every judgement names its rule, and fairness comes before arithmetic."""

from datetime import date, datetime

import chinese_calendar
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reporting.calendar import OFFICE_ZONE, WorkCalendar
from reporting.ledger import TaskState
from reporting.report import Facts, Figure, Status
from reporting.status import Assessment, Judgement, PaceRules, Standing, judge_task, pace_percent
from reporting.task import Milestone, Task

CALENDAR = WorkCalendar()
JULY = datetime(2026, 7, 24, 18, tzinfo=OFFICE_ZONE)
YEAR_END = date(2026, 12, 31)
INVESTMENT = (
    Milestone(period="Q1", text="开工18个,完成投资20亿元"),
    Milestone(period="Q2", text="累计完成投资48亿元"),
    Milestone(period="Q3", text="累计完成投资75亿元"),
)
BUILDING = (Milestone(period="Q2", text="内外装修"), Milestone(period="Q3", text="竣工交付"))


def judged(
    facts: Facts | None,
    milestones: tuple[Milestone, ...] = (),
    due: date | None = YEAR_END,
    earlier: Facts | None = None,
) -> Judgement:
    task = Task(code="13", title="重点项目", due=due, milestones=milestones)
    state = TaskState(task=task, reported=facts is not None, facts=facts, earlier=earlier)
    return judge_task(state, Assessment(as_of=JULY, calendar=CALENDAR))


def invested(yuan: float) -> Facts:
    return Facts(figures=(Figure(name="投资", value=yuan, unit="元"),))


@pytest.mark.parametrize(
    ("facts", "standing", "words"),
    [
        (None, Standing.NOT_REPORTED, "本轮尚未报送"),
        (Facts(percent=100), Standing.DONE, "填报进度100%"),
        (Facts(status=Status.DONE), Standing.DONE, "填报已完成"),
        (Facts(percent=0), Standing.NOT_STARTED, "尚未启动"),
        (Facts(status=Status.NOT_STARTED), Standing.NOT_STARTED, "尚未启动"),
        (Facts(percent=70, status=Status.BEHIND), Standing.BEHIND, "填报进度滞后"),
        (Facts(percent=20), Standing.BEHIND, "低于序时"),
        (Facts(percent=56), Standing.ON_TRACK, "序时"),
        (Facts(percent=80), Standing.AHEAD, "高于序时"),
        (Facts(status=Status.ON_TRACK), Standing.ON_TRACK, "填报正常推进"),
        (Facts(problem="资金"), Standing.ON_TRACK, "未填进度数"),
        (Facts(percent=30, status=Status.DONE), Standing.BEHIND, "低于序时"),
    ],
)
def test_each_state_comes_with_its_rule(
    facts: Facts | None, standing: Standing, words: str
) -> None:
    judgement = judged(facts)
    assert judgement.standing is standing
    assert words in judgement.rule


def test_a_task_done_before_stays_done_unless_its_number_says_otherwise() -> None:
    assert judged(None, earlier=Facts(status=Status.DONE)).standing is Standing.DONE
    doubtful = Facts(status=Status.DONE, percent=80)
    assert judged(None, earlier=doubtful).standing is Standing.NOT_REPORTED


def test_a_task_past_its_date_is_behind_in_working_days() -> None:
    judgement = judged(Facts(percent=95), due=date(2026, 7, 20))
    assert judgement.standing is Standing.BEHIND
    assert judgement.rule == "完成时限2026年7月20日（周一）已过4个工作日"
    unreported = judged(None, due=date(2026, 7, 20))
    assert unreported.standing is Standing.NOT_REPORTED
    assert unreported.rule.endswith("已过4个工作日")


def test_a_task_without_a_date_is_paced_over_its_year() -> None:
    assert judged(Facts(percent=56), due=None).pace == judged(Facts(percent=56)).pace


@pytest.mark.parametrize(
    ("facts", "standing", "words"),
    [
        (invested(46e8), Standing.BEHIND, "二季度目标“累计完成投资48亿元”未达到"),
        (invested(50e8), Standing.ON_TRACK, "二季度目标“累计完成投资48亿元”已达到"),
        (invested(76e8), Standing.AHEAD, "三季度目标“累计完成投资75亿元”已提前达到"),
        (Facts(status=Status.ON_TRACK), Standing.ON_TRACK, "需人工核对"),
    ],
)
def test_milestones_with_numbers_are_held_against_figures(
    facts: Facts, standing: Standing, words: str
) -> None:
    judgement = judged(facts, INVESTMENT)
    assert judgement.standing is standing
    assert words in judgement.rule


def test_milestones_with_percentages_are_held_against_the_percentage() -> None:
    monthly = (Milestone(period="6月", text="完成工程量60%"), Milestone(period="12月", text="完工"))
    assert judged(Facts(percent=55), monthly).standing is Standing.BEHIND
    assert judged(Facts(percent=61), monthly).standing is Standing.ON_TRACK


def test_milestones_in_words_are_left_to_a_person() -> None:
    judgement = judged(Facts(percent=10), BUILDING)
    assert judgement.standing is Standing.ON_TRACK
    assert judgement.rule == "二季度目标“内外装修”需人工核对，暂按正常"


def test_before_its_first_milestone_a_task_is_not_behind() -> None:
    later = (Milestone(period="Q4", text="完成投资130亿元"), Milestone(period="后期", text="验收"))
    assert judged(invested(1e8), later).standing is Standing.ON_TRACK
    nothing_dated = (Milestone(period="全年", text="持续"),)
    assert "序时" in judged(Facts(percent=56), nothing_dated).rule


@settings(deadline=None)
@given(due=st.dates(date(2026, 1, 5), date(2026, 12, 31)), days=st.integers(0, 365))
def test_the_pace_is_the_share_of_working_days_gone(due: date, days: int) -> None:
    as_of = min(date.fromordinal(date(due.year, 1, 1).toordinal() + days), date(due.year, 12, 31))
    workdays = chinese_calendar.get_workdays(date(due.year, 1, 1), due)
    gone = [day for day in workdays if day <= as_of]
    assert pace_percent(due, as_of, CALENDAR) == pytest.approx(100 * len(gone) / len(workdays))


def test_a_task_that_ends_next_year_has_a_pace_and_milestones_in_this_one() -> None:
    following = date(2027, 6, 30)
    assert 30 < pace_percent(following, date(2026, 6, 24), CALENDAR) < 34
    monthly = (Milestone(period="5月", text="完成工程量30%"), Milestone(period="12月", text="60%"))
    assert judged(Facts(percent=25), monthly, due=following).standing is Standing.BEHIND
    assert judged(Facts(percent=10), due=following).standing is Standing.BEHIND


def test_a_due_date_before_the_years_first_working_day_is_full_pace() -> None:
    assert pace_percent(date(2026, 1, 1), date(2026, 1, 1), CALENDAR) == 100


@settings(deadline=None)
@given(percent=st.floats(0.1, 99.9), more=st.floats(0, 50))
def test_more_progress_never_looks_worse(percent: float, more: float) -> None:
    order = [Standing.BEHIND, Standing.ON_TRACK, Standing.AHEAD, Standing.DONE]
    first, second = (judged(Facts(percent=p)).standing for p in (percent, percent + more))
    assert order.index(first) <= order.index(second)


def test_the_tolerance_is_a_setting() -> None:
    state = TaskState(
        task=Task(code="1", title="任务", due=YEAR_END), reported=True, facts=Facts(percent=40)
    )
    strict = Assessment(as_of=JULY, calendar=CALENDAR)
    easy = Assessment(as_of=JULY, calendar=CALENDAR, rules=PaceRules(behind_by=30))
    assert judge_task(state, strict).standing is Standing.BEHIND
    assert judge_task(state, easy).standing is Standing.ON_TRACK
