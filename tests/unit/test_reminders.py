"""The reminder ladder: each step once, never at night, whatever the service goes through."""

from datetime import datetime, time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from reporting.calendar import OFFICE_ZONE, WorkCalendar
from reporting.reminders import Reminder, ReminderStep, compose_reminder, due_step, ladder
from reporting.round import Round, RoundRules, open_round
from reporting.task import Task, TaskKind

CALENDAR = WorkCalendar()
RULES = RoundRules(cutoff_day=25)
JUNE = open_round(2026, 6, RULES, CALENDAR)
MONTHS = st.tuples(st.integers(2024, 2026), st.integers(1, 12))


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 6, day, hour, minute, tzinfo=OFFICE_ZONE)


def name_due(now: datetime, this_round: Round = JUNE, rules: RoundRules = RULES) -> str | None:
    step = due_step(now, this_round, rules, CALENDAR)
    return step.name if step is not None else None


def steps_fired(this_round: Round, rules: RoundRules, ticks: list[datetime]) -> list[int]:
    """What a service that claims each step once sends when it wakes at these moments."""
    fired: list[int] = []
    for now in ticks:
        step = due_step(now, this_round, rules, CALENDAR)
        if step is not None and step.days_before not in fired:
            fired.append(step.days_before)
    return fired


def test_steps_fall_on_working_days_before_the_cutoff() -> None:
    moments = [(step.name, moment.day) for step, moment in ladder(JUNE, RULES, CALENDAR)]
    # 19 to 21 June 2026 are the Dragon Boat holiday and count for nothing.
    assert moments == [("T-5", 17), ("T-3", 22), ("T-1", 24), ("T-0", 25)]


def test_a_step_is_due_from_its_hour_until_the_next() -> None:
    assert name_due(at(17, 8, 59)) is None
    assert name_due(at(17, 9)) == "T-5"
    assert name_due(at(18, 10)) == "T-5"
    assert name_due(at(22, 9)) == "T-3"
    assert name_due(at(25, 9)) == "T-0"


def test_nothing_is_due_at_night_on_days_off_or_after_the_cutoff() -> None:
    assert name_due(at(17, 20)) is None
    assert name_due(at(18, 8)) is None
    assert name_due(at(20, 10)) is None
    assert name_due(at(25, 18)) is None
    assert name_due(at(26, 10)) is None


def test_a_step_missed_overnight_does_not_run_ahead_of_todays() -> None:
    assert name_due(at(24, 8, 45)) is None
    assert name_due(at(24, 9)) == "T-1"


def test_an_office_may_allow_days_off() -> None:
    rules = RoundRules(cutoff_day=25, remind_on_days_off=True)
    assert name_due(at(20, 10), rules=rules) == "T-5"


def test_a_cutoff_kept_on_a_day_off_is_counted_from_the_working_day_before() -> None:
    rules = RoundRules(cutoff_day=25, move_to_working_day=False)
    july = open_round(2026, 7, rules, CALENDAR)
    moments = [(step.name, moment.day) for step, moment in ladder(july, rules, CALENDAR)]
    assert moments == [("T-5", 17), ("T-3", 21), ("T-1", 23), ("T-0", 24)]


def test_no_step_comes_before_the_round_opens_or_after_it_closes() -> None:
    early = RoundRules(cutoff_day=4, cutoff_time=time(9))
    june = open_round(2026, 6, early, CALENDAR)
    assert [step.name for step, _ in ladder(june, early, CALENDAR)] == ["T-3", "T-1"]


@settings(max_examples=60, deadline=None)
@given(month=MONTHS, day=st.integers(12, 31), minutes=st.integers(7, 170))
def test_a_month_watched_without_a_gap_fires_each_step_once_and_in_order(
    month: tuple[int, int], day: int, minutes: int
) -> None:
    rules = RoundRules(cutoff_day=day)
    this_round = open_round(*month, rules, CALENDAR)
    count = 33 * 24 * 60 // minutes
    ticks = [this_round.opens_at + timedelta(minutes=minutes * n) for n in range(count)]
    expected = [step.days_before for step, _ in ladder(this_round, rules, CALENDAR)]
    assert steps_fired(this_round, rules, ticks) == expected


