"""A leader's instruction (批示) in chat: “第3项请发改局周五前说明”, its day by the calendar."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from reporting.calendar import WorkCalendar
from reporting.due_words import read_due_day
from reporting.errors import AnswerRefused
from reporting.inquiry import task_named, unit_named
from reporting.ledger import TaskState
from reporting.task import Task
from reporting.unit import Unit
from reporting.wording import QUOTE_WIDTH, code_words, day_words, shorten, task_words

_BIDS = re.compile(r"请(?!问)|责成|要求|督促|抓紧|务必|尽快|由")
_DEED = re.compile(
    r"说明|汇报|报告|上报|报我|报来|研究|落实|推进|整改|解决|牵头|核实|反馈|答复|回复|提出|拿出|处理|办理|协调"
    r"|加快|提速|赶工|推动|跟进|跟踪|督办|抓好|[报送](?:个|一下)?(?:方案|计划|进度|情况|材料)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Instruction:
    """What a leader wants of one unit about one task; `due` is None where he names no day."""

    task: str
    unit: str
    words: str
    due: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenInstruction:
    """An instruction that waits for its answer, and the account it came from."""

    id: int
    task_id: int
    leader: str
    channel: str
    user_id: str
    unit: str
    words: str
    due: date | None
    made_at: datetime


def read_instruction(
    text: str,
    states: Mapping[str, TaskState],
    units: Sequence[Unit],
    when: tuple[datetime, WorkCalendar],
) -> Instruction | None:
    """The instruction a leader's words give; None if they give none.

    AnswerRefused when the task is none of his, or the unit has no part in it.
    """
    code = task_named(text, list(states.values()))
    if code is None or not _BIDS.search(text) or not _DEED.search(text):
        return None
    if code not in states:
        raise AnswerRefused(f"{code_words(code)}不在您可查看的范围内。")
    task = states[code].task
    unit = unit_named(text, units) or states[code].accountable
    if unit not in task.units:
        raise AnswerRefused(f"{unit}不承担{code_words(code)}，牵头单位：{'、'.join(task.leads)}。")
    # “12号请…” names the task, not the twelfth of the month.
    rest = re.sub(rf"第?\s*{re.escape(code)}\s*[项号]?", "", text, count=1)
    return Instruction(
        task=code, unit=unit, words=text.strip(), due=read_due_day(rest, when[0], when[1])
    )


def compose_instruction_notice(instruction: Instruction, task: Task, leader: str) -> str:
    """What the unit's liaison is told."""
    until = f"请于{day_words(instruction.due)}前" if instruction.due else "请"
    return (
        f"【领导批示】{leader}：“{instruction.words}”\n"
        f"{task_words(task.code, task.title)}\n"
        f"{until}直接引用回复本条说明，答复将转给{leader}。"
    )


def compose_instruction_kept(instruction: Instruction, told: Sequence[str]) -> str:
    """The leader's receipt."""
    until = f"，{day_words(instruction.due)}前答复" if instruction.due else ""
    told_words = (
        f"，已通知{'、'.join(told)}" if told else "，该单位联络员没有可用账号，请督查室电话通知"
    )
    return f"已登记批示：{code_words(instruction.task)}，{instruction.unit}{until}{told_words}。"


def compose_instruction_answer(opened: OpenInstruction, task: Task, words: str) -> str:
    """The unit's answer as the leader reads it."""
    asked = shorten(opened.words, QUOTE_WIDTH)
    return (
        f"您{day_words(opened.made_at.date())}的批示“{asked}”有答复：\n"
        f"{task_words(task.code, task.title)}\n{opened.unit}：{words}"
    )
