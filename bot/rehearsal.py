"""The rehearsal (预演): the same rules over the present ledger, nothing sent and nothing kept."""

from dataclasses import dataclass
from datetime import UTC, datetime

from handlers.clock import strike
from handlers.plan_shelf import PlanShelf
from reporting.messages import OutgoingKind
from reporting.office import Office
from reporting.reminders import ladder
from reporting.round import open_round
from storage.unit_of_work import Store

CUTOFF_RULE = "截止后群内摘要"
# Looking an office up needs no moment.
EARLIEST = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsed:
    """One message that would be sent: when, on which channel, to whom, by which rule."""

    at: datetime
    channel: str
    to: str
    kind: OutgoingKind
    rule: str
    text: str

    def as_json(self) -> dict[str, str]:
        """The message for other programs."""
        return {
            "at": self.at.isoformat(),
            "channel": self.channel,
            "to": self.to,
            "kind": self.kind.value,
            "rule": self.rule,
            "text": self.text,
        }


async def rehearse_month(store: Store, office_id: int, year: int, month: int) -> list[Rehearsed]:
    """Everything the clock would send in a month, as the ledger stands now.

    Raises UserMistake when the office's rules allow no such round.
    """
    rehearsed: list[Rehearsed] = []
    async with store.rehearsal() as work_at:
        shelf = PlanShelf()
        office = await work_at(EARLIEST).plans.office(office_id)
        for moment, rule in timetable(office, year, month):
            work = work_at(moment)
            await strike(work, office, shelf)
            rehearsed += [
                Rehearsed(
                    at=moment,
                    channel=written.channel,
                    to=written.target,
                    kind=written.kind,
                    rule=rule,
                    text=written.text,
                )
                for written in await work.outbox.written_at_once(office_id)
            ]
    return rehearsed


def timetable(office: Office, year: int, month: int) -> list[tuple[datetime, str]]:
    """When the clock has something to do for an office in a month, and by which rule."""
    this = open_round(year, month, office.rules, office.calendar)
    steps = [
        (moment, f"截止前{step.days_before}个工作日提醒（{step.name}）")
        for step, moment in ladder(this, office.rules, office.calendar)
    ]
    return [*steps, (this.cutoff_at, CUTOFF_RULE)]
