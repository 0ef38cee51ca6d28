"""What a second import changes, task by task, so that reports stay with their tasks."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from reporting.task import Task

_SIMILAR = (
    72.0  # of 100: a reworded target passes (26个→28个), another task of the section does not
)
_SAME_CODE = 45.0  # under the same code less likeness is enough
_FIELDS = (
    ("title", "任务"),
    ("section", "部分"),
    ("kind", "类别"),
    ("leads", "牵头单位"),
    ("supports", "配合单位"),
    ("leader", "责任领导"),
    ("due", "完成时限"),
    ("milestones", "节点"),
    ("source", "来源"),
    ("programmes", "专项"),
    ("horizon", "期限类型"),
    ("department", "责任科室"),
    ("handler", "经办人"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChange:
    """One field of a task, `name` as the office calls it, before and after in words."""

    name: str
    old: str
    new: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskChange:
    """One task in both versions; unchanged when code and fields agree."""

    old: Task
    new: Task
    fields: tuple[FieldChange, ...] = ()

    @property
    def renumbered(self) -> bool:
        """Whether the task goes by another code now."""
        return self.old.code != self.new.code


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanChange:
    """How a new version differs: `kept` pairs every task that lives on, changed or not."""

    added: tuple[Task, ...] = ()
    removed: tuple[Task, ...] = ()
    kept: tuple[TaskChange, ...] = ()

    @property
    def changed(self) -> tuple[TaskChange, ...]:
        """The tasks whose fields differ."""
        return tuple(change for change in self.kept if change.fields)

    @property
    def renumbered(self) -> tuple[TaskChange, ...]:
        """The tasks that go by another code."""
        return tuple(change for change in self.kept if change.renumbered)

    @property
    def codes(self) -> dict[str, str]:
        """For each old code of a task that lives on its new one: reports follow it."""
        return {change.old.code: change.new.code for change in self.kept}

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed or self.renumbered)


def compare_plans(old: Sequence[Task], new: Sequence[Task]) -> PlanChange:
    """Pair the tasks by title, then by code, then by likeness of title; name what differs."""
    pairs: dict[int, int] = {}
    for key in (_place_and_title, _title, _code):
        _pair(old, new, pairs, key)
    _pair_similar(old, new, pairs)
    kept = tuple(
        TaskChange(old=old[at], new=new[pairs[at]], fields=_differences(old[at], new[pairs[at]]))
        for at in sorted(pairs, key=lambda at: pairs[at])
    )
    taken = set(pairs.values())
    return PlanChange(
        added=tuple(task for at, task in enumerate(new) if at not in taken),
        removed=tuple(task for at, task in enumerate(old) if at not in pairs),
        kept=kept,
    )


def carry_over(new: Task, held: Task, stated: Task | None) -> Task:
    """A task of a new table with what the office changed in force since the last one.

    `stated` is the task as the last table stated it: where the new one says the same, the change
    holds; where it says something else, the table does.
    """
    if stated is None:
        return replace(new, halted=held.halted)
    kept = {
        field: getattr(held, field)
        for field, _ in _FIELDS
        if getattr(stated, field) == getattr(new, field)
    }
    if "due" in kept:
        kept["due_text"] = held.due_text
    return replace(new, halted=held.halted, **kept)


def describe_change(change: PlanChange) -> tuple[str, ...]:
    """The change in Chinese, one line for each task; one line when nothing differs."""
    lines = [f"新增 {_named(task)}" for task in change.added]
    lines += [f"删除 {_named(task)}" for task in change.removed]
    for kept in change.kept:
        if kept.renumbered:
            lines.append(f"改号 {kept.old.code} → {kept.new.code}“{kept.new.title}”")
        lines += [
            f"修改 {kept.new.code} {field.name}：{field.old or '无'} → {field.new or '无'}"
            for field in kept.fields
        ]
    return tuple(lines) or ("与现有分解表没有差别",)


def _named(task: Task) -> str:
    return f"{task.code}“{task.title}”（{'、'.join(task.leads) or '无牵头单位'}）"


def _place_and_title(task: Task) -> object:
    return (task.section, task.title)


def _title(task: Task) -> object:
    return task.title


def _code(task: Task) -> object:
    return task.code


def _alike(old: Task, new: Task) -> bool:
    return old.title == new.title or fuzz.ratio(old.title, new.title) >= _SAME_CODE


def _pair(
    old: Sequence[Task],
    new: Sequence[Task],
    pairs: dict[int, int],
    key: Callable[[Task], object],
) -> None:
    """Pair what has the same key and is still free, the same code first where several have it."""
    taken = set(pairs.values())
    index: dict[object, list[int]] = {}
    for n, task in enumerate(new):
        index.setdefault(key(task), []).append(n)
    for at, task in enumerate(old):
        same = [n for n in index.get(key(task), []) if n not in taken and _alike(task, new[n])]
        if at not in pairs and same:
            best = min(same, key=lambda n: (new[n].code != task.code, n))
            pairs[at] = best
            taken.add(best)


def _pair_similar(old: Sequence[Task], new: Sequence[Task], pairs: dict[int, int]) -> None:
    """Pair what is left by likeness of title, the most alike first, within the same lead unit."""
    taken = set(pairs.values())
    scored = sorted(
        (
            (-fuzz.ratio(task.title, other.title), at, n)
            for at, task in enumerate(old)
            if at not in pairs
            for n, other in enumerate(new)
            if n not in taken and set(task.leads) & set(other.leads)
        ),
    )
    for score, at, n in scored:
        if -score >= _SIMILAR and at not in pairs and n not in taken:
            pairs[at] = n
            taken.add(n)


def _differences(old: Task, new: Task) -> tuple[FieldChange, ...]:
    found = []
    for field, name in _FIELDS:
        before, after = _words(old, field), _words(new, field)
        if before != after:
            found.append(FieldChange(name=name, old=before, new=after))
    return tuple(found)


def _words(task: Task, field: str) -> str:
    match field:
        case "leads" | "supports" | "programmes":
            return "、".join(getattr(task, field))
        case "due":
            return task.due.isoformat() if task.due else task.due_text
        case "milestones":
            return "；".join(f"{stone.period} {stone.text}" for stone in task.milestones)
        case _:
            return str(getattr(task, field) or "")
