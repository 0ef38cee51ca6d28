"""The escalation ladder: working-day waits, nobody skipped or asked twice, no debt unreached."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from reporting.calendar import OFFICE_ZONE, WorkCalendar
from reporting.escalation import (
    Asked,
    Case,
    EscalationRules,
    Hours,
    compose_escalation,
    due_moment,
    escalation_ladder,
    next_rung,
    working_days_late,
)
from reporting.liaison import Rung
from reporting.round import RoundRules, open_round
from reporting.task import Task

CALENDAR = WorkCalendar()
HOURS = Hours(rules=RoundRules(cutoff_day=25), calendar=CALENDAR)
RULES = EscalationRules()
JUNE = open_round(2026, 6, HOURS.rules, CALENDAR)
EVERYBODY = frozenset(Rung)
MONTHS = st.tuples(st.integers(2024, 2026), st.integers(1, 11))


def at(day: int, hour: int = 9, month: int = 6) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=OFFICE_ZONE)


def a_case(*asked: Asked, people: frozenset[Rung] = EVERYBODY) -> Case:
    return Case(round=JUNE, people=people, asked=asked)


def rung_at(case: Case, now: datetime, rules: EscalationRules = RULES) -> Rung | None:
    return next_rung(case, now, rules, HOURS)


def climbed(case: Case, rules: EscalationRules, ticks: list[datetime]) -> list[tuple[Rung, int]]:
    """What a service does that wakes at these moments, always reaching and never answered."""
    done: list[tuple[Rung, int]] = []
    for number, now in enumerate(ticks):
        rung = next_rung(case, now, rules, HOURS)
        if rung is not None:
            done.append((rung, number))
            case = replace(case, asked=(*case.asked, Asked(rung=rung, reached_at=now)))
    return done


def test_the_ladder_climbs_a_rung_after_each_whole_working_day() -> None:
    ladder = [
        (rung.value, moment.strftime("%m-%d %H"))
        for rung, moment in escalation_ladder(a_case(), RULES, HOURS)
    ]
    assert ladder == [
        ("联络员", "06-29 09"),  # cutoff Thursday 18:00, Friday is grace, then the weekend
        ("B角", "07-01 09"),
        ("科室负责人", "07-03 09"),
        ("单位主要负责人", "07-07 09"),
        ("分管领导", "07-09 09"),
    ]


def test_nobody_is_asked_in_grace_at_night_or_on_a_day_off() -> None:
    assert rung_at(a_case(), at(26)) is None
    assert rung_at(a_case(), at(28)) is None
    assert rung_at(a_case(), at(29, 8)) is None
    assert rung_at(a_case(), at(29)) is Rung.LIAISON
    assert rung_at(a_case(), at(29, 21)) is None


def test_a_unit_without_some_people_climbs_past_them() -> None:
    people = frozenset({Rung.LIAISON, Rung.UNIT_HEAD})
    ladder = escalation_ladder(a_case(people=people), RULES, HOURS)
    assert [rung for rung, _ in ladder] == [Rung.LIAISON, Rung.UNIT_HEAD]


def test_a_liaison_on_leave_is_stood_in_for_by_the_deputy() -> None:
    assert rung_at(a_case(people=EVERYBODY - {Rung.LIAISON}), at(29)) is Rung.DEPUTY


def test_an_unreached_liaison_is_stood_in_for_at_once() -> None:
    unreached = a_case(Asked(rung=Rung.LIAISON))
    assert rung_at(unreached, at(29)) is Rung.DEPUTY


def test_nobody_is_reported_to_his_head_for_a_message_that_never_came() -> None:
    nobody = a_case(Asked(rung=Rung.LIAISON), Asked(rung=Rung.DEPUTY))
    assert rung_at(nobody, at(20, month=7)) is None
    alone = a_case(Asked(rung=Rung.LIAISON), people=EVERYBODY - {Rung.DEPUTY})
    assert rung_at(alone, at(20, month=7)) is None
    assert len(escalation_ladder(nobody, RULES, HOURS)) == 0


def test_once_reached_the_clock_starts_again() -> None:
    rung_by_phone = a_case(
        Asked(rung=Rung.LIAISON), Asked(rung=Rung.DEPUTY, reached_at=at(6, 15, month=7))
    )
    assert rung_at(rung_by_phone, at(7, month=7)) is None
    assert rung_at(rung_by_phone, at(8, month=7)) is Rung.SECTION_HEAD


def test_the_zone_in_which_a_moment_is_told_changes_nothing() -> None:
    there = a_case(Asked(rung=Rung.LIAISON, reached_at=at(29)))
    here = a_case(Asked(rung=Rung.LIAISON, reached_at=at(29).astimezone(UTC)))
    assert due_moment(here, Rung.DEPUTY, RULES, HOURS) == at(1, month=7)
    assert due_moment(there, Rung.DEPUTY, RULES, HOURS) == at(1, month=7)


def test_an_office_may_end_the_ladder_early() -> None:
    rules = EscalationRules(last=Rung.DEPUTY)
    asked = (
        Asked(rung=Rung.LIAISON, reached_at=at(29)),
        Asked(rung=Rung.DEPUTY, reached_at=at(30)),
    )
    assert rung_at(a_case(*asked), at(20, month=7), rules) is None


def test_only_who_was_reached_can_be_late() -> None:
    reported = at(30, 18)
    assert working_days_late(reported, JUNE, at(17), CALENDAR) == 3
    assert working_days_late(reported, JUNE, at(29, 10), CALENDAR) == 1
    assert working_days_late(reported, JUNE, None, CALENDAR) == 0


@settings(max_examples=150, deadline=None)
@given(
    month=MONTHS,
    grace=st.integers(0, 3),
    waits=st.tuples(*[st.integers(0, 3)] * 4),
    people=st.sets(st.sampled_from(Rung)),
)
def test_a_watched_ladder_is_the_one_foretold(
    month: tuple[int, int], grace: int, waits: tuple[int, int, int, int], people: set[Rung]
) -> None:
    this_round = open_round(*month, HOURS.rules, CALENDAR)
    case = Case(round=this_round, people=frozenset(people))
    rules = EscalationRules(grace=grace, waits=waits)
    ticks = [this_round.cutoff_at + timedelta(minutes=30 * n) for n in range(48 * 60)]
    foretold = escalation_ladder(case, rules, HOURS)
    happened = [(rung, ticks[number]) for rung, number in climbed(case, rules, ticks)]
    assert happened == [(rung, moment) for rung, moment in foretold if moment <= ticks[-1]]


@settings(deadline=None)
@given(month=MONTHS, offsets=st.lists(st.floats(-3, 60), max_size=60))
def test_whatever_the_outages_no_rung_is_repeated_skipped_or_hurried(
    month: tuple[int, int], offsets: list[float]
) -> None:
    this_round = open_round(*month, HOURS.rules, CALENDAR)
    ticks = [this_round.cutoff_at + timedelta(days=offset) for offset in sorted(offsets)]
    happened = climbed(Case(round=this_round, people=EVERYBODY), RULES, ticks)
    rungs = [rung for rung, _ in happened]
    assert rungs == list(Rung)[: len(rungs)]
    moments = [this_round.cutoff_at, *(ticks[number] for _, number in happened)]
    for before, after in pairwise(moments):
        assert CALENDAR.working_days_between(before.date(), after.date()) >= 2
        assert CALENDAR.is_working_day(after.date())
        assert 9 <= after.hour < 20


def test_each_rung_reads_what_is_owed_and_what_to_do() -> None:
    owed = (Task(code="82", title="第三小学"), Task(code="83", title="公办幼儿园"))
    head = "县教育局2026年6月进展还有2项未报（6月25日（周四）18:00截止）：\n第82项 第三小学\n"
    texts = {rung: compose_escalation(rung, {"县教育局": owed}, JUNE, "督查室") for rung in Rung}
    assert all(text.startswith(head) for text in texts.values())
    assert texts[Rung.DEPUTY].endswith("请直接回复一句话补报；如有困难请联系督查室。")
    assert texts[Rung.UNIT_HEAD].endswith("联络员尚未补报，请协助督促；如有困难请联系督查室。")
    assert texts[Rung.LEADER].endswith("请知悉。联系人：督查室。")
