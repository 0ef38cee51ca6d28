"""Changing a task in force (变更), suspending it (中止) and taking it up again (恢复).

Each needs its basis in words and is kept with what stood before; an import is not the only way.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TypeVar

from reporting.calendar import WorkCalendar
from reporting.due_words import read_due_day
from reporting.duty import horizon_of, source_of
from reporting.errors import AnswerRefused
from reporting.order_words import leading_codes, split_basis
from reporting.plan import Directory
from reporting.task import Horizon, Milestone, Task, TaskSource
from reporting.wording import code_list, full_day_words, task_words

T = TypeVar("T")

_ORDER = re.compile(r"^\s*(变更|中止|恢复)[：:\s]*")
_FIELD = re.compile(
    r"^\s*(完成时限|时限|牵头单位|牵头|配合单位|配合|责任领导|分管领导|任务内容|来源|专项|期限类型"
    r"|责任科室|科室|经办人|经办|[一二三四]季度|(?:1[0-2]|[1-9])月|任务)"
    r"(?:目标|计划|节点)?\s*(?:改为|变更为|调整为|为|[：:])?\s*"
)
_FIELDS = {
    "完成时限": "due",
    "时限": "due",
    "牵头单位": "leads",
    "牵头": "leads",
    "配合单位": "supports",
    "配合": "supports",
    "责任领导": "leader",
    "分管领导": "leader",
    "任务内容": "title",
    "任务": "title",
    "来源": "source",
    "专项": "programmes",
    "期限类型": "horizon",
    "责任科室": "department",
    "科室": "department",
    "经办人": "handler",
    "经办": "handler",
}
_QUARTERS = {"一季度": "Q1", "二季度": "Q2", "三季度": "Q3", "四季度": "Q4"}
# The office's own notes about a task: nobody is written to because of them.
_NOTES = frozenset({"source", "programmes", "horizon", "department", "handler"})
NAMES = {
    "due": "完成时限",
    "leads": "牵头单位",
    "supports": "配合单位",
    "leader": "责任领导",
    "title": "任务",
    "halted": "中止",
    "source": "来源",
    "programmes": "专项",
    "horizon": "期限类型",
    "department": "责任科室",
    "handler": "经办人",
    "milestones": "节点目标",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Amendment:
    """One field of one task changed, in words before and after, with its basis."""

    task: str
    field: str
    old: str
    new: str
    basis: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Amended:
    """A task before and after, and what changed."""

    before: Task
    after: Task
    amendment: Amendment


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What an order is read against: who there is, and when it is given."""

    directory: Directory
    now: datetime
    calendar: WorkCalendar


def read_amendment(text: str, tasks: Mapping[str, Task], scene: Scene) -> tuple[Amended, ...]:
    """The changes an order makes; none if it is no such order, AnswerRefused if it is not clear."""
    verb = _ORDER.match(text)
    if verb is None:
        return ()
    codes, rest = leading_codes(text[verb.end() :], tasks)
    if not codes:
        raise AnswerRefused(f"请写明第几项，如“{_example(verb[1])}”。")
    if verb[1] == "变更":
        return tuple(_changed(tasks[code], rest, scene) for code in codes)
    return tuple(_halted(tasks[code], verb[1], rest) for code in codes)


def amended_due(task: Task, to_day: date, basis: str) -> Amended:
    """The task with a later due date, as an agreed extension sets it."""
    return _amended(task, replace(task, due=to_day, due_text=to_day.isoformat()), "due", basis)


def compose_amendment_notice(amended: Amended, desk: str) -> str:
    """What the liaisons of the units concerned are told."""
    task, change = amended.after, amended.amendment
    named = task_words(task.code, task.title)
    if change.field == "halted":
        if task.halted:
            return f"{named}：已中止，依据：{change.basis}。中止期间不要求报送。"
        return f"{named}：已恢复，依据：{change.basis}。请继续按月报送。"
    return (
        f"{named}：{NAMES[change.field]}由“{change.old}”变更为“{change.new}”，"
        f"依据：{change.basis}。\n有疑问请联系{desk}。"
    )


def compose_amended(done: Sequence[Amended], told: Sequence[str]) -> str:
    """The office's receipt."""
    codes = code_list(one.after.code for one in done)
    change = done[0].amendment
    if change.field == "halted":
        lines = [f"{'已中止' if done[0].after.halted else '已恢复'}{len(done)}项：{codes}。"]
    else:
        lines = [f"已变更{len(done)}项：{codes}，{NAMES[change.field]}改为“{change.new}”。"]
    if told:
        lines.append(f"已通知：{'、'.join(dict.fromkeys(told))}。")
    return "\n".join(lines)


def units_concerned(amended: Amended) -> tuple[str, ...]:
    """The units to be told: the leads before and after, and supports that came or went."""
    if amended.amendment.field in _NOTES:
        return ()
    before, after = amended.before, amended.after
    moved = set(before.supports) ^ set(after.supports)
    return tuple(dict.fromkeys((*before.leads, *after.leads, *sorted(moved))))


