"""The office changes a task in force, suspends it or takes it up again; the units are told."""

from handlers.conversation import desk_of
from handlers.notice import Notice, tell_unit
from handlers.review import Bench
from reporting.amendment import (
    Amended,
    Scene,
    compose_amended,
    compose_amendment_notice,
    read_amendment,
    units_concerned,
)


async def amend(bench: Bench, words: str, by: str) -> str:
    """Carry out an order to change tasks; empty where the words are none."""
    work, office = bench.work, bench.plan.office
    directory = await work.registry.directory(office.id)
    scene = Scene(directory=directory, now=work.now, calendar=office.calendar)
    tasks = {code: planned.task for code, planned in bench.plan.tasks.items()}
    done = read_amendment(words, tasks, scene)
    told: list[str] = []
    for amended in done:
        told += await _apply(bench, amended, by)
    if not done:
        return ""
    await work.registry.touch(office.id)
    return compose_amended(done, told)


async def _apply(bench: Bench, amended: Amended, by: str) -> tuple[str, ...]:
    """Write one change and tell everybody it concerns once; their names."""
    work, office = bench.work, bench.plan.office
    task_id, change = bench.plan.tasks[amended.before.code].id, amended.amendment
    await work.reports.lock([task_id])
    kept = await work.amendments.apply(task_id, amended, by)
    details = {
        "field": change.field,
        "old": change.old,
        "new": change.new,
        "basis": change.basis,
        "amendment": kept,
    }
    await work.audit.note(office.id, by, "task_amended", f"task:{task_id}", details)
    told: list[str] = []
    for unit in units_concerned(amended):
        notice = Notice(
            key=f"amendment:{kept}",
            unit=unit,
            text=compose_amendment_notice(amended, desk_of(office).words),
            about=amended.after.code,
        )
        told += await tell_unit(work, office.id, notice)
    return tuple(told)
