"""The office decides about the digests it was shown: out, wait, with a note, once more."""

from collections.abc import Sequence

from handlers.digest_release import release
from handlers.digest_text import office_view, text_of
from handlers.plan_shelf import PlanShelf
from handlers.review import Bench
from reporting.office import OpenPlan
from reporting.preview import DigestOrder, DigestVerb, Preview, read_digest_order, with_note
from reporting.round import Round, open_round, round_of

_OVERVIEW = frozenset({"总览", "全部进展", "全部事项"})


async def order_digest(bench: Bench, words: str, by: str) -> str:
    """Carry out an order about a digest, or show the full view; empty where the words are none."""
    if words.strip().rstrip("。?？") in _OVERVIEW:
        subject, office_id = f"plan:{bench.plan.id}", bench.plan.office.id
        await bench.work.audit.note(office_id, by, "ledger_asked", subject, {"topic": "overview"})
        return await _overview(bench)
    order = read_digest_order(words)
    if order is None:
        return ""
    waiting = await bench.work.previews.waiting(bench.plan.office.id)
    if not waiting:
        return "没有待审的摘要。"
    match order.verb:
        case DigestVerb.RELEASE:
            return await _release(bench, waiting, by)
        case DigestVerb.HOLD:
            return await _hold(bench, waiting, by)
        case DigestVerb.REVISE | DigestVerb.SHOW:
            return await _show(bench, waiting, order, by)


async def _overview(bench: Bench) -> str:
    office = bench.plan.office
    month = round_of(bench.work.now, office.rules, office.calendar)
    return await office_view(bench.work, bench.plan, month, bench.round_id)


async def _release(bench: Bench, waiting: Sequence[Preview], by: str) -> str:
    sent = 0
    for preview in waiting:
        this, plan = (_round(bench, preview), preview.round_id), await _plan(bench, preview)
        sent += await release(bench.work, plan, this, preview.kind, (preview.text, by))
        await bench.work.previews.release(preview.id, by)
        await _note(bench, preview, "digest_approved", by)
    return f"已发出：{_names(waiting)}，共{sent}处。"


async def _hold(bench: Bench, waiting: Sequence[Preview], by: str) -> str:
    for preview in waiting:
        await bench.work.previews.hold(preview.id, by)
        await _note(bench, preview, "digest_held", by)
    return f"已缓发：{_names(waiting)}；需要发出时回复“同意”。"


async def _show(bench: Bench, waiting: Sequence[Preview], order: DigestOrder, by: str) -> str:
    """Count anew with the note; what is shown now is what an approval sends."""
    shown = []
    for preview in waiting:
        note = order.words or preview.note
        plan = await _plan(bench, preview)
        fresh = await text_of(
            preview.kind, bench.work, plan, _round(bench, preview), preview.round_id
        )
        text = with_note(fresh, note)
        await bench.work.previews.revise(preview.id, text, note)
        await _note(bench, preview, "digest_revised", by)
        shown.append(text)
    return "\n\n".join((f"已重排{_names(waiting)}，回复“同意”发出：", *shown))


async def _plan(bench: Bench, preview: Preview) -> OpenPlan:
    """The plan the digest counts: not the new year's that may be in force by now."""
    if preview.plan_id == bench.plan.id:
        return bench.plan
    return await PlanShelf().of_round(bench.work, bench.plan.office, preview.plan_id)


def _round(bench: Bench, preview: Preview) -> Round:
    office = bench.plan.office
    return open_round(preview.year, preview.month, office.rules, office.calendar)


def _names(waiting: Sequence[Preview]) -> str:
    return "、".join(preview.name for preview in waiting)


async def _note(bench: Bench, preview: Preview, action: str, by: str) -> None:
    details = {"kind": preview.kind.value, "preview": preview.id}
    subject = f"round:{preview.round_id}"
    await bench.work.audit.note(bench.plan.office.id, by, action, subject, details)
