"""Importing a decomposition table: the next version of the office's plan, reports kept."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from reporting.continuation import compose_carried, continued_tasks
from reporting.office import PlannedTask
from reporting.plan import NewVersion, Plan
from reporting.plan_change import PlanChange, carry_over, compare_plans, describe_change
from reporting.repositories import UnitOfWork
from reporting.round import RoundRules

DEFAULT_CUTOFF_DAY = 25


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What an import did: `version` counts from 1; `described` says in words what is new.

    Of a year's first version: what becomes of the short names of the last year's tasks.
    """

    office_id: int
    version: int
    change: PlanChange
    described: tuple[str, ...]


async def import_plan(work: UnitOfWork, plan: Plan, *, office: str, source: str) -> Imported:
    """Write the plan as the office's next version; a task that goes on keeps its reports.

    The same table again makes no new version; units and people are brought up to date either way.
    """
    office_id = await _ensure_office(work, plan, office)
    await work.registry.save_directory(office_id, plan.directory)
    old = {one.task.code: one for one in await work.registry.open_tasks(office_id, plan.year)}
    stated = plan.tasks
    plan = await _carried_over(work, office_id, plan, old)
    change = compare_plans([one.task for one in old.values()], plan.tasks)
    described = describe_change(change)
    version = await work.registry.version(office_id, plan.year)
    if version == 0 or change:
        kept = {one.new.code: old[one.old.code].id for one in change.kept}
        new = NewVersion(plan=plan, stated=stated, change=described, source=source)
        version = await work.registry.save_plan(office_id, new, kept)
    if version == 1 and not old:
        described = await _take_up(work, office_id, plan.year)
    await work.registry.touch(office_id)
    await work.audit.note(
        office_id, "operator", "plan_imported", f"version:{version}", {"source": source}
    )
    return Imported(office_id=office_id, version=version, change=change, described=described)


async def _take_up(work: UnitOfWork, office_id: int, year: int) -> tuple[str, ...]:
    """Short names of last year's tasks hold for those that go on; a line for each name."""
    try:
        before = await work.plans.tasks((await work.plans.plan(office_id, year - 1))[0])
    except LookupError:
        return ()
    after = await work.registry.open_tasks(office_id, year)
    codes = continued_tasks([one.task for one in before], [one.task for one in after])
    then, now = ({one.task.code: one.id for one in tasks} for tasks in (before, after))
    await work.aliases.carry(office_id, {then[old]: now[new] for old, new in codes.items()})
    lines = compose_carried(await work.aliases.of(list(then.values())), codes)
    details = {"year": year, "aliases": list(lines)}
    await work.audit.note(office_id, "operator", "aliases_carried", f"plan:{year}", details)
    return lines


async def _carried_over(
    work: UnitOfWork, office_id: int, plan: Plan, old: Mapping[str, PlannedTask]
) -> Plan:
    """The plan with what was changed in force, where the table says what it said before."""
    stated = await work.registry.stated(office_id, plan.year)
    pairs = {
        one.new.code: one.old
        for one in compare_plans([one.task for one in old.values()], plan.tasks).kept
    }
    tasks = tuple(
        carry_over(task, pairs[task.code], stated.get(pairs[task.code].code))
        if task.code in pairs
        else task
        for task in plan.tasks
    )
    return replace(plan, tasks=tasks)


async def _ensure_office(work: UnitOfWork, plan: Plan, name: str) -> int:
    """The office's id; a new one takes its cutoff day from the plan's own words."""
    found = await work.registry.find(name)
    if found is not None:
        return found
    rules = RoundRules(cutoff_day=plan.cutoff_day or DEFAULT_CUTOFF_DAY)
    return await work.registry.save_office(name, rules, "")
