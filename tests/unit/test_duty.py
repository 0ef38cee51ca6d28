"""Sources, horizons and persons of a task: read from tables, changed by order, missed by name."""

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from documents.plan_reader import read_plan
from reporting.amendment import Scene, read_amendment, units_concerned
from reporting.calendar import OFFICE_ZONE, WorkCalendar
from reporting.dossier import FiledReport
from reporting.duty import compose_gaps, duty_words, find_gaps, horizon_of, source_of
from reporting.history import KeptChange, asks_for_history, compose_history
from reporting.inquiry import read_inquiry
from reporting.inquiry_answer import answer_inquiry
from reporting.ledger import TaskState
from reporting.plan import Directory
from reporting.plan_change import carry_over
from reporting.report import Facts, Figure, Status
from reporting.sanity import Reason, Statement, follow_up
from reporting.status import Assessment, Standing, judge_task
from reporting.task import Horizon, Milestone, Task, TaskKind, TaskSource

NOW = datetime(2026, 6, 25, 10, tzinfo=OFFICE_ZONE)
SCENE = Scene(directory=Directory(), now=NOW, calendar=WorkCalendar())
PLANT = Task(code="12", title="建成污水处理厂", leads=("县水利局",), due=date(2026, 9, 30))
FULL = replace(PLANT, department="规划科", handler="张三")


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("中央和省下达的目标任务", TaskSource.ABOVE),
        ("县委提出", TaskSource.COMMITTEE),
        ("《政府工作报告》", TaskSource.REPORT),
        ("省直厅局下达", TaskSource.DEPARTMENT),
        ("人大代表建议、政协委员提案", TaskSource.PROPOSAL),
        ("县政府常务会议议定", TaskSource.MEETING),
        ("县长批示", TaskSource.INSTRUCTION),
        ("其他", None),
    ],
)
def test_the_five_sources_and_the_two_that_come_later(text: str, source: TaskSource | None) -> None:
    assert source_of(text) is source


