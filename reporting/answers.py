"""The bot's other answers in chat: commands, refusals and what could not be read."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from reporting.calendar import WorkCalendar
from reporting.ledger import Desk, TaskState
from reporting.messages import IncomingKind
from reporting.receipt import owed_words
from reporting.report import Facts
from reporting.round import Round
from reporting.task import Task
from reporting.understanding.dialogue.question import WrongNumber
from reporting.understanding.outcome import Refuse
from reporting.understanding.words.normalise import plain
from reporting.wording import (
    code_in_command,
    code_list,
    cutoff_words,
    facts_words,
    number_range,
    task_words,
)

_GREETINGS = ("你好", "您好", "在吗", "在么", "hello", "hi", "早上好", "上午好", "下午好")
_ENDS = " \n!。.~?"
_LONE_CHOICE = re.compile(r"都不是|第?[0-9]{1,2}(?:[、,，和\s]+[0-9]{1,2})*个?")
_UNREADABLE = {
    IncomingKind.IMAGE: "图片",
    IncomingKind.VOICE: "语音",
    IncomingKind.FILE: "文件",
}


def compose_my_tasks(
    states: Sequence[TaskState], this_round: Round, units: Iterable[str] = ()
) -> str:
    """The asker's tasks of this round: what is owed first, then what the ledger has.

    `units` are his own; tasks that another unit accounts for are listed as supported ones.
    """
    if not states:
        return "您目前没有需要报送的事项。"
    own = set(units)
    led = [s for s in states if not own or s.accountable in own]
    owed = [state.task for state in led if state.is_outstanding]
    supported = [s for s in states if s not in led]
    lines = [f"{this_round.label}您负责{len(led)}项，未报{len(owed)}项。"]
    lines += _listed("未报", [task_words(task.code, task.title) for task in owed])
    lines += _listed("已报", [_reported_line(s) for s in led if s.reported])
    finished = [s.task for s in led if not s.is_expected]
    lines += _listed(
        "前期已完成，无需再报", [task_words(task.code, task.title) for task in finished]
    )
    lines += _listed("配合事项，有进展可随时反馈", [_reported_line(s) for s in supported])
    return "\n".join(lines)


def compose_deadline(
    owed: Sequence[str], this_round: Round, now: datetime, calendar: WorkCalendar
) -> str:
    """When the round closes and what the asker still owes."""
    late = "现在仍可补报，记为迟报。" if owed and now > this_round.cutoff_at else ""
    cutoff = cutoff_words(this_round, now, calendar)
    return f"{this_round.label}报送截止时间：{cutoff}。\n{owed_words(owed)}{late}"


def compose_withdrawn(code: str, title: str, restored: Facts | None, ahead: str = "") -> str:
    """A report was withdrawn; `restored` is the version that holds again, None: owed again.

    `ahead` names the later round it had been kept for.
    """
    if restored is None:
        owed = "到时请再报。" if ahead else "本月该项恢复为未报，请重新报送。"
        return f"已撤回{ahead}：{task_words(code, title)}。{owed}"
    said = facts_words(restored) or "原文"
    return f"已撤回：{task_words(code, title)}（最近一次填报），恢复为此前记录：{said}。"


def compose_nothing_to_withdraw(code: str = "") -> str:
    """Nothing of the asker's can be withdrawn."""
    if code:
        return f"{code_list((code,))}本月没有您的填报记录，无可撤回。"
    return "本月没有您的填报记录，无可撤回。"


def compose_complaint_received(desk: Desk) -> str:
    """A complaint was kept; it does not go through those complained of (国办函〔2026〕12号)."""
    return f"您的意见已登记，将由专人处理，不影响考核。也可直接联系{desk.words}。"


def compose_refusal(refuse: Refuse, tasks: Mapping[str, Task]) -> str:
    """Nothing was recorded: the tasks named belong to other units, or the work to no task."""
    named = [tasks[code] for code in refuse.tasks if code in tasks]
    if not named:
        return (
            f"没有记录：{refuse.why}。如属您的某项任务，请写上任务名称或编号再发一次；"
            "回复“我的任务”可查看您负责的事项。"
        )
    lines = [f"{task_words(t.code, t.title)}（牵头：{'、'.join(t.leads)}）" for t in named]
    closing = "如应由您单位报送，请联系督查室调整分工。"
    return "\n".join(("没有记录，以下事项不由您单位承担：", *lines, closing))


def compose_unknown_sender(desk: Desk) -> str:
    """The sender is bound to no unit: nothing he writes is recorded."""
    return f"没有记录：您还不在联络员名单里。请把单位、姓名告诉{desk.words}，登记后再发一次即可。"


def compose_binding(units: Iterable[str], desk: Desk) -> str:
    """A bound person asked to be bound: what he is bound to, and who can change it."""
    return f"您已登记为{'、'.join(units)}联络员。如需变更，请联系{desk.words}。"


def compose_unreadable(kind: IncomingKind) -> str | None:
    """A kind of message we cannot read; None where no answer is due (events, our own cards)."""
    word = _UNREADABLE.get(kind)
    if word is None:
        return None
    return f"暂时读不了{word}，这条没有记录。请用文字发一句，如“12号 完成60%，正常推进”。"


def compose_wrong_number(wrong: WrongNumber, offered: Sequence[int]) -> str:
    """The answer's number is not on offer; the question stays open."""
    return f"没有编号{wrong.number}，可选编号：{number_range(offered)}；都不对请回复“都不是”。"


def compose_none_of_them(own: Sequence[Task], desk: Desk) -> str:
    """No choice was right: nothing is recorded until he gives the code; it is not asked again."""
    lines = [task_words(task.code, task.title) for task in own]
    code = code_in_command(own[0].code) if own else "12号"
    first = f"好的，这条没有记录。请回复是第几项，如“{code}”，不用重写内容。"
    last = f"都没有您要报的，请联系{desk.words}。"
    return "\n".join((first, *_listed("您负责的事项", lines), last))


def compose_superseded() -> str:
    """An answer came, but no question is open: it was answered or replaced by a newer message."""
    return (
        "没有待您回答的编号提问（可能已经失效），这条没有记录。"
        "报进展请写明第几项，如“12号 完成60%”。"
    )


def is_lone_choice(text: str) -> bool:
    """A bare choice: with no question open it is neither a report nor talk to be silent about."""
    return bool(_LONE_CHOICE.fullmatch(plain(text).strip(_ENDS)))


def compose_small_talk(text: str, *, in_group: bool) -> str | None:
    """Silence (None) for thanks and talk; a greeting to the bot alone gets one line."""
    said = plain(text).strip(_ENDS)
    if in_group or said not in _GREETINGS:
        return None
    return "您好，发一句话即可报进展，回复“我的任务”看还欠哪些，回复“帮助”看用法。"


def _reported_line(state: TaskState) -> str:
    said = facts_words(state.facts) if state.facts is not None else ""
    line = task_words(state.task.code, state.task.title)
    return f"{line}：{said}" if said else line


def _listed(heading: str, lines: Sequence[str]) -> list[str]:
    return [f"{heading}（{len(lines)}项）：", *lines] if lines else []
