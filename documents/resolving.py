"""Drafts become tasks: codes made unique, units resolved, dates read; each doubt has its place."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from documents.column_content import Known, kind_of
from documents.draft import Draft
from documents.due_text import is_undated, read_due
from documents.heading import section_of
from documents.page import Problem, plain
from documents.unit_cell import FoundUnit, resolve
from reporting.duty import horizon_of, source_of
from reporting.task import Task

_POSTS = re.compile(
    r"(?:县|区|市|州)?(?:委)?(?:常委|副书记|书记|常务副|副)?(?:[县区市州]长|主任|主席|党组成员|常委|书记|领导)[、,，:：]?"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """The tasks, the units that no directory knows, and what was doubtful."""

    tasks: tuple[Task, ...]
    new_units: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()


def resolve_drafts(drafts: Sequence[Draft], known: Known, year: int) -> Resolved:
    """The tasks of the drafts, in order."""
    numbered, warnings = number(drafts)
    problems: list[Problem] = []
    new_units: dict[str, str] = {}
    tasks = []
    for draft in numbered:
        found = _units(draft, known)
        problems.extend(_unit_problems(draft, found, known))
        warnings.extend(_unit_warnings(draft, found))
        for unit in (*found[0], *found[1]):
            if not known.book or not unit.names:
                new_units.update(dict.fromkeys(unit.names or _raw(unit), draft.place))
        task, doubts = _task(draft, found, known, year)
        tasks.append(task)
        warnings.extend(doubts)
    return Resolved(
        tasks=tuple(tasks),
        new_units=tuple(new_units),
        problems=tuple(problems),
        warnings=tuple(warnings),
    )


def number(drafts: Sequence[Draft]) -> tuple[tuple[Draft, ...], list[Problem]]:
    """Give every draft a code of its own; numbers that begin anew per section get its number."""
    drafts = _merged(drafts)
    if drafts and not any(draft.code for draft in drafts):
        first = Problem(place=drafts[0].place, text="表中没有编号，已按顺序编为 1、2、3…")
        return tuple(replace(d, code=str(n)) for n, d in enumerate(drafts, 1)), [first]
    warnings = []
    counts = Counter(draft.code for draft in drafts if draft.code)
    if any(count > 1 for count in counts.values()) and _restarts(drafts):
        drafts = tuple(replace(draft, code=_prefixed(draft)) for draft in drafts)
        warnings.append(
            Problem(
                place=drafts[0].place,
                text=f"各部分编号重新起算，已加上部分序号，如“{drafts[0].code}”。",
            )
        )
    return _unique(drafts, warnings), warnings


def _merged(drafts: Sequence[Draft]) -> tuple[Draft, ...]:
    """Rows of one merged task (same code, same title) are one task with all their units."""
    result: list[Draft] = []
    for draft in drafts:
        last = result[-1] if result else None
        if (
            last
            and draft.code
            and (last.code, last.title, last.path) == (draft.code, draft.title, draft.path)
        ):
            result[-1] = replace(
                last,
                duties=last.duties + draft.duties,
                due=draft.due or last.due,
            )
        else:
            result.append(draft)
    return tuple(result)


def _restarts(drafts: Sequence[Draft]) -> bool:
    """Whether no code repeats within one section."""
    keys = Counter((draft.path, draft.code) for draft in drafts if draft.code)
    return all(count == 1 for count in keys.values())


def _prefixed(draft: Draft) -> str:
    heading = draft.path[-1] if draft.path else None
    if heading is None or heading.ordinal is None or not draft.code:
        return draft.code
    bracketed = re.match(r"[(（][一二三四五六七八九十]{1,3}[)）]", heading.text)
    return f"{bracketed[0]}{draft.code}" if bracketed else f"{heading.ordinal}-{draft.code}"


def _unique(drafts: Iterable[Draft], warnings: list[Problem]) -> tuple[Draft, ...]:
    drafts = tuple(drafts)
    counts = Counter(draft.code for draft in drafts)
    used: Counter[str] = Counter()
    result = []
    for at, draft in enumerate(drafts, 1):
        code = draft.code
        used[code] += 1
        if not code or counts[code] > 1:
            code = f"{code}-{used[code]}" if code else _free(at, counts)
            why = f"编号“{draft.code}”不止一处" if draft.code else "没有编号"
            warnings.append(Problem(place=draft.place, text=f"{why}，已编为“{code}”，请核对。"))
        result.append(replace(draft, code=code))
    return tuple(result)


def _free(at: int, taken: Counter[str]) -> str:
    return str(at) if str(at) not in taken else f"增{at}"


Found = tuple[tuple[FoundUnit, ...], tuple[FoundUnit, ...]]


def _units(draft: Draft, known: Known) -> Found:
    """Leads and supports; where no part is said, the first named leads (责任单位排第一位的)."""
    duties = draft.duties
    unsaid = resolve(duties.units, known.book)
    leads = resolve(duties.leads, known.book)
    supports = resolve(duties.supports, known.book)
    if unsaid and not leads:
        return unsaid[:1], unsaid[1:] + supports
    return leads, unsaid + supports


def _unit_problems(draft: Draft, found: Found, known: Known) -> tuple[Problem, ...]:
    problems = []
    if not found[0]:
        problems.append(
            Problem(place=draft.place, text=f"任务 {draft.code} 没有牵头单位，请补上后再导入。")
        )
    for unit in (*found[0], *found[1]) if known.book else ():
        if not unit.names and not unit.vague:
            text = (
                f"任务 {draft.code} 的单位“{unit.written}”不在单位名录中，"
                "请改用全称，或在“单位简称”表中补上这个简称。"
            )
            problems.append(Problem(place=draft.place, text=text))
        elif len(unit.names) > 1 and not unit.written.startswith("各"):
            text = (
                f"任务 {draft.code} 的单位“{unit.written}”可能是{'、'.join(unit.names)}，"
                "请写明是哪一个。"
            )
            problems.append(Problem(place=draft.place, text=text))
    return tuple(problems)


def _unit_warnings(draft: Draft, found: Found) -> tuple[Problem, ...]:
    return tuple(
        Problem(
            place=draft.place,
            text=f"任务 {draft.code} 的“{unit.written}”不是具体单位，未列入责任单位。",
        )
        for unit in (*found[0], *found[1])
        if unit.vague
    )


def _raw(unit: FoundUnit) -> tuple[str, ...]:
    return () if unit.vague else (unit.written,)


def _names(found: Iterable[FoundUnit]) -> tuple[str, ...]:
    names: list[str] = []
    for unit in found:
        ambiguous = len(unit.names) > 1 and not unit.written.startswith("各")
        names.extend(_raw(unit) if ambiguous or not unit.names else unit.names)
    return tuple(dict.fromkeys(names))


def _task(draft: Draft, found: Found, known: Known, year: int) -> tuple[Task, tuple[Problem, ...]]:
    leads = _names(found[0])
    due = read_due(draft.due, year)
    leader, doubts = _leader(draft, known)
    if draft.due and due is None and not is_undated(draft.due):
        text = f"任务 {draft.code} 的完成时限“{draft.due}”读不出日期，按没有日期导入。"
        doubts += (Problem(place=draft.place, text=text),)
    task = Task(
        code=draft.code,
        title=draft.title,
        section=section_of(draft.path),
        kind=kind_of(draft.kind),
        leads=leads,
        supports=tuple(name for name in _names(found[1]) if name not in leads),
        leader=leader,
        due=due,
        due_text=draft.due,
        milestones=draft.milestones,
        source=source_of(draft.source),
        programmes=tuple(filter(None, re.split(r"[、，,；;\s]+", draft.programmes))),
        horizon=horizon_of(draft.horizon),
        department=draft.department,
        handler=draft.handler,
    )
    return task, doubts


def _leader(draft: Draft, known: Known) -> tuple[str | None, tuple[Problem, ...]]:
    text = plain(draft.leader)
    if not text or re.fullmatch(r"[-—/无]+", text):
        return None, ()
    listed = sorted((name for name in known.leaders if name in text), key=text.index)
    names = listed or [name for name in re.split(r"[、,;/]", _POSTS.sub("、", text)) if name]
    if not names:
        return draft.leader, ()
    if len(names) > 1:
        warning = f"任务 {draft.code} 有多位责任领导（{'、'.join(names)}），以排第一位的为准。"
        return names[0], (Problem(place=draft.place, text=warning),)
    return names[0], ()
