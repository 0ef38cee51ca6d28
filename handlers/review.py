"""The office decides about reports; the liaison is told, with the reason."""

from collections.abc import Mapping
from dataclasses import dataclass

from handlers.conversation import desk_of
from handlers.notice import Notice, tell_unit
from reporting.ledger import TaskState
from reporting.office import OpenPlan
from reporting.repositories import UnitOfWork
from reporting.review import (
    Reviewed,
    ReviewOrder,
    Verdict,
    compose_review_notice,
    is_told,
    require_reviewable,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """Where the office decides: its plan, the round, and how the tasks stand, by code.

    `message_id` is the message that orders; None where it was no message (the command line).
    """

    work: UnitOfWork
    plan: OpenPlan
    round_id: int
    states: Mapping[str, TaskState]
    message_id: int | None = None


async def review(bench: Bench, order: ReviewOrder, by: str) -> Reviewed:
    """Carry a decision out, or raise AnswerRefused; each task has its own line in the audit."""
    work, ids = bench.work, {code: bench.plan.tasks[code].id for code in order.tasks}
    await work.reports.lock(list(ids.values()))
    latest = await work.reviews.latest(list(ids.values()))
    accepted = [code for code, key in ids.items() if latest.get(key) is Verdict.ACCEPTED]
    require_reviewable(order, bench.states, accepted)
    told: list[str] = []
    untold: list[str] = []
    for code, task_id in ids.items():
        kept = await work.reviews.keep(bench.round_id, task_id, order.verdict, by, order.words)
        details = {"verdict": order.verdict.value, "words": order.words, "review": kept}
        await work.audit.note(
            bench.plan.office.id, by, "report_reviewed", f"task:{task_id}", details
        )
        if is_told(order.verdict):
            names = await _tell(bench, order, (code, kept))
            told += names
            untold += [] if names else [code]
    return Reviewed(order=order, told=tuple(told), untold=tuple(untold))


async def _tell(bench: Bench, order: ReviewOrder, about: tuple[str, int]) -> tuple[str, ...]:
    """Write to the liaisons of the accountable unit; their names."""
    code, review_id = about
    state, office = bench.states[code], bench.plan.office
    notice = Notice(
        key=f"review:{review_id}",
        unit=state.accountable,
        text=compose_review_notice(order, state, desk_of(office).words),
        about=code,
    )
    return await tell_unit(bench.work, office.id, notice)
