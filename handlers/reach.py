"""Who was not reached is not late (送达才算数): marked before leaders read of it."""

from collections.abc import Mapping
from dataclasses import replace

from reporting.ledger import TaskState
from reporting.repositories import UnitOfWork
from reporting.round import Round


async def with_reach(
    work: UnitOfWork, office_id: int, month: Round, states: Mapping[str, TaskState]
) -> Mapping[str, TaskState]:
    """The states with those marked whose unit nobody could reach in this round."""
    reached = await work.reach.reached_units(office_id, month.opens_at)
    return {
        code: replace(state, unreached=state.accountable not in reached)
        for code, state in states.items()
    }
