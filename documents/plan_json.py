"""A reading as plain data for `--json`: names in full, dates ISO."""

from documents.page import Problem
from documents.plan_reader import PlanReading
from reporting.liaison import Liaison
from reporting.plan import Plan
from reporting.task import Task


def plan_as_json(reading: PlanReading) -> dict[str, object]:
    """The plan, its tasks, units, liaisons and warnings, ready for `json.dumps`."""
    plan = reading.plan
    return {
        "plan": _plan(plan),
        "tasks": [_task(task) for task in plan.tasks],
        "units": [
            {"name": unit.name, "aliases": list(unit.aliases)} for unit in plan.directory.units
        ],
        "liaisons": [_liaison(liaison) for liaison in plan.directory.liaisons],
        "warnings": [_problem(problem) for problem in reading.warnings],
    }


def _plan(plan: Plan) -> dict[str, object]:
    return {
        "title": plan.title,
        "year": plan.year,
        "office": plan.office,
        "document_number": plan.document_number,
        "issued_on": plan.issued_on.isoformat() if plan.issued_on else None,
        "cutoff_day": plan.cutoff_day,
        "leaders": [
            {"name": leader.name, "title": leader.title} for leader in plan.directory.leaders
        ],
    }


def _task(task: Task) -> dict[str, object]:
    return {
        "code": task.code,
        "section": task.section,
        "title": task.title,
        "kind": task.kind.value if task.kind else None,
        "leads": list(task.leads),
        "supports": list(task.supports),
        "leader": task.leader,
        "due": task.due.isoformat() if task.due else None,
    }


def _liaison(liaison: Liaison) -> dict[str, object]:
    return {
        "id": liaison.key,
        "name": liaison.name,
        "units": list(liaison.units),
        "post": liaison.post,
        "phone": liaison.phone,
        "wecom": liaison.wecom,
        "dingtalk": liaison.dingtalk,
    }


def _problem(problem: Problem) -> str:
    return str(problem)
