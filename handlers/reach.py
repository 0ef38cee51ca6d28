"""Who was not reached is not late (送达才算数): marked before leaders read of it."""

from collections.abc import Mapping, Set
from dataclasses import replace

from handlers.on_duty import open_roster
from reporting.ledger import TaskState
from reporting.repositories import UnitOfWork
from reporting.round import Round


async def with_reach(
    work: UnitOfWork, office_id: int, month: Round, states: Mapping[str, TaskState]
) -> Mapping[str, TaskState]:
    """The states with those marked whose unit nobody could reach in this round."""
    reached = await reached_units(work, office_id, month)
    return {
        code: replace(state, unreached=state.accountable not in reached)
        for code, state in states.items()
    }


async def reached_units(work: UnitOfWork, office_id: int, month: Round) -> Set[str]:
    """The units of which somebody who is asked today can be reached."""
    reached = await work.reach.reached(office_id, month.opens_at)
    roster = await open_roster(work, office_id)
    return {unit for one, units in roster.asked() if one.liaison_id in reached for unit in units}