@settings(max_examples=200, deadline=None)
@given(month=MONTHS, day=st.integers(2, 31), offsets=st.lists(st.floats(0, 33), max_size=60))
def test_waking_at_random_moments_never_repeats_or_reorders_a_step(
    month: tuple[int, int], day: int, offsets: list[float]
) -> None:
    rules = RoundRules(cutoff_day=day)
    this_round = open_round(*month, rules, CALENDAR)
    ticks = [this_round.opens_at + timedelta(days=offset) for offset in sorted(offsets)]
    fired = steps_fired(this_round, rules, ticks)
    assert fired == sorted(set(fired), reverse=True)
    moments = {step.days_before: moment for step, moment in ladder(this_round, rules, CALENDAR)}
    allowed = [now for now in ticks if 9 <= now.hour < 20 and now < this_round.cutoff_at]
    for days in fired:
        assert any(moments[days] <= now for now in allowed)


@settings(deadline=None)
@given(month=MONTHS, day=st.integers(2, 31), offset=st.floats(0, 33))
def test_after_an_outage_only_the_latest_missed_step_applies(
    month: tuple[int, int], day: int, offset: float
) -> None:
    rules = RoundRules(cutoff_day=day)
    this_round = open_round(*month, rules, CALENDAR)
    now = this_round.opens_at + timedelta(days=offset)
    step = due_step(now, this_round, rules, CALENDAR)
    passed = [s for s, moment in ladder(this_round, rules, CALENDAR) if moment <= now]
    assert step is None or step == passed[-1]


def test_a_reminder_is_one_short_message_of_what_is_owed() -> None:
    reminder = Reminder(
        liaison="王雅婷",
        owed=(
            Task(code="82", title="改扩建县第三小学教学综合楼"),
            Task(code="民5", title="校园餐"),
        ),
        round=JUNE,
        step=ReminderStep(days_before=3),
        contact="督查室（电话0539-2266629）",
    )
    assert compose_reminder(reminder, at(22, 9), CALENDAR) == (
        "王雅婷您好，2026年6月进展还有2项未报：\n"
        "第82项 改扩建县第三小学教学综合楼\n"
        "民5项 校园餐\n"
        "截止时间：6月25日（周四）18:00，还有3个工作日。\n"
        "直接回复一句话即可，如“82号 完成60%，正常推进”，几项可以一起写。\n"
        "有疑问请回复“帮助”，或联系督查室（电话0539-2266629）。"
    )


def test_the_example_fits_the_kind_of_task() -> None:
    owed = (Task(code="1", title="固定资产投资增长8%", kind=TaskKind.INDICATOR),)
    step = ReminderStep(days_before=5)
    reminder = Reminder(liaison="李", owed=owed, round=JUNE, step=step)
    text = compose_reminder(reminder, at(17, 9), CALENDAR)
    assert "如“1号 累计增长5.8%，正常推进”" in text


def test_on_the_last_day_the_reminder_says_today() -> None:
    owed = (Task(code="7", title="税收"),)
    last = ReminderStep(days_before=0)
    reminder = Reminder(liaison="李", owed=owed, round=JUNE, step=last)
    text = compose_reminder(reminder, at(25, 9), CALENDAR)
    assert "截止时间：今天（6月25日）18:00。" in text
    assert text.endswith("有疑问请回复“帮助”。")


@settings(deadline=None)
@given(owed=st.sets(st.integers(1, 120), min_size=1), step=st.sampled_from((5, 3, 1, 0)))
def test_no_line_of_a_reminder_lists_a_task_not_owed(owed: set[int], step: int) -> None:
    tasks = [Task(code=str(number), title=f"任务{number}") for number in range(1, 121)]
    reminder = Reminder(
        liaison="李",
        owed=tuple(task for task in tasks if int(task.code) in owed),
        round=JUNE,
        step=ReminderStep(days_before=step),
    )
    lines = compose_reminder(reminder, at(17, 9), CALENDAR).splitlines()
    listed = [line for line in lines if line.startswith("第")]
    assert listed == [f"第{number}项 任务{number}" for number in sorted(owed)]
