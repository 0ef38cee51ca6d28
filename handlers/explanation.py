"""Asked why a report stands under a task, the bot shows the words and the evidence."""

from collections.abc import Mapping

from handlers.inquiry import note_seen
from reporting.explanation import compose_explanation, compose_unseen, read_why
from reporting.ledger import TaskState
from reporting.office import OpenPlan
from reporting.records import Waiting
from reporting.repositories import UnitOfWork


async def explain_record(
    work: UnitOfWork,
    plan: OpenPlan,
    round_id: int,
    states: Mapping[str, TaskState],
    waiting: Waiting,
) -> str:
    """Why a task's report of this round was kept there; empty where the text does not ask."""
    code = read_why(waiting.message.text, list(states.values()))
    if code is None:
        return ""
    if code not in states:
        return compose_unseen(code)
    planned = plan.tasks[code]
    await note_seen(work, plan, waiting, {"topic": "why", "task": code})
    return compose_explanation(planned.task, await work.reports.counting(round_id, planned.id))
