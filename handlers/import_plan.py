"""Importing a decomposition table: the next version of the office's plan, reports kept."""

from dataclasses import dataclass

from reporting.plan import Plan
from reporting.plan_change import PlanChange, compare_plans, describe_change
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
    change = compare_plans([one.task for one in old.values()], plan.tasks)
    described = describe_change(change)
    version = await work.registry.version(office_id, plan.year)
    if version == 0 or change:
        kept = {one.new.code: old[one.old.code].id for one in change.kept}
        version = await work.registry.save_plan(
            office_id, plan, kept, change=described, source=source
        )
    await work.registry.touch(office_id)
    await work.audit.note(
        office_id, "operator", "plan_imported", f"version:{version}", {"source": source}
    )
    return Imported(office_id=office_id, version=version, change=change, described=described)


async def _ensure_office(work: UnitOfWork, plan: Plan, name: str) -> int:
    """The office's id; a new one takes its cutoff day from the plan's own words."""
    found = await work.registry.find(name)
    if found is not None:
        return found
    rules = RoundRules(cutoff_day=plan.cutoff_day or DEFAULT_CUTOFF_DAY)
    return await work.registry.save_office(name, rules, "")
