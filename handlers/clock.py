"""The clock strikes: what one office's rounds have due now, each thing once."""

from dataclasses import dataclass

from handlers.briefing import brief_when_due
from handlers.digest import post_due_digests, post_missed_digests
from handlers.escalation import escalate
from handlers.merged_draft import send_due_drafts
from handlers.plan_shelf import PlanShelf
from handlers.reminder import remind
from handlers.signing import announce_when_due
from reporting.office import Office
from reporting.reminders import due_step
from reporting.repositories import UnitOfWork
from reporting.round import round_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Struck:
    """What one strike of the clock did: people reminded, units without anybody, digests posted,
    messages to the next rung, leads given what their supporting units said.
    """

    reminded: int = 0
    unreachable: int = 0
    posted: int = 0
    escalated: int = 0
    drafted: int = 0


async def strike(work: UnitOfWork, office: Office, shelf: PlanShelf) -> Struck:
    """Send what is due for one office now: reminders, and after the cutoff the digest."""
    month = round_of(work.now, office.rules, office.calendar)
    try:
        plan = await shelf.open(work, office, month.year)
    except LookupError:
        return Struck()
    opened = await work.rounds.ensure(office.id, plan.id, month)
    drafted = await send_due_drafts(work, plan, month, opened.id)
    posted = await post_due_digests(work, plan, month, opened)
    posted += await post_missed_digests(work, office, month, shelf)
    escalated = await escalate(work, plan, month, opened)
    told = await announce_when_due(work, plan, (month, opened.id))
    posted += await brief_when_due(work, plan, month)
    step = due_step(work.now, month, office.rules, office.calendar)
    reminded = unreachable = 0
    if step is not None:
        reminded, unreachable = await remind(work, plan, (month, opened.id), step)
    return Struck(
        reminded=reminded + told,
        unreachable=unreachable,
        posted=posted,
        escalated=escalated,
        drafted=drafted,
    )
