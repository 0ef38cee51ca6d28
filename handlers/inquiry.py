"""Asking the ledger: only the states handed in can be told, so the asker's scope holds."""

from collections.abc import Mapping, Sequence

from reporting.history import asks_for_history, compose_history
from reporting.inquiry import read_inquiry, task_named
from reporting.inquiry_answer import answer_inquiry
from reporting.ledger import TaskState
from reporting.office import OpenPlan
from reporting.records import Waiting
from reporting.repositories import UnitOfWork
from reporting.status import Assessment


async def ask_ledger(
    work: UnitOfWork, plan: OpenPlan, waiting: Waiting, states: Sequence[TaskState]
) -> str:
    """The answer to a question about these tasks; empty where the message asks none."""
    text = waiting.message.text
    code = task_named(text, states) if asks_for_history(text) else None
    if code in {state.task.code for state in states}:
        await note_seen(work, plan, waiting, {"topic": "history", "task": code})
        return await tell_history(work, plan, code or "")
    units = await work.plans.units(plan.office.id)
    inquiry = read_inquiry(text, states, units)
    if inquiry is None:
        return ""
    assessment = Assessment(as_of=work.now, calendar=plan.office.calendar)
    details = {"topic": inquiry.topic.value, "unit": inquiry.unit, "task": inquiry.task}
    await note_seen(work, plan, waiting, details)
    return answer_inquiry(inquiry, states, assessment)


async def note_seen(
    work: UnitOfWork, plan: OpenPlan, waiting: Waiting, details: Mapping[str, object]
) -> None:
    """Whoever asked has seen what the ledger says of it."""
    actor = f"account:{waiting.channel}:{waiting.message.sender_id}"
    await work.audit.note(plan.office.id, actor, "ledger_asked", f"plan:{plan.id}", details)


async def tell_history(work: UnitOfWork, plan: OpenPlan, code: str) -> str:
    """Every report and change of one task."""
    planned = plan.tasks[code]
    filed = await work.amendments.reports_of(planned.id)
    return compose_history(planned.task, filed, await work.amendments.of_task(planned.id))
