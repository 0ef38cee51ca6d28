"""Writing what a reply says into the ledger, with its receipt in the same transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from handlers.ahead import marked_doubts, round_meant
from handlers.closing import SUPERSEDED, close_question
from handlers.concern import note_concerns
from handlers.conversation import Conversation, desk_of
from handlers.follow_up import follow_up_on
from handlers.instruction import answer_instructions
from handlers.lateness import days_late, late_words
from reporting.ahead import AHEAD, ahead_words
from reporting.asking import asked_before, compose_asked_before
from reporting.card import compose_card
from reporting.receipt import Receipt, compose_question, compose_receipt
from reporting.records import NewReport
from reporting.steps import step
from reporting.supplement import SUPPLEMENT, supplemented, supplements
from reporting.understanding.dialogue.answer import pose
from reporting.understanding.outcome import Doubt, Item


async def record(
    conversation: Conversation,
    items: Sequence[Item],
    doubts: Sequence[Doubt] = (),
    *,
    notes: Sequence[str] = (),
) -> str:
    """Write the items, remember the doubts as one question, and answer with one receipt.

    `notes` are lines for the receipt: what else the message did. The outcome's name.
    """
    items, doubts = tuple(items), marked_doubts(conversation, doubts)
    owed = None if conversation.is_ahead else conversation.owed
    conversation, told = await round_meant(conversation, items)
    kept = tuple(_whole(conversation, item) for item in items)
    with step("record"):
        late = await _write(conversation, kept)
    await answer_instructions(conversation, items)
    await note_concerns(conversation, items)
    again = await _asked_before(conversation, doubts)
    question = () if again else await _remember_question(conversation, doubts)
    receipt = Receipt(
        items=kept,
        owed=_still_owed(conversation, owed, items),
        corrected=frozenset(
            item.task for item in items if conversation.states[item.task].reported_at is not None
        ),
        question=pose(question) if question else None,
        late=bool(late),
        ahead=ahead_words(conversation.month) if conversation.is_ahead else "",
        notes=(*notes, *told, *late_words(late), *([again] if again else [])),
        # One question for each message: what is in doubt comes before what is implausible.
        follow_up="" if question else await follow_up_on(conversation, items),
    )
    text = compose_receipt(receipt, conversation.titles)
    liaison_id, message_id = conversation.correspondent.liaison_id, conversation.waiting.id
    files = await conversation.work.attachments.adopt(liaison_id, message_id)
    text += f"\n已附上您发来的文件{files}个。" if files else ""
    await conversation.reply(text, about=[item.task for item in items])
    return "record_asked_before" if again else "record"


def _whole(conversation: Conversation, item: Item) -> Item:
    """The item with what its own unit reported this month before and it does not speak of."""
    state = conversation.states[item.task]
    before = state.facts if state.unit in conversation.units else None
    if before is None or not supplements(item.facts, before):
        return item
    facts = supplemented(item.facts, before)
    return replace(item, facts=facts, evidence=(*item.evidence, SUPPLEMENT))


def _still_owed(
    conversation: Conversation, owed: Sequence[str] | None, items: Sequence[Item]
) -> tuple[str, ...] | None:
    """What of this month is owed after the items; None where only a later round is known."""
    if owed is None or conversation.is_ahead:
        return owed if owed is None else tuple(owed)
    recorded = {item.task for item in items if _by_lead(conversation, item.task)}
    return tuple(code for code in owed if code not in recorded)


async def ask(conversation: Conversation, doubts: Sequence[Doubt]) -> str:
    """Write nothing; ask one question that covers every doubt, unless it was asked. The outcome."""
    doubts = marked_doubts(conversation, doubts)
    again = await _asked_before(conversation, doubts)
    if again:
        await conversation.reply(again)
        return "asked_before"
    question = pose(await _remember_question(conversation, doubts))
    message, titles = conversation.waiting, conversation.titles
    card = compose_card(question, titles, message.id, message.message.key)
    await conversation.reply(compose_question(question, titles), card=card)
    return "ask"


async def _asked_before(conversation: Conversation, doubts: Sequence[Doubt]) -> str:
    """What to say instead of the same question again; empty where it is a new one."""
    if not doubts:
        return ""
    recent = await conversation.work.questions.recent(conversation.correspondent.liaison_id)
    question = asked_before(doubts, recent)
    if question is None:
        return ""
    return compose_asked_before(question, conversation.titles, desk_of(conversation.office))


async def _remember_question(
    conversation: Conversation, doubts: Sequence[Doubt]
) -> tuple[Doubt, ...]:
    """Keep a question until it is answered; an older one of the sender is superseded."""
    if doubts:
        work, office_id = conversation.work, conversation.office.id
        liaison_id = conversation.correspondent.liaison_id
        older = await work.questions.open_for(liaison_id)
        if older is not None:
            await close_question(work, office_id, older, SUPERSEDED)
        await work.questions.ask(office_id, liaison_id, conversation.waiting.id, doubts)
    return tuple(doubts)


async def _write(conversation: Conversation, items: Sequence[Item]) -> Mapping[int, int]:
    """Write the items; how many working days late, of those that are late."""
    work, message_id = conversation.work, conversation.waiting.id
    ids = [conversation.plan.tasks[item.task].id for item in items]
    await work.reports.lock(ids)
    late = await days_late(conversation, ids)
    for item in items:
        report = _report(conversation, item)
        version = await work.reports.add(
            conversation.round_id, report, message_id, late=report.task_id in late
        )
        details = {"round": conversation.month.key, "version": version, "message": message_id}
        if report.task_id in late:
            details["working_days_late"] = late[report.task_id]
        await work.audit.note(
            conversation.office.id,
            f"liaison:{conversation.correspondent.liaison_id}",
            "report_recorded",
            f"task:{report.task_id}",
            details,
        )
    return late


def _report(conversation: Conversation, item: Item) -> NewReport:
    planned = conversation.plan.tasks[item.task]
    own = [unit for unit in planned.task.units if unit in conversation.units]
    return NewReport(
        task_id=planned.id,
        liaison_id=conversation.correspondent.liaison_id,
        unit=own[0],
        by_lead=_by_lead(conversation, item.task),
        facts=item.facts,
        words=item.words,
        evidence=(*item.evidence, AHEAD) if conversation.is_ahead else item.evidence,
        probability=item.probability,
    )


def _by_lead(conversation: Conversation, code: str) -> bool:
    return bool(set(conversation.plan.tasks[code].task.leads) & set(conversation.units))


def one_item_each(items: Sequence[Item]) -> tuple[Item, ...]:
    """Items of the same task joined: a message says one thing about one task."""
    joined: dict[str, Item] = {}
    for item in items:
        held = joined.get(item.task)
        joined[item.task] = item if held is None else _joined(held, item)
    return tuple(joined.values())


def _joined(first: Item, second: Item) -> Item:
    later = second.facts
    facts = replace(
        first.facts,
        percent=first.facts.percent if later.percent is None else later.percent,
        status=later.status or first.facts.status,
        problem=later.problem or first.facts.problem,
        next_step=later.next_step or first.facts.next_step,
        suggestion=later.suggestion or first.facts.suggestion,
        figures=first.facts.figures + later.figures,
    )
    return replace(
        first,
        facts=facts,
        words=f"{first.words}\n{second.words}",
        probability=min(first.probability, second.probability),
        evidence=first.evidence + second.evidence,
    )
