"""Reading a decomposition table for the ledger: what the table leaves unsaid is inferred."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from documents.kind_inference import infer_kind
from documents.plan_reader import PlanReading, read_plan
from reporting.plan import Directory, Plan


def read_for_import(path: Path, *, office: str, directory: Directory, now: datetime) -> PlanReading:
    """The table as read; a file that names no year is taken for this one.

    Raises PlanRefused when it cannot be read as a plan at all.
    """
    return read_plan(path, directory=directory, office=office, year=now.year)


def with_kinds(plan: Plan) -> Plan:
    """The plan with a kind for every task: where the table is silent, by title and section."""
    tasks = tuple(
        replace(task, kind=task.kind or infer_kind(task.title, task.section)) for task in plan.tasks
    )
    return replace(plan, tasks=tasks)
