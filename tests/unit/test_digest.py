"""The digest: its figures are a recount of the ledger, and every line says which task."""

import re
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from reporting.calendar import WorkCalendar
from reporting.digest import compose_digest, digest_text
from reporting.ledger import TaskState, outstanding_tasks
from reporting.report import Facts, Status
from reporting.round import RoundRules, open_round
from reporting.task import Task

JUNE = open_round(2026, 6, RoundRules(cutoff_day=25), WorkCalendar())
UNITS = ("县教育局", "县住建局", "县水利局")
CODE = re.compile(r"第[\d、至]+项|民[\d、民]+项")


def a_state(code: str, unit: str = "县教育局", *, facts: Facts | None = None) -> TaskState:
    task = Task(code=code, title=f"任务{code}", leads=(unit,))
    return TaskState(task=task, reported=facts is not None, facts=facts)


facts_drawn = st.builds(
    Facts,
    percent=st.none() | st.integers(0, 120),
    status=st.none() | st.sampled_from(Status),
    problem=st.none() | st.just("征地未完成"),
)


@st.composite
def ledgers(draw: st.DrawFn) -> list[TaskState]:
    states = []
    for number in range(1, draw(st.integers(0, 15)) + 1):
        facts = draw(st.none() | facts_drawn)
        leads = draw(st.sampled_from([(unit,) for unit in UNITS] + [UNITS, ()]))
        state = TaskState(
            task=Task(code=str(number), title=f"任务{number}", leads=leads),
            reported=facts is not None,
            facts=facts,
            earlier=draw(st.none() | facts_drawn),
            unreached=draw(st.booleans()),
        )
        states.append(state)
    return states


def test_the_digest_reads_as_a_leader_wants_it() -> None:
    behind = Facts(percent=60, status=Status.BEHIND, problem="征地未完成", next_step="逐户谈")
    states = [
        a_state("3"),
        a_state("8", "县水利局"),
        a_state("12", "县住建局", facts=behind),
        a_state("15"),
        a_state("16", facts=Facts(status=Status.NOT_STARTED)),
        a_state("20", facts=Facts(status=Status.DONE, percent=100)),
        a_state("21", facts=Facts(percent=40, status=Status.ON_TRACK)),
    ]
    assert digest_text(compose_digest("青河县督查室", JUNE, states)) == (
        "【2026年6月重点任务进展】青河县督查室\n"
        "截至6月25日（周四）18:00，应报7项，已报4项，未报3项。\n"
        "已报事项中滞后1项、未启动1项、本月完成1项；全部7项任务累计完成1项。\n"
        "\n"
        "■ 未报送（2个单位、3项）\n"
        "县教育局：第3、15项\n"
        "县水利局：第8项\n"
        "\n"
        "■ 进度滞后（1项）\n"
        "第12项 任务12（县住建局，60%）：征地未完成；下步：逐户谈\n"
        "\n"
        "■ 未启动（1项）\n"
        "第16项 任务16（县教育局）：未说明原因\n"
        "\n"
        "■ 本月完成（1项）\n"
        "第20项 任务20（县教育局，100%）"
    )


def test_a_task_done_in_an_earlier_round_is_not_asked_for_again() -> None:
    finished = TaskState(
        task=Task(code="5", title="幼儿园", leads=("县教育局",)), earlier=Facts(status=Status.DONE)
    )
    assert not finished.is_outstanding
    assert finished.status is Status.DONE
    assert compose_digest("督查室", JUNE, [finished]).expected == 0


def test_what_a_unit_owes_is_what_it_leads_and_has_not_reported() -> None:
    shared = Task(code="2", title="共管", leads=("县住建局", "县教育局"), supports=("县水利局",))
    states = [a_state("1"), TaskState(task=shared), a_state("3", facts=Facts(percent=1))]
    assert [task.code for task in outstanding_tasks(states, {"县教育局"})] == ["1"]
    assert [task.code for task in outstanding_tasks(states, {"县住建局"})] == ["2"]
    assert outstanding_tasks(states, {"县水利局"}) == ()


def test_what_only_a_supporting_unit_wrote_leaves_the_lead_owing() -> None:
    helped = replace(a_state("4", facts=Facts(percent=10)), reported=False)
    digest = compose_digest("督查室", JUNE, [helped])
    assert (digest.expected, digest.reported, digest.missing) == (1, 0, 1)


def test_a_unit_that_was_not_reached_is_not_called_late() -> None:
    lost = replace(a_state("4"), unreached=True)
    text = digest_text(compose_digest("督查室", JUNE, [lost]))
    assert "未报1项" in text
    assert text.endswith("■ 通知未送达，不计迟报（1个单位、1项）\n县教育局：第4项")


def test_a_complete_round_says_so() -> None:
    as_of = JUNE.cutoff_at.replace(hour=20)
    digest = compose_digest("督查室", JUNE, [a_state("4", facts=Facts(percent=10))], as_of)
    assert "20:00，应报1项，已报1项，已全部报齐。" in digest_text(digest)


@settings(deadline=None)
@given(states=ledgers())
def test_counts_add_up_and_equal_an_independent_recount(states: list[TaskState]) -> None:
    digest = compose_digest("督查室", JUNE, states)
    done_before = {
        s.task.code
        for s in states
        if s.earlier is not None
        and s.earlier.status is Status.DONE
        and s.earlier.percent not in range(100)
    }
    reported = {s.task.code for s in states if s.facts is not None}
    owed = {s.task.code for s in states} - reported - done_before
    assert digest.missing == len(owed)
    assert digest.reported == len(reported)
    assert digest.total == len(states)
    assert digest.expected == digest.reported + digest.missing
    named = [code for unit in digest.missing_units + digest.unreached_units for code in unit.codes]
    assert sorted(named) == sorted(owed)
    for listed, status in (
        (digest.behind, Status.BEHIND),
        (digest.not_started, Status.NOT_STARTED),
        (digest.done, Status.DONE),
    ):
        counted = [s.task.code for s in states if s.facts is not None and s.facts.status is status]
        assert [state.task.code for state in listed] == counted


@settings(deadline=None)
@given(states=ledgers())
def test_every_line_names_its_tasks_and_the_order_is_the_plans(states: list[TaskState]) -> None:
    lines = digest_text(compose_digest("督查室", JUNE, states)).splitlines()
    items = [line for line in lines[3:] if line and not line.startswith("■")]
    assert all(CODE.search(line) for line in items)
    again = digest_text(compose_digest("督查室", JUNE, list(states)))
    assert again.splitlines() == lines


@settings(deadline=None)
@given(states=ledgers())
def test_the_headings_count_the_lines_below_them(states: list[TaskState]) -> None:
    text = digest_text(compose_digest("督查室", JUNE, states))
    for section in text.split("\n\n")[1:]:
        heading, *items = section.splitlines()
        units = re.search(r"（(\d+)个单位、(\d+)项）", heading)
        count = units or re.search(r"（(\d+)项）", heading)
        assert count is not None
        assert int(count[1]) == len(items)


def test_a_task_without_a_lead_is_listed_as_such() -> None:
    lost = TaskState(task=Task(code="9", title="无主"))
    assert "未明确牵头单位：第9项" in digest_text(compose_digest("督查室", JUNE, [lost]))
