"""The office enters a liaison's leave; he and who stands in for him are told."""

from handlers.leave import end_leave, keep_leave, leave_of
from handlers.notice import tell_liaison
from handlers.review import Bench
from reporting.calendar import OFFICE_ZONE
from reporting.leave import Leave
from reporting.office import Correspondent
from reporting.office_leave import (
    compose_ended_notice,
    compose_entered_notice,
    compose_order_ended,
    compose_order_kept,
    read_leave_order,
)
from reporting.repositories import UnitOfWork

_HINT = "，请换人，或先登记到通讯录"


async def order_leave(bench: Bench, words: str, by: str) -> str:
    """The receipt for a leave entered or ended; empty where the words tell of none."""
    work, office_id = bench.work, bench.plan.office.id
    people = {one.liaison.key: one for one in await work.people.liaisons(office_id)}
    units = await work.plans.units(office_id)
    today = work.now.astimezone(OFFICE_ZONE).date()
    order = read_leave_order(words, [one.liaison for one in people.values()], units, today)
    if order is None:
        return ""
    person = people[order.key]
    return await enter_leave(work, person, await leave_of(work, person, order.absence, _HINT), by)


async def enter_leave(work: UnitOfWork, person: Correspondent, leave: Leave | None, by: str) -> str:
    """Keep a liaison's leave, or end what there is (None), and tell him; the office's receipt."""
    if leave is None:
        ended = await end_leave(work, person, by)
        if ended:
            await tell_liaison(work, person, "leave-entered", compose_ended_notice())
        return compose_order_ended(person.liaison, ended)
    stand_ins = await keep_leave(work, person, leave, by)
    await tell_liaison(work, person, "leave-entered", compose_entered_notice(leave, stand_ins))
    return compose_order_kept(person.liaison, leave, stand_ins)
