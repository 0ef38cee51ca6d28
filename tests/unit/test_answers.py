"""The bot's other answers: each says what happened and what to do next."""

from datetime import datetime

import pytest

from reporting import answers
from reporting.calendar import OFFICE_ZONE, WorkCalendar
from reporting.help import compose_help, compose_overseer_help
from reporting.ledger import Desk, TaskState
from reporting.messages import IncomingKind
from reporting.overseer import Post
from reporting.report import Facts, Status
from reporting.round import RoundRules, open_round
from reporting.task import Task
from reporting.understanding.dialogue.question import WrongNumber
from reporting.understanding.outcome import Refuse

CALENDAR = WorkCalendar()
JUNE = open_round(2026, 6, RoundRules(cutoff_day=25), CALENDAR)
DESK = Desk(name="青河县督查室", phone="0539-2266629")
ROAD = Task(code="64", title="新改建农村公路", leads=("县交通局", "县公路局"))
SCHOOL = Task(code="82", title="第三小学", leads=("县教育局",))
PARK = Task(code="民5", title="口袋公园", leads=("县住建局",))


def at(day: int) -> datetime:
    return datetime(2026, 6, day, 9, tzinfo=OFFICE_ZONE)


def test_my_tasks_shows_what_is_owed_before_what_is_known() -> None:
    states = [
        TaskState(task=ROAD, reported=True, facts=Facts(percent=48.2)),
        TaskState(task=SCHOOL),
        TaskState(task=PARK, earlier=Facts(status=Status.DONE)),
    ]
    assert answers.compose_my_tasks(states, JUNE) == (
        "2026年6月您负责3项，未报1项。\n"
        "未报（1项）：\n"
        "第82项 第三小学\n"
        "已报（1项）：\n"
        "第64项 新改建农村公路：进度48.2%\n"
        "前期已完成，无需再报（1项）：\n"
        "民5项 口袋公园"
    )


def test_my_tasks_without_tasks_or_facts() -> None:
    assert answers.compose_my_tasks([], JUNE) == "您目前没有需要报送的事项。"
    bare = TaskState(task=ROAD, reported=True, facts=Facts())
    assert answers.compose_my_tasks([bare], JUNE).endswith("\n第64项 新改建农村公路")


def test_my_tasks_keeps_supported_tasks_apart() -> None:
    states = [TaskState(task=SCHOOL), TaskState(task=ROAD)]
    assert answers.compose_my_tasks(states, JUNE, ["县教育局", "县公路局"]) == (
        "2026年6月您负责1项，未报1项。\n"
        "未报（1项）：\n"
        "第82项 第三小学\n"
        "配合事项，有进展可随时反馈（1项）：\n"
        "第64项 新改建农村公路"
    )


def test_help_speaks_of_the_askers_own_task_and_names_a_person() -> None:
    text = compose_help(PARK, DESK)
    assert "民5 完成60%" in text
    assert "青河县督查室（电话0539-2266629）" in text
    assert "12号" in compose_help(None, Desk(name="督查室"))


def test_leaders_and_the_office_are_shown_what_each_may_write() -> None:
    states = [TaskState(task=Task(code="12", title="污水处理厂", leads=("县水利局",)))]
    leader, staff = (compose_overseer_help(states, post) for post in (Post.LEADER, Post.STAFF))
    assert "作批示：12号 请县水利局周五前说明" in leader
    assert "退回" not in leader
    assert "退回 12 原因" in staff
    assert "作批示" not in staff
    assert compose_overseer_help([], Post.STAFF) == "目前没有您可查看的任务。"


def test_the_deadline_is_said_with_what_is_owed() -> None:
    assert answers.compose_deadline(("82",), JUNE, at(22), CALENDAR) == (
        "2026年6月报送截止时间：6月25日（周四）18:00，还有3个工作日。\n本月还有1项未报：第82项。"
    )
    assert answers.compose_deadline(("82",), JUNE, at(26), CALENDAR).endswith(
        "现在仍可补报，记为迟报。"
    )
    assert answers.compose_deadline((), JUNE, at(26), CALENDAR).endswith("已全部报齐。")


def test_withdrawing_says_what_holds_now() -> None:
    assert answers.compose_withdrawn("82", "第三小学", None) == (
        "已撤回：第82项 第三小学。本月该项恢复为未报，请重新报送。"
    )
    assert answers.compose_withdrawn("82", "第三小学", Facts(percent=35)).endswith("：进度35%。")
    assert answers.compose_withdrawn("82", "第三小学", Facts()).endswith("：原文。")


def test_nothing_to_withdraw_names_the_task_if_one_was_given() -> None:
    assert answers.compose_nothing_to_withdraw("82").startswith("第82项本月没有")
    assert answers.compose_nothing_to_withdraw().startswith("本月没有")


def test_a_refusal_names_the_lead_units() -> None:
    text = answers.compose_refusal(Refuse(why="", tasks=("64", "999")), {"64": ROAD})
    assert "第64项 新改建农村公路（牵头：县交通局、县公路局）" in text
    assert "999" not in text
    assert "我的任务" in answers.compose_refusal(Refuse(why=""), {})


def test_strangers_and_the_bound_are_told_whom_to_ask() -> None:
    assert "没有记录" in answers.compose_unknown_sender(DESK)
    assert DESK.phone in answers.compose_unknown_sender(DESK)
    assert "县教育局、县体育局" in answers.compose_binding(("县教育局", "县体育局"), DESK)


def test_a_complaint_is_promised_not_to_count() -> None:
    assert "不影响考核" in answers.compose_complaint_received(DESK)


@pytest.mark.parametrize("kind", [IncomingKind.IMAGE, IncomingKind.VOICE, IncomingKind.FILE])
def test_what_cannot_be_read_is_asked_for_in_words(kind: IncomingKind) -> None:
    text = answers.compose_unreadable(kind)
    assert text is not None
    assert "没有记录" in text


def test_events_and_our_own_cards_are_met_with_silence() -> None:
    assert answers.compose_unreadable(IncomingKind.EVENT) is None


def test_a_wrong_number_is_told_the_range() -> None:
    wrong = WrongNumber(number=7)
    assert "可选编号：1至3" in answers.compose_wrong_number(wrong, (1, 2, 3))
    assert "可选编号：1；" in answers.compose_wrong_number(wrong, (1,))


def test_none_of_them_lists_his_own_tasks() -> None:
    text = answers.compose_none_of_them((ROAD, SCHOOL), DESK)
    assert "没有记录。请回复是第几项，如“64号”" in text
    assert "第64项 新改建农村公路\n第82项 第三小学\n都没有您要报的，请联系" in text
    assert "您负责的事项" not in answers.compose_none_of_them((), DESK)


@pytest.mark.parametrize("text", ["1", "1、3", "2。", "第2个", "都不是"])
def test_a_choice_without_a_question_is_told_so(text: str) -> None:
    assert answers.is_lone_choice(text)
    assert "没有记录" in answers.compose_superseded()


def test_small_talk_is_met_with_silence_and_a_greeting_with_one_line() -> None:
    assert answers.compose_small_talk("收到，谢谢！", in_group=False) is None
    assert answers.compose_small_talk("您好！", in_group=True) is None
    greeting = answers.compose_small_talk("您好！", in_group=False)
    assert greeting is not None
    assert "\n" not in greeting
