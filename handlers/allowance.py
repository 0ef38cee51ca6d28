"""The month's budget: what we send a liaison of our own accord is counted, once a step."""

from collections.abc import Set
from dataclasses import dataclass

from reporting.guards import is_within_budget
from reporting.office import Correspondent, Office, OpenPlan
from reporting.repositories import UnitOfWork
from reporting.round import Round


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowance:
    """What may still be sent; `sent` is how many messages came due for each liaison this month."""

    work: UnitOfWork
    office: Office
    month: Round
    round_id: int
    sent: dict[int, int]
    claimed: Set[tuple[int, str]]

    async def take(self, person: Correspondent, step: str) -> bool:
        """Whether this step for this person is ours to send, and within his budget."""
        liaison_id = person.liaison_id
        # The clock strikes every minute: what was seen to before is not claimed again and again.
        if (liaison_id, step) in self.claimed:
            return False
        if not await self.work.claims.reminder(self.office.id, self.round_id, liaison_id, step):
            return False
        sent = self.sent.get(liaison_id, 0)
        self.sent[liaison_id] = sent + 1
        if is_within_budget(sent, self.office.policy):
            return True
        await self._hold_back(person, step)
        return False

    async def _hold_back(self, person: Correspondent, step: str) -> None:
        """Over the month's budget nothing is sent; that it was not is on record."""
        details = {
            "round": self.month.key,
            "step": step,
            "budget": self.office.policy.reminder_budget,
        }
        subject = f"liaison:{person.liaison_id}"
        await self.work.audit.note(self.office.id, "clock", "reminder_held_back", subject, details)


async def open_allowance(
    work: UnitOfWork, plan: OpenPlan, month: Round, round_id: int
) -> Allowance:
    """The budget as the month has left it; `month` is the one it is now, `round_id` any round."""
    sent = await work.claims.reminders_since(plan.office.id, month.opens_at)
    claimed = await work.claims.reminded(round_id)
    return Allowance(
        work=work,
        office=plan.office,
        month=month,
        round_id=round_id,
        sent=dict(sent),
        claimed=claimed,
    )
