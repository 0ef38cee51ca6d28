"""The digests: posted when a round's cutoff has passed, at once or after the office's approval."""

from handlers.briefing import people_words
from handlers.concern import propose_meetings
from handlers.digest_release import release
from handlers.digest_text import office_view, reached_states, text_of
from handlers.notice import tell_staff
from handlers.plan_shelf import PlanShelf
from reporting.office import Office, OpenPlan
from reporting.overview import closes_quarter
from reporting.preview import (
    DigestKind,
    compose_overdue,
    compose_preview,
    posting_moment,
)
from reporting.records import OpenedRound
from reporting.reminders import may_remind
from reporting.repositories import UnitOfWork
from reporting.round import Round, round_before


async def post_missed_digests(
    work: UnitOfWork, office: Office, month: Round, shelf: PlanShelf
) -> int:
    """Post the digests of the round before this one, if they were missed, or still wait."""
    before = round_before(month, office.rules, office.calendar)
    missed = await work.rounds.kept(office.id, before)
    if missed is None:
        return 0
    return await post_due_digests(
        work, await shelf.of_round(work, office, missed.plan_id), before, missed
    )


async def post_due_digests(
    work: UnitOfWork, plan: OpenPlan, month: Round, opened: OpenedRound
) -> int:
    """Post a round's digests after its cutoff; how many went out."""
    if work.now < month.cutoff_at or opened.noticed_at > month.cutoff_at:
        return 0
    await _tell_office(work, plan, month, opened)
    kinds = [DigestKind.CUTOFF]
    if plan.office.policy.quarter_digest and closes_quarter(month):
        kinds.append(DigestKind.QUARTER)
    sent = 0
    for kind in kinds:
        if plan.office.policy.preview_digests:
            await _propose(work, plan, month, opened, kind)
        else:
            sent += await release(work, plan, (month, opened.id), kind)
    return sent


async def _tell_office(work: UnitOfWork, plan: OpenPlan, month: Round, opened: OpenedRound) -> None:
    """The office's own full view, and what it should call a meeting about; once in a round."""
    office = plan.office
    if await work.previews.find(opened.id, DigestKind.OFFICE) is not None:
        return
    states = await reached_states(work, plan, month, opened.id)
    await propose_meetings(work, office, states)
    text = await office_view(work, plan, month, opened.id)
    await work.previews.keep(office.id, opened.id, DigestKind.OFFICE, text)
    people = await people_words(work, plan, month, states)
    await tell_staff(work, office.id, f"office-view:{opened.id}", f"{text}\n{people}")


async def _propose(
    work: UnitOfWork, plan: OpenPlan, month: Round, opened: OpenedRound, kind: DigestKind
) -> None:
    """Show the office a digest once; remind it every working day on which it still waits."""
    office = plan.office
    until = posting_moment(month, office.rules, office.calendar)
    preview = await work.previews.find(opened.id, kind)
    if preview is None:
        if await work.previews.is_posted(opened.id, kind):
            return
        text = await text_of(kind, work, plan, month, opened.id)
        await work.previews.keep(office.id, opened.id, kind, text)
        preview = await work.previews.find(opened.id, kind)
        assert preview is not None
        await tell_staff(work, office.id, f"preview:{preview.id}", compose_preview(preview, until))
        return
    waits = not (preview.posted or preview.held) and work.now >= until
    if waits and may_remind(work.now, month, office.rules, office.calendar):
        key = f"preview-waits:{preview.id}:{work.now.date().isoformat()}"
        await tell_staff(work, office.id, key, compose_overdue(preview))
