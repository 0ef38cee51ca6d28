"""Signing for a round's notice (签收): that it was read, never that anything was reported."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from reporting.calendar import OFFICE_ZONE, WorkCalendar
from reporting.round import Round, RoundRules
from reporting.task import Task
from reporting.wording import cutoff_words, day_words, moment_words, task_words

SIGN_STEP, NOTICE_STEP = "签收提醒", "报送通知"
NOTHING_TO_SIGN = "目前没有待您签收的通知，这条没有记为填报。"
_SIGNATURE = re.compile(
    r"\W*(?:好的?|嗯|已|我)?\W*(?:收到|签收|认领|知悉|知晓|已阅|确认签收|确认收到)(?:通知|任务|了|啦)*"
    r"(?:\W*(?:谢谢|感谢|辛苦了?|好的|马上办|(?:我们)?(?:马上|立即|抓紧|尽快)(?:办理?|落实|报送?)))*\W*"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Signing:
    """A liaison's copy of a round's notice; a report signs for it as well."""

    liaison_id: int
    told_at: datetime
    signed_at: datetime | None = None
    reported: bool = False

    @property
    def is_open(self) -> bool:
        """Whether nothing shows yet that he has read it."""
        return self.signed_at is None and not self.reported


def is_signature(text: str) -> bool:
    """Whether a message says no more than that something was received."""
    return _SIGNATURE.fullmatch(text.strip()) is not None


def names_signing(text: str) -> bool:
    """Whether it speaks of signing itself, so that silence would be taken for a receipt."""
    return "签收" in text or "认领" in text


def notice_moment(this_round: Round, rules: RoundRules, calendar: WorkCalendar) -> datetime:
    """When the notice goes out: the first working morning of the round."""
    day = calendar.working_day_on_or_after(this_round.opens_at.date())
    return datetime.combine(day, rules.remind_at, OFFICE_ZONE)


def sign_reminder_day(told_at: datetime, days: int, calendar: WorkCalendar) -> date:
    """When whoever has not signed is reminded, once: after so many whole working days."""
    return calendar.add_working_days(told_at.astimezone(OFFICE_ZONE).date(), days + 1)


def compose_round_notice(
    name: str, tasks: Sequence[Task], this_round: Round, when: tuple[datetime, WorkCalendar]
) -> str:
    """The notice: which tasks are his this month, until when, and how to sign for it."""
    return "\n".join(
        (
            f"{name}您好，{this_round.label}请报送{len(tasks)}项任务的进展：",
            *(f"{task_words(t.code, t.title)}{_due_words(t)}" for t in tasks),
            f"截止时间：{cutoff_words(this_round, *when)}，提前报也可以。",
            "请回复“收到”签收；有进展时直接回复一句话即可。",
        )
    )


def compose_signed(this_round: Round, signed_at: datetime, owed: int) -> str:
    """The receipt: signed, and that it is no report."""
    rest = f"还有{owed}项待报，有进展直接回复一句话。" if owed else "本月应报事项已全部报齐。"
    moment = moment_words(signed_at.astimezone(OFFICE_ZONE))
    return f"已签收{this_round.label}报送通知（{moment}）。{rest}"


def compose_sign_reminder(name: str, this_round: Round, told_at: datetime) -> str:
    """One reminder to who has not signed."""
    day = day_words(told_at.astimezone(OFFICE_ZONE).date())
    return (
        f"{name}您好，{day}发给您的{this_round.label}报送通知还没有签收，"
        "请回复“收到”；直接报进展也算签收。"
    )


def compose_unsigned(this_round: Round, told: int, unsigned: Sequence[str]) -> str:
    """What the office is told that asks who has not signed; `unsigned` name person and unit."""
    if not told:
        return f"{this_round.label}还没有发报送通知；回复“下发通知”即可发给所有联络员。"
    if not unsigned:
        return f"{this_round.label}报送通知已发{told}人，全部签收。"
    return "\n".join(
        (f"{this_round.label}报送通知已发{told}人，未签收{len(unsigned)}人：", *unsigned)
    )


def compose_announced(this_round: Round, told: int) -> str:
    """The office's receipt for a notice sent to everybody."""
    if not told:
        return f"{this_round.label}报送通知已经发过，没有新的收件人。"
    return f"已向{told}名联络员下发{this_round.label}报送通知，问“谁还没签收”可查看。"


def _due_words(task: Task) -> str:
    return f"（{task.due.month}月{task.due.day}日前完成）" if task.due else ""
