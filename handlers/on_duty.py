"""Who is asked today: the office's people, where they can be written to, who is away."""

from collections.abc import Sequence

from reporting.calendar import OFFICE_ZONE
from reporting.office import Account
from reporting.on_duty import DutyRoster
from reporting.repositories import UnitOfWork


async def open_roster(work: UnitOfWork, office_id: int) -> DutyRoster:
    """The office's people as they are on this day."""
    today = work.now.astimezone(OFFICE_ZONE).date()
    return DutyRoster(
        people=await work.people.liaisons(office_id),
        accounts=first_accounts(await work.people.accounts(office_id)),
        leaves={one.liaison_id: one for one in await work.leaves.on(office_id, today)},
    )


def first_accounts(accounts: Sequence[Account]) -> dict[int, Account]:
    """One account for each liaison: who is on both platforms is asked once."""
    chosen: dict[int, Account] = {}
    for account in accounts:
        chosen.setdefault(account.liaison_id, account)
    return chosen