def _halted(task: Task, verb: str, rest: str) -> Amended:
    words, basis = split_basis(rest)
    basis = basis or words
    if not basis:
        raise AnswerRefused(f"请写明依据，如“{_example(verb)}”。")
    halting = verb == "中止"
    if halting == bool(task.halted):
        state = "已经中止" if halting else "没有中止"
        raise AnswerRefused(f"{code_list((task.code,))}{state}。")
    return _amended(task, replace(task, halted=basis if halting else ""), "halted", basis)


def _changed(task: Task, rest: str, scene: Scene) -> Amended:
    named = _FIELD.match(rest)
    if named is None:
        raise AnswerRefused(f"请写明变更什么，如“{_example('变更')}”。")
    value, basis = split_basis(rest[named.end() :])
    if not value or not basis:
        raise AnswerRefused(f"请写明改成什么和依据，如“{_example('变更')}”。")
    field = _FIELDS.get(named[1], "milestones")
    if field == "milestones":
        after = _with_milestone(task, _QUARTERS.get(named[1], named[1]), value)
    else:
        after = _with(task, field, value, scene)
    if after == task:
        raise AnswerRefused(f"{code_list((task.code,))}的{NAMES[field]}本来就是“{value}”。")
    if not after.leads:
        raise AnswerRefused("牵头单位不能为空。")
    return _amended(task, after, field, basis)


def _with(task: Task, field: str, value: str, scene: Scene) -> Task:
    match field:
        case "due":
            due = read_due_day(value, scene.now, scene.calendar)
            if due is None:
                raise AnswerRefused(f"“{value}”读不出日期，请写如“2026年12月31日”。")
            return replace(task, due=due, due_text=value)
        case "leads":
            leads = _units(value, scene.directory)
            rest = tuple(unit for unit in task.supports if unit not in leads)
            return replace(task, leads=leads, supports=rest)
        case "supports":
            supports = _units(value, scene.directory)
            return replace(task, supports=tuple(u for u in supports if u not in task.leads))
        case "leader":
            return replace(task, leader=_leader(value, scene.directory))
        case "title":
            return replace(task, title=value)
        case _:
            return _with_note(task, field, value)


def _with_note(task: Task, field: str, value: str) -> Task:
    match field:
        case "source":
            return replace(task, source=_known(source_of(value), value, TaskSource))
        case "horizon":
            return replace(task, horizon=_known(horizon_of(value), value, Horizon))
        case "programmes":
            named = tuple(filter(None, re.split(r"[、，,；;\s]+", value)))
            return replace(task, programmes=named)
        case "department":
            return replace(task, department=value)
        case _:
            return replace(task, handler=value)


def _known(found: T | None, value: str, offered: Iterable[T]) -> T:
    if found is None:
        raise AnswerRefused(f"没有“{value}”这一类；可写：{'、'.join(map(str, offered))}。")
    return found


def _with_milestone(task: Task, period: str, value: str) -> Task:
    """The task with what it should have reached by a quarter or month (目标到季、计划到月)."""
    others = [stone for stone in task.milestones if stone.period != period]
    return replace(task, milestones=(*others, Milestone(period=period, text=value)))


def _units(value: str, directory: Directory) -> tuple[str, ...]:
    """Full names of the units a text lists; an unknown one is refused, never guessed."""
    full = {name: unit.name for unit in directory.units for name in (unit.name, *unit.aliases)}
    written = [part.strip() for part in re.split(r"[、，,；;\s]+", value) if part.strip()]
    unknown = [name for name in written if name not in full]
    if unknown:
        raise AnswerRefused(f"单位名录中没有“{'、'.join(unknown)}”，请写全称或已登记的简称。")
    return tuple(dict.fromkeys(full[name] for name in written))


def _leader(value: str, directory: Directory) -> str:
    known = [leader.name for leader in directory.leaders]
    if value not in known:
        raise AnswerRefused(f"通讯录里没有领导“{value}”；已有：{'、'.join(known) or '无'}。")
    return value


def _amended(before: Task, after: Task, field: str, basis: str) -> Amended:
    amendment = Amendment(
        task=before.code,
        field=field,
        old=_words(before, field),
        new=_words(after, field),
        basis=basis,
    )
    return Amended(before=before, after=after, amendment=amendment)


def _words(task: Task, field: str) -> str:
    match field:
        case "due":
            return full_day_words(task.due) if task.due else task.due_text or "无"
        case "leads":
            return _listed(task.leads)
        case "supports":
            return _listed(task.supports)
        case "leader":
            return task.leader or "无"
        case "halted":
            return "已中止" if task.halted else "在办"
        case "programmes":
            return _listed(task.programmes)
        case "milestones":
            return "；".join(f"{one.period} {one.text}" for one in task.milestones) or "无"
        case _:
            return str(getattr(task, field) or "无")


def _listed(names: Iterable[str]) -> str:
    return "、".join(names) or "无"


def _example(verb: str) -> str:
    examples = {
        "变更": "变更 12 完成时限 2026年12月31日 依据县政府常务会议纪要3号",
        "中止": "中止 12 依据县政府常务会议纪要3号",
        "恢复": "恢复 12 依据县政府常务会议纪要5号",
    }
    return examples[verb]
