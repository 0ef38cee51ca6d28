"""A digest is shown first where the office wants it so, and the ledger is counted by standing."""

from datetime import datetime

import pytest

from reporting.calendar import OFFICE_ZONE, WorkCalendar
from reporting.errors import AnswerRefused
from reporting.ledger import TaskState
from reporting.overview import (
    MonthCount,
    closes_quarter,
    office_text,
    quarter_text,
    take_overview,
)
from reporting.preview import (
    DigestKind,
    DigestVerb,
    Preview,
    compose_preview,
    posting_moment,
    read_digest_order,
    with_note,
)
from reporting.report import Facts, Status
from reporting.round import RoundRules, open_round
from reporting.status import Assessment, Standing
from reporting.task import Task

RULES, CALENDAR = RoundRules(cutoff_day=25), WorkCalendar()
JUNE = open_round(2026, 6, RULES, CALENDAR)
NOW = datetime(2026, 6, 25, 18, tzinfo=OFFICE_ZONE)


@pytest.mark.parametrize(
    ("text", "verb", "words"),
    [
        ("同意", DigestVerb.RELEASE, ""),
        ("同意发布。", DigestVerb.RELEASE, ""),
        ("发", DigestVerb.RELEASE, ""),
        ("缓发", DigestVerb.HOLD, ""),
        ("暂缓发布", DigestVerb.HOLD, ""),
        ("预览", DigestVerb.SHOW, ""),
        ("修改 请各单位抓紧三季度", DigestVerb.REVISE, "请各单位抓紧三季度"),
    ],
)
def test_what_the_office_says_about_a_digest(text: str, verb: DigestVerb, words: str) -> None:
    order = read_digest_order(text)
    assert order is not None
    assert (order.verb, order.words) == (verb, words)


@pytest.mark.parametrize("text", ["同意延期 12", "发改局还有几项没报", "同意 12", "12号什么情况"])
def test_what_is_no_order_about_a_digest(text: str) -> None:
    assert read_digest_order(text) is None


def test_figures_are_not_changed_by_hand() -> None:
    with pytest.raises(AnswerRefused, match="数字来自台账"):
        read_digest_order("修改")
    assert with_note("【六月】\n应报3项", "抓紧") == "【六月】\n督查室按：抓紧\n应报3项"


def test_the_posting_time_is_the_working_day_after_the_cutoff() -> None:
    september = open_round(2026, 9, RoundRules(cutoff_day=30), CALENDAR)
    assert posting_moment(september, RULES, CALENDAR).date().isoformat() == "2026-10-08"
    preview = Preview(
        id=1, round_id=1, plan_id=1, year=2026, month=9, kind=DigestKind.CUTOFF, text="正文"
    )
    text = compose_preview(preview, posting_moment(september, RULES, CALENDAR))
    assert text.startswith("【待审】2026年9月月度摘要，请于10月8日（周四）09:00前审定")
    assert text.endswith("正文")


def states() -> list[TaskState]:
    facts = (
        Facts(status=Status.DONE),
        Facts(percent=10, status=Status.BEHIND, problem="征地慢", next_step="7月完成征收"),
        None,
        None,
    )
    made = []
    for number, said in enumerate(facts, 1):
        halted = "会议纪要3号" if number == 4 else ""
        task = Task(code=str(number), title=f"任务{number}", leads=("县水利局",), halted=halted)
        made.append(TaskState(task=task, reported=said is not None, facts=said))
    return made


def test_the_full_view_counts_every_task_once_and_says_why() -> None:
    overview = take_overview(states(), Assessment(as_of=NOW, calendar=CALENDAR))
    assert overview.counts == (
        (Standing.DONE, 1),
        (Standing.BEHIND, 1),
        (Standing.NOT_REPORTED, 1),
        (Standing.HALTED, 1),
    )
    text = office_text("督查室", JUNE, overview)
    assert "全部4项：已完成1项、滞后1项、未报1项、已中止1项。" in text
    assert "县水利局：牵头4项，未报1项，滞后或未启动1项" in text
    assert "第2项 任务2（县水利局）滞后：" in text
    assert "问题：征地慢；对策：7月完成征收" in text
    assert "■ 本月未报（1项）\n第3项。" in text


def test_a_quarter_tells_progress_problems_and_measures() -> None:
    overview = take_overview(states(), Assessment(as_of=NOW, calendar=CALENDAR))
    months = [
        MonthCount(month=5, expected=4, reported=3),
        MonthCount(month=6, expected=3, reported=2),
    ]
    text = quarter_text("督查室", JUNE, overview, months, 2)
    assert text.startswith("【2026年第二季度重点任务进展】督查室")
    assert "各月报送：5月应报4项、已报3项；6月应报3项、已报2项。" in text
    assert "本季度办结问题建议2项。" in text
    assert [m for m in range(1, 13) if closes_quarter(open_round(2026, m, RULES, CALENDAR))] == [
        3, 6, 9, 12,
    ]  # fmt: skip
