"""Leave: a liaison says when he is away and who stands in; reminders and questions follow."""

from collections.abc import Sequence

from handlers.conversation import answer, desk_of
from handlers.on_duty import open_roster
from reporting.calendar import OFFICE_ZONE
from reporting.errors import AnswerRefused
from reporting.leave import (
    Absence,
    Leave,
    compose_leave_ended,
    compose_leave_kept,
    compose_stand_in_notice,
    read_absence,
)
from reporting.liaison import Rung
from reporting.messages import Address, AddressKind, OutgoingKind, OutgoingMessage
from reporting.office import Correspondent
from reporting.on_duty import DutyRoster
from reporting.records import Waiting
from reporting.repositories import UnitOfWork


async def take_absence(work: UnitOfWork, waiting: Waiting, person: Correspondent) -> bool:
    """Keep what a message says of its sender's leave and answer it; False if it says nothing."""
    today = work.now.astimezone(OFFICE_ZONE).date()
    try:
        absence = read_absence(waiting.message.text, today)
        if absence is None:
            return False
        told = await _settle(work, person, absence)
    except AnswerRefused as refused:
        told = str(refused)
    await answer(work, waiting, told)
    return True


async def keep_leave(
    work: UnitOfWork, person: Correspondent, leave: Leave, made_by: str
) -> tuple[str, ...]:
    """Keep a leave and tell whoever stands in; their names."""
    kept = await work.leaves.keep(person.office_id, leave, made_by)
    details = {"starts": leave.starts.isoformat(), "ends": leave.ends.isoformat()}
    subject = f"liaison:{person.liaison_id}"
    await work.audit.note(person.office_id, made_by, "leave_kept", subject, details)
    roster = await open_roster(work, person.office_id)
    stand_ins = stand_ins_of(roster, person, leave)
    for one in stand_ins:
        account = roster.accounts.get(one.liaison_id)
        if account is None:
            continue
        message = OutgoingMessage(
            key=f"leave:{kept}:{one.liaison_id}",
            kind=OutgoingKind.NOTICE,
            address=Address(
                channel=account.channel, kind=AddressKind.PERSON, target=account.user_id
            ),
            text=compose_stand_in_notice(person.liaison.name, person.liaison.units, leave),
        )
        await work.outbox.write(person.office_id, message, about=())
    return tuple(one.liaison.name for one in stand_ins)


async def end_leave(work: UnitOfWork, person: Correspondent, made_by: str) -> int:
    """Call off a liaison's leaves from today on; how many there were."""
    ended = await work.leaves.end(person.liaison_id, work.now.astimezone(OFFICE_ZONE).date())
    if ended:
        subject = f"liaison:{person.liaison_id}"
        await work.audit.note(person.office_id, made_by, "leave_ended", subject, {})
    return ended


def stand_ins_of(
    roster: DutyRoster, person: Correspondent, leave: Leave
) -> tuple[Correspondent, ...]:
    """Who is asked during a leave: the one named, else the deputies of his units."""
    if leave.stand_in is not None:
        return tuple(one for one in roster.people if one.liaison_id == leave.stand_in)
    deputies = (one for u in person.liaison.units for one in roster.on_rung(u, Rung.DEPUTY))
    others = {one.liaison_id: one for one in deputies if one.liaison_id != person.liaison_id}
    return tuple(others.values())


async def leave_of(
    work: UnitOfWork, person: Correspondent, absence: Absence, hint: str
) -> Leave | None:
    """The leave a message tells of, None where it ends; AnswerRefused, with the hint what to do
    instead, where the stand-in named is not one person.
    """
    if absence.starts is None or absence.ends is None:
        return None
    stand_in = await _named(work, person, absence.stand_in, hint) if absence.stand_in else None
    return Leave(
        liaison_id=person.liaison_id,
        starts=absence.starts,
        ends=absence.ends,
        stand_in=stand_in.liaison_id if stand_in else None,
    )


async def _settle(work: UnitOfWork, person: Correspondent, absence: Absence) -> str:
    actor = f"liaison:{person.liaison_id}"
    desk = desk_of(await work.plans.office(person.office_id)).words
    leave = await leave_of(work, person, absence, f"，请换人，或联系{desk}登记后再发一次")
    if leave is None:
        return compose_leave_ended(await end_leave(work, person, actor))
    return compose_leave_kept(leave, await keep_leave(work, person, leave, actor))


async def _named(work: UnitOfWork, person: Correspondent, name: str, hint: str) -> Correspondent:
    """The stand-in of this name, of his own unit before others; AnswerRefused if it is not one."""
    people = await work.people.liaisons(person.office_id)
    others = [p for p in people if p.liaison_id != person.liaison_id]
    found: Sequence[Correspondent] = [p for p in others if p.liaison.name == name]
    own = [p for p in found if set(p.liaison.units) & set(person.liaison.units)]
    chosen = own or found
    if len(chosen) == 1:
        return chosen[0]
    why = f"通讯录里没有“{name}”" if not chosen else f"有{len(chosen)}位“{name}”"
    raise AnswerRefused(f"休假没有登记：{why}{hint}。")
