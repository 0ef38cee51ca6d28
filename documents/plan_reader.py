"""Reads a decomposition table, whatever its shape, into a plan."""

from dataclasses import dataclass, replace
from pathlib import Path

from documents.column_content import Known
from documents.directory_reader import directory_of, merge_directories
from documents.draft import Drafts
from documents.opening import open_page
from documents.page import Page, Problem
from documents.plan_checks import check_numbering, check_totals, has_totals
from documents.plan_facts import Facts, read_facts
from documents.prose import read_prose
from documents.resolving import Resolved, resolve_drafts
from documents.task_table import read_tables
from documents.unit_names import known_units
from reporting.errors import PlanRefused
from reporting.liaison import Leader
from reporting.plan import Directory, Plan
from reporting.unit import Unit

__all__ = ["PlanReading", "Problem", "read_plan"]

_TASK_LIMIT = 5000


_NO_DIRECTORY = Directory()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanReading:
    """A plan as read; with problems it is imported only when the office insists."""

    plan: Plan
    problems: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()


def read_plan(
    path: Path,
    *,
    directory: Directory = _NO_DIRECTORY,
    office: str = "",
    year: int | None = None,
) -> PlanReading:
    """Read an xlsx, docx, txt or csv file; PlanRefused when it cannot be read as a plan at all.

    `directory` is what the office knows already; the file's own lists are added to it. `year` is
    taken, with a warning, where the file names none.
    """
    page = open_page(path)
    directory = directory_of(page, directory)
    known = Known(
        book=known_units(directory.units),
        leaders=frozenset(leader.name for leader in directory.leaders),
    )
    drafts = _drafts(page, known, path.name)
    facts = read_facts(drafts.remarks, name=path.stem, texts=[d.due for d in drafts.tasks])
    undated = () if facts.year else _undated(year)
    facts = replace(facts, year=facts.year or year or 1, office=office or facts.office)
    resolved = resolve_drafts(drafts.tasks, known, facts.year or 1)
    return PlanReading(
        plan=_plan(facts, resolved, directory),
        problems=(
            *page.problems,
            *(undated if year is None else ()),
            *_problems(drafts, facts),
            *resolved.problems,
        ),
        warnings=(
            *(undated if year is not None else ()),
            *resolved.warnings,
            *_unit_warnings(directory, resolved),
        ),
    )


def _undated(year: int | None) -> tuple[Problem, ...]:
    text = "没有写明年份，请在标题中写上，如“2026年重点任务分解表”。"
    return (
        Problem(place="标题", text=text if year is None else f"没有写明年份，按 {year} 年导入。"),
    )


def _drafts(page: Page, known: Known, name: str) -> Drafts:
    drafts = read_tables(page, known)
    if not drafts.tasks:
        prose = read_prose(page)
        drafts = prose if prose.tasks else drafts
    if not drafts.tasks:
        raise PlanRefused(
            (
                f"{name}：没有找到任务。表格请有“任务”和“责任单位”两列；"
                "文字请每项编号，并写明牵头单位。",
            )
        )
    if len(drafts.tasks) > _TASK_LIMIT:
        raise PlanRefused((f"{name}：任务超过 {_TASK_LIMIT} 项，请分成几份导入。",))
    return drafts


def _problems(drafts: Drafts, facts: Facts) -> tuple[Problem, ...]:
    return (
        *drafts.problems,
        *check_totals(drafts, facts.totals),
        *check_numbering(drafts.tasks, totals=has_totals(drafts, facts.totals)),
    )


def _plan(facts: Facts, resolved: Resolved, directory: Directory) -> Plan:
    return Plan(
        title=facts.title,
        year=facts.year or 1,
        tasks=resolved.tasks,
        office=facts.office,
        document_number=facts.document_number,
        issued_on=facts.issued_on,
        cutoff_day=facts.cutoff_day,
        directory=_whole_directory(directory, resolved),
    )


def _whole_directory(directory: Directory, resolved: Resolved) -> Directory:
    """The directory with the units and leaders that only the tasks name."""
    leaders = dict.fromkeys(task.leader for task in resolved.tasks if task.leader)
    named = Directory(
        units=tuple(Unit(name=name) for name in resolved.new_units),
        leaders=tuple(Leader(name=name) for name in leaders if name),
    )
    return merge_directories([directory, named])


def _unit_warnings(directory: Directory, resolved: Resolved) -> tuple[Problem, ...]:
    if directory.units or not resolved.new_units:
        return ()
    text = (
        "没有单位名录，按表中写法新建单位："
        + "、".join(resolved.new_units)
        + "。若同一单位有几种写法，请提供单位简称表。"
    )
    return (Problem(place="单位名录", text=text),)
