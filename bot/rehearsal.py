"""The rehearsal (预演): the same rules over the present ledger, nothing sent and nothing kept."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from handlers.clock import strike
from handlers.plan_shelf import PlanShelf
from reporting.briefing import briefing_moment
from reporting.calendar import OFFICE_ZONE
from reporting.messages import OutgoingKind
from reporting.office import Office
from reporting.round import Round, open_round, round_after
from storage.unit_of_work import Store

# By which rule a message goes out stands in its key.
RULES = (
    ("reminder:", "截止前提醒"),
    ("escalation:", "逾期逐级提醒"),
    ("draft:", "配合单位反馈汇总"),
    ("round-notice:", "开轮报送通知"),
    ("sign:", "签收提醒"),
    ("office-view:", "截止后督查室全部事项"),
    ("preview:", "摘要发出前送审"),
    ("preview-waits:", "摘要待审提醒"),
    ("briefing:", "开轮前告知督查室"),
    ("digest:", "截止后群内摘要"),
    ("portfolio:", "截止后分管摘要"),
)
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
        this = open_round(year, month, office.rules, office.calendar)
        for moment in timetable(office, this):
            work = work_at(moment)
            await strike(work, office, shelf)
            rehearsed += [
                Rehearsed(
                    at=moment,
                    channel=written.channel,
                    to=written.target,
                    kind=written.kind,
                    rule=rule_of(written.key),
                    text=written.text,
                )
                for written in await work.outbox.written_at_once(office_id)
                if _belongs(written.key, moment, this)
            ]
            # Whoever is written to is taken to be reached: else no ladder would go on.
            await work.outbox.deliver_at_once(office_id)
    return rehearsed


def timetable(office: Office, this: Round) -> list[datetime]:
    """When the clock may have something to do for a round: the morning before it opens, those of
    its working days, and the cutoff.
    """
    rules, calendar = office.rules, office.calendar
    day, moments = this.opens_at.date(), [this.cutoff_at, briefing_moment(this, rules, calendar)]
    while day < round_after(this, rules, calendar).opens_at.date():
        if calendar.is_working_day(day):
            moments.append(datetime.combine(day, rules.remind_at, OFFICE_ZONE))
        day += timedelta(days=1)
    return sorted(set(moments))


def _belongs(key: str, moment: datetime, this: Round) -> bool:
    """Whether a message is this month's: of those before it opens only what is about it."""
    return moment >= this.opens_at or key.startswith("briefing:")


def rule_of(key: str) -> str:
    """The rule behind a message, in words, with its step where it has several."""
    rule = next((words for prefix, words in RULES if key.startswith(prefix)), "通知")
    parts = key.split(":")
    step = {"reminder": parts[-1], "escalation": parts[2]}.get(parts[0]) if parts[2:] else None
    return f"{rule}（{step}）" if step else rule
