"""Concerns (问题建议台账): what a report asks help for, each with owner, date and result.

A problem or suggestion of a report, a contradiction between units and a blocker several share
become concerns; each stays on the leaders' digest until it is closed with a result (四报两跟进).
"""

import re
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from reporting.calendar import WorkCalendar
from reporting.due_words import read_due_day
from reporting.errors import AnswerRefused
from reporting.inquiry import unit_named
from reporting.unit import Unit
from reporting.wording import TEXT_WIDTH, code_list, day_words, shorten

ANSWERED_WITHIN = 10  # working days, unless the office names another day
MOST_SHOWN = 10
_WHOLE = 400  # a contradiction quotes both sides, a shared blocker names all its units
_NUMBERS = r"((?:[、，,和]?\s*(?:问题|建议|协调|联席会议|事项)?\s*[0-9]{1,9}\s*号?)+)"
_CLOSE = re.compile(rf"^\s*办结[：:\s]*{_NUMBERS}[\s：:，,]*(.*)$", re.S)
_ASSIGN = re.compile(rf"^\s*(?:转办|转交)[：:\s]*{_NUMBERS}[\s：:，,]*(.*)$", re.S)
_LIST = re.compile(
    r"^\s*(?:未办结|没办结|未解决|还没办结)(?:的)?(?:问题|建议|事项|问题建议)?(?:有哪些|列表|清单)?[?？。]?\s*$"
    r"|^\s*问题(?:建议)?(?:台账|清单)[?？。]?\s*$"
)


class ConcernKind(StrEnum):
    """What a concern is."""

    PROBLEM = "问题"
    SUGGESTION = "建议"
    COORDINATION = "协调"
    MEETING = "联席会议"


_OF_REPORTS = frozenset({ConcernKind.PROBLEM, ConcernKind.SUGGESTION})


@dataclass(frozen=True, slots=True, kw_only=True)
class NewConcern:
    """A concern to be opened; while one of the same `key` is open it is only brought up to date.

    `task_id` is the one task it is about, `tasks` the codes where it is about several.
    """

    kind: ConcernKind
    key: str
    owner: str
    words: str
    due: date
    task_id: int | None = None
    tasks: tuple[str, ...] = ()
    message_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A concern as it is called; `number` counts within its office."""

    id: int
    number: int
    kind: ConcernKind

    @property
    def name(self) -> str:
        """As people call it: 问题17."""
        return f"{self.kind.value}{self.number}"


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenConcern(Opened):
    """A concern that waits for its result."""

    tasks: tuple[str, ...]
    owner: str
    words: str
    due: date
    opened_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """The concerns of these numbers are done with, and what came of them."""

    numbers: tuple[int, ...]
    result: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """The concerns of these numbers go to a unit, with a day to answer by."""

    numbers: tuple[int, ...]
    owner: str
    due: date | None


def asks_for_concerns(text: str) -> bool:
    """Whether the office asks what is still open (“未办结问题”)."""
    return bool(_LIST.match(text))


def read_closing(text: str) -> Closing | None:
    """“办结 问题17 已协调资金到位”; None if it closes nothing, refused without a result."""
    found = _CLOSE.match(text)
    if found is None:
        return None
    result = found[2].strip(" 。")
    if not result:
        raise AnswerRefused("请写明办理结果，如“办结 问题17 已协调资金到位”。")
    return Closing(numbers=_numbers(found[1]), result=result)


def read_assignment(
    text: str, units: Sequence[Unit], when: tuple[datetime, WorkCalendar]
) -> Assignment | None:
    """“转办 问题17 县财政局 7月10日前”; None if it hands nothing over."""
    found = _ASSIGN.match(text)
    if found is None:
        return None
    owner = unit_named(found[2], units)
    if owner is None:
        raise AnswerRefused("请写明转给哪个单位，如“转办 问题17 县财政局 7月10日前”。")
    return Assignment(numbers=_numbers(found[1]), owner=owner, due=read_due_day(found[2], *when))


def require_known(numbers: Sequence[int], known: Mapping[int, OpenConcern]) -> None:
    """Refuse numbers under which nothing of the office is open."""
    missing = [str(number) for number in numbers if number not in known]
    if missing:
        raise AnswerRefused(f"没有未办结的事项{'、'.join(missing)}；回复“未办结问题”可查看。")


def concern_line(concern: OpenConcern, today: date, calendar: WorkCalendar) -> str:
    """One concern on one line, with its owner and day."""
    late = calendar.working_days_between(concern.due, today)
    overdue = f"，已超{late}个工作日" if late else ""
    words = shorten(concern.words, TEXT_WIDTH if concern.kind in _OF_REPORTS else _WHOLE)
    # A contradiction and a shared blocker name their tasks themselves.
    about = code_list(concern.tasks) if concern.kind in _OF_REPORTS else ""
    return (
        f"{concern.name} {about}{'：' if about else ''}{words}"
        f"（{concern.owner}，{day_words(concern.due)}前办结{overdue}）"
    )


def compose_open_concerns(
    concerns: Sequence[OpenConcern], today: date, calendar: WorkCalendar
) -> str:
    """Everything that is open, with how to close it."""
    if not concerns:
        return "没有未办结的问题建议。"
    lines = [concern_line(one, today, calendar) for one in concerns]
    first = concerns[0].name
    how = f"办结请回复“办结 {first} 结果……”，转给单位请回复“转办 {first} 单位 几月几日前”。"
    return "\n".join((f"未办结事项（{len(concerns)}项）：", *lines, how))


def concern_section(
    concerns: Sequence[OpenConcern], today: date, calendar: WorkCalendar
) -> list[str]:
    """The lines of a leaders' digest about what is open, oldest first; none when nothing is.

    What two units say against each other is for the office to settle first.
    """
    shown = [one for one in concerns if one.kind is not ConcernKind.COORDINATION]
    if not shown:
        return []
    lines = [concern_line(one, today, calendar) for one in shown[:MOST_SHOWN]]
    rest = len(shown) - MOST_SHOWN
    more = [f"另有{rest}项，见督查室台账。"] if rest > 0 else []
    return ["", f"■ 未办结问题建议（{len(shown)}项）", *lines, *more]


def compose_concern_notice(concern: OpenConcern, desk: str, *, answers_here: bool) -> str:
    """What a unit is told when a concern is handed to it; who has no part in the task rings."""
    how = "办理情况直接回复本条" if answers_here else f"办理情况请告知{desk}"
    return (
        f"【{concern.kind.value}转办】{code_list(concern.tasks)}：{concern.words}\n"
        f"请{concern.owner}于{day_words(concern.due)}前办理，{how}。"
    )


def concerns_of(codes: Container[str], concerns: Sequence[OpenConcern]) -> tuple[OpenConcern, ...]:
    """What is open about these tasks and no others: all that a reader of them may see."""
    return tuple(one for one in concerns if all(code in codes for code in one.tasks))


def compose_closed(concerns: Sequence[OpenConcern], result: str) -> str:
    """The office's receipt for closing."""
    return f"已办结：{'、'.join(one.name for one in concerns)}，结果：{result}。"


def compose_assigned(concerns: Sequence[OpenConcern], told: Sequence[str]) -> str:
    """The office's receipt for handing over."""
    names = "、".join(one.name for one in concerns)
    until = f"{concerns[0].owner}，{day_words(concerns[0].due)}前"
    who = (
        f"，已通知{'、'.join(dict.fromkeys(told))}" if told else "，联络员没有可用账号，请电话通知"
    )
    return f"已转办：{names} → {until}{who}。"


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(dict.fromkeys(int(number) for number in re.findall(r"[0-9]+", text)))
