"""Importing a decomposition table: the next version of the office's plan, reports kept."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from reporting.office import PlannedTask
from reporting.plan import NewVersion, Plan
from reporting.plan_change import PlanChange, carry_over, compare_plans, describe_change
from reporting.repositories import UnitOfWork
from reporting.round import RoundRules

DEFAULT_CUTOFF_DAY = 25


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What an import did: `version` counts from 1; `change` says in words what is new."""

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
    await work.registry.touch(office_id)
    await work.audit.note(
        office_id, "operator", "plan_imported", f"version:{version}", {"source": source}
    )
    return Imported(office_id=office_id, version=version, change=change, described=described)


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
