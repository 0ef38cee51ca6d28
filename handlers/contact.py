"""How every liaison of an office stands in a round, from the ledger and the platforms' word."""

from collections.abc import Sequence

from handlers.on_duty import open_roster
from reporting.contact import Contact, Evidence, contact_state
from reporting.ledger import TaskState
from reporting.liaison import Rung
from reporting.repositories import UnitOfWork
from reporting.round import Round


async def find_contacts(
    work: UnitOfWork, office_id: int, month: Round, states: Sequence[TaskState]
) -> tuple[Contact, ...]:
    """Everybody who is asked today, and liaisons whom nobody could write to."""
    roster = await open_roster(work, office_id)
    reachable = await work.reach.reached(office_id, month.opens_at)
    arrived = await work.reach.arrivals(office_id, month.opens_at)
    answering = await work.questions.waiting(office_id)
    sent = await work.claims.reminders_since(office_id, month.opens_at)
    asked = {person.liaison_id: units for person, units in roster.asked()}
    by_unit: dict[str | None, list[TaskState]] = {}
    for one in states:
        by_unit.setdefault(one.accountable, []).append(one)
    found = []
    for person in roster.people:
        number, own = person.liaison_id, person.liaison
        is_missed = own.duty is Rung.LIAISON and number not in roster.accounts
        if number not in asked and not is_missed:
            continue
        units = asked.get(number, own.units)
        evidence = Evidence(
            reachable=number in reachable,
            arrived=arrived.get(number),
            answering=number in answering,
        )
        state = contact_state([s for u in units for s in by_unit.get(u, ())], evidence)
        found.append(
            Contact(
                key=own.key,
                name=own.name,
                units=units,
                phone=own.phone,
                state=state,
                sent=sent.get(number, 0),
            )
        )
    return tuple(found)