def test_a_table_gives_source_tags_horizon_section_and_person(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    headers = "序号 任务内容 牵头单位 完成时限 任务来源 标签 任务周期 责任科室 经办人 "
    headers += "二季度目标 三季度目标"
    sheet.append(headers.split())
    for number in (1, 2, 3):
        sheet.append(
            (str(number), f"新建口袋公园{number}个", "县城管局", "2026年10月底前", "政府工作报告",
             "十项重点工程、民生实事", "阶段性", "园林科", "李四", "开工", "完成60%")
        )  # fmt: skip
    book.save(tmp_path / "plan.xlsx")
    task = read_plan(tmp_path / "plan.xlsx", office="督查室", year=2026).plan.tasks[0]
    assert (task.source, task.horizon) == (TaskSource.REPORT, Horizon.STAGED)
    assert task.programmes == ("十项重点工程", "民生实事")
    assert (task.department, task.handler) == ("园林科", "李四")
    assert task.milestones[1] == Milestone(period="Q3", text="完成60%")
    assert duty_words(task).startswith(
        "来源：政府工作报告；专项：十项重点工程、民生实事；阶段性；科室"
    )


@pytest.mark.parametrize(
    ("order", "field", "value"),
    [
        ("来源 县政府常务会议 依据纪要3号", "source", TaskSource.MEETING),
        ("专项 十项重点工程、一县一题 依据县委文件", "programmes", ("十项重点工程", "一县一题")),
        ("期限类型 长期性 依据纪要3号", "horizon", Horizon.STANDING),
        ("责任科室 规划科 依据单位来函", "department", "规划科"),
        ("经办人 张三 依据单位来函", "handler", "张三"),
        (
            "三季度目标 完成60% 依据实施方案",
            "milestones",
            (Milestone(period="Q3", text="完成60%"),),
        ),
        ("9月 主体封顶 依据实施方案", "milestones", (Milestone(period="9月", text="主体封顶"),)),
    ],
)
def test_the_office_sets_what_the_table_left_out(order: str, field: str, value: object) -> None:
    (amended,) = read_amendment(f"变更 12 {order}", {"12": PLANT}, SCENE)
    assert getattr(amended.after, field) == value
    assert bool(units_concerned(amended)) is (field == "milestones")


def test_a_monthly_plan_is_the_pace_a_task_is_held_to() -> None:
    task = replace(PLANT, milestones=(Milestone(period="5月", text="完成60%"),))
    state = TaskState(task=task, reported=True, facts=Facts(percent=50))
    judgement = judge_task(state, Assessment(as_of=NOW, calendar=WorkCalendar()))
    assert (judgement.standing, judgement.rule) == (Standing.BEHIND, "5月目标“完成60%”未达到")


def test_what_is_missing_of_a_duty_is_named() -> None:
    standing = replace(FULL, code="13", due=None, horizon=Horizon.STANDING)
    tasks = [PLANT, FULL, standing, replace(FULL, code="14", leads=("县外办",), due=None)]
    gaps = find_gaps(tasks, {"县水利局"})
    assert [gap.missing for gap in gaps] == [
        ("责任科室", "经办人"),
        ("年度节点",),
        ("联络员", "完成时限"),
    ]
    text = compose_gaps(gaps, 4)
    assert text.startswith("五要素不全的有3项（共4项）：")
    assert text.endswith("只缺责任科室或经办人：第12项。")
    assert compose_gaps([], 4) == "全部4项任务五要素齐全。"
    assert horizon_of("长期坚持") is Horizon.STANDING


def statement(kind: TaskKind, facts: Facts, words: str) -> Statement:
    return Statement(task=replace(PLANT, kind=kind), facts=facts, words=words)


@pytest.mark.parametrize(
    ("kind", "facts", "words", "asked"),
    [
        (TaskKind.INDICATOR, Facts(status=Status.ON_TRACK), "已按计划正常", "目前数值"),
        (TaskKind.PROPOSAL, Facts(status=Status.DONE), "已办结", "答复文号"),
        (TaskKind.LIVELIHOOD, Facts(status=Status.DONE), "已全部完成", "受益人数"),
    ],
)
def test_the_kind_of_target_drives_what_is_asked_once(
    kind: TaskKind, facts: Facts, words: str, asked: str
) -> None:
    found = follow_up([statement(kind, facts, words)])
    assert found is not None
    assert found.reason is Reason.MISSING_PART
    assert asked in found.question
    assert follow_up([statement(kind, facts, words)], {("12", Reason.MISSING_PART)}) is None


@pytest.mark.parametrize(
    ("kind", "facts", "words"),
    [
        (TaskKind.INDICATOR, Facts(figures=(Figure(name="增长", value=5.8, unit="%"),)), "5.8%"),
        (TaskKind.PROPOSAL, Facts(status=Status.DONE), "已书面答复，代表满意"),
        (TaskKind.LIVELIHOOD, Facts(status=Status.DONE), "已完成，惠及320户"),
        (TaskKind.MATTER, Facts(status=Status.DONE), "已完成竣工验收"),
    ],
)
def test_a_report_with_its_part_is_not_asked_again(
    kind: TaskKind, facts: Facts, words: str
) -> None:
    assert follow_up([statement(kind, facts, words)]) is None


def test_a_change_in_force_outlives_the_same_table_and_yields_to_a_new_word() -> None:
    held = replace(PLANT, due=date(2026, 10, 30), due_text="2026-10-30", halted="会议纪要")
    again = carry_over(PLANT, held, PLANT)
    assert (again.due, again.halted) == (date(2026, 10, 30), "会议纪要")
    restated = replace(PLANT, due=date(2026, 8, 31))
    assert carry_over(restated, held, PLANT).due == date(2026, 8, 31)


def test_the_history_tells_every_version_and_change() -> None:
    filed = FiledReport(
        month="2026-05",
        version=1,
        unit="县水利局",
        liaison="张三",
        words="完成40%",
        said="进度40%",
        late=True,
        reported_at=NOW,
        withdrawn_at=None,
        returned_at=NOW,
        evidence="",
        probability=1.0,
    )
    change = KeptChange(day=NOW.date(), field="due", old="9月30日", new="10月30日", basis="汛期")
    assert compose_history(PLANT, [filed], [change]) == (
        "第12项 建成污水处理厂\n"
        "2026-05 第1版 县水利局：进度40%（迟报、已退回）\n"
        "6月25日（周四）变更完成时限：9月30日 → 10月30日（依据：汛期）"
    )
    assert asks_for_history("12号历次填报")


def test_a_tag_narrows_a_question() -> None:
    states = [
        TaskState(task=replace(PLANT, programmes=("十项重点工程",))),
        TaskState(task=replace(PLANT, code="13")),
    ]
    inquiry = read_inquiry("十项重点工程还有几项没报", states, [])
    assert inquiry is not None
    assert inquiry.programme == "十项重点工程"
    answer = answer_inquiry(inquiry, states, Assessment(as_of=NOW, calendar=WorkCalendar()))
    assert answer == "十项重点工程本月未报：1项。\n县水利局：第12项"
