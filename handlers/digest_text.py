"""The texts of the digests, each figure counted from the ledger as it stands."""

from collections.abc import Sequence

from handlers.conversation import task_states
from handlers.reach import with_reach
from reporting.by_source import source_section
from reporting.calendar import OFFICE_ZONE
from reporting.concern import compose_open_concerns, concern_section
from reporting.digest import compose_digest, digest_text
from reporting.ledger import TaskState
from reporting.office import OpenPlan
from reporting.overview import MonthCount, office_text, quarter_text, take_overview
from reporting.preview import DigestKind
from reporting.repositories import UnitOfWork
from reporting.round import Round, round_before
from reporting.status import Assessment


async def reached_states(
    work: UnitOfWork, plan: OpenPlan, month: Round, round_id: int
) -> Sequence[TaskState]:
    """How every task of the plan stands in a round, with who could not be reached."""
    states = await task_states(work, round_id, month, list(plan.tasks.values()))
    return list((await with_reach(work, plan.office.id, month, states)).values())


async def text_of(
    kind: DigestKind, work: UnitOfWork, plan: OpenPlan, month: Round, round_id: int
) -> str:
    """The digest of this kind for the leadership groups."""
    states = await reached_states(work, plan, month, round_id)
    if kind is DigestKind.QUARTER:
        text = await _quarter(work, plan, month, states)
    else:
        text = digest_text(compose_digest(plan.office.name, month, states, as_of=work.now))
    concerns = await work.concerns.all_open(plan.office.id)
    today = work.now.astimezone(OFFICE_ZONE).date()
    more = concern_section(concerns, today, plan.office.calendar)
    return "\n".join((text, *_by_source(plan, states), *more))


async def office_view(work: UnitOfWork, plan: OpenPlan, month: Round, round_id: int) -> str:
    """Everything, for the office itself."""
    office = plan.office
    states = await reached_states(work, plan, month, round_id)
    overview = take_overview(states, Assessment(as_of=work.now, calendar=office.calendar))
    concerns = await work.concerns.all_open(office.id)
    today = work.now.astimezone(OFFICE_ZONE).date()
    text = office_text(office.name, month, overview)
    text = "\n".join((text, *_by_source(plan, states)))
    return f"{text}\n\n■ {compose_open_concerns(concerns, today, office.calendar)}"


def _by_source(plan: OpenPlan, states: Sequence[TaskState]) -> list[str]:
    return source_section(states) if plan.office.policy.digest_by_source else []


async def _quarter(
    work: UnitOfWork, plan: OpenPlan, month: Round, states: Sequence[TaskState]
) -> str:
    office = plan.office
    months, this = [_count(month, states)], month
    for _ in range(2):
        this = round_before(this, office.rules, office.calendar)
        opened = await work.rounds.kept(office.id, this)
        if opened is not None:
            # A quarter's first months may have been kept under the plan of the year before.
            past = await task_states(work, opened.id, this, await work.plans.tasks(opened.plan_id))
            months.insert(0, _count(this, list(past.values())))
    closed = await work.concerns.closed_since(office.id, this.opens_at)
    overview = take_overview(states, Assessment(as_of=work.now, calendar=office.calendar))
    return quarter_text(office.name, month, overview, months, closed)


def _count(month: Round, states: Sequence[TaskState]) -> MonthCount:
    expected = [state for state in states if state.is_expected]
    missing = sum(state.is_outstanding for state in expected)
    return MonthCount(month=month.month, expected=len(expected), reported=len(expected) - missing)
