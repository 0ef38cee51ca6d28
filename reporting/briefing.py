"""What the office reads before a round opens: whom to ring first, and what the month will cost."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from reporting.calendar import OFFICE_ZONE, WorkCalendar
from reporting.contact import Contact, ContactState
from reporting.reminders import ladder
from reporting.round import Round, RoundRules
from reporting.wording import day_words, moment_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Briefing:
    """A round about to open: `owing` are who will be asked, `vacant` units without a liaison.

    `away` says who will be away, `steps` how many reminders each person gets at most.
    """

    round: Round
    tasks: int
    owing: tuple[Contact, ...]
    vacant: tuple[str, ...]
    away: tuple[str, ...]
    steps: int
    budget: int | None

    @property
    def to_ring(self) -> tuple[Contact, ...]:
        """Whom no message would reach."""
        return tuple(one for one in self.owing if one.state is ContactState.UNREACHED)

    @property
    def cost(self) -> int:
        """How many reminders the month costs if nobody reports before them."""
        return (len(self.owing) - len(self.to_ring)) * self.steps


def briefing_moment(this_round: Round, rules: RoundRules, calendar: WorkCalendar) -> datetime:
    """The morning of the last working day before a round opens."""
    day = calendar.add_working_days(this_round.opens_at.date(), -1)
    return datetime.combine(day, rules.remind_at, OFFICE_ZONE)


def steps_each(
    this_round: Round, rules: RoundRules, calendar: WorkCalendar, budget: int | None
) -> int:
    """How many reminders one person gets at most before the cutoff."""
    steps = len(ladder(this_round, rules, calendar))
    return steps if budget is None else min(steps, budget)


def compose_briefing(briefing: Briefing) -> str:
    """The message to the office."""
    this = briefing.round
    lines = [
        f"【{this.label}报送前提示】{day_words(this.opens_at.date())}开始，"
        f"{moment_words(this.cutoff_at)}截止。",
        f"应报{briefing.tasks}项，联络员{len(briefing.owing)}人。",
    ]
    lines += _listed("消息送不到、请先打电话", [one.words for one in briefing.to_ring])
    lines += _listed("没有联络员的单位", briefing.vacant)
    lines += _listed("休假", briefing.away)
    if len(lines) == 2:
        lines.append("全部联系得上，无需打电话。")
    limit = f"，上限每人{briefing.budget}条" if briefing.budget is not None else ""
    lines.append(
        f"截止前提醒最多{briefing.cost}条（每人至多{briefing.steps}条{limit}），报了即停。"
    )
    return "\n".join(lines)


def _listed(heading: str, lines: Sequence[str]) -> list[str]:
    return [f"{heading}（{len(lines)}）：", *lines] if lines else []
