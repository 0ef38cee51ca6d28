"""Concerns are opened from reports, listed, handed over and closed with a result."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from handlers.conversation import Conversation, desk_of
from handlers.notice import Notice, tell_staff, tell_unit
from handlers.review import Bench
from reporting.calendar import OFFICE_ZONE
from reporting.cause import shared_blockers
from reporting.concern import (
    ANSWERED_WITHIN,
    Assignment,
    Closing,
    ConcernKind,
    NewConcern,
    OpenConcern,
    Opened,
    asks_for_concerns,
    compose_assigned,
    compose_closed,
    compose_concern_notice,
    compose_open_concerns,
    read_assignment,
    read_closing,
    require_known,
)
from reporting.contradiction import Claim, Contradiction, find_contradictions
from reporting.ledger import TaskState
from reporting.office import Office
from reporting.repositories import UnitOfWork
from reporting.understanding.outcome import Item


async def note_concerns(conversation: Conversation, items: Sequence[Item]) -> None:
    """Open what these reports ask help for, and what they say against another unit's word."""
    for item in items:
        for concern in _raised(conversation, item):
            opened = await conversation.work.concerns.open(conversation.office.id, concern)
            if opened is not None:
                await _note(conversation, "concern_opened", opened)
    await _compare_units(conversation, [item.task for item in items])


def _raised(conversation: Conversation, item: Item) -> tuple[NewConcern, ...]:
    task_id = conversation.plan.tasks[item.task].id
    own = [u for u in conversation.plan.tasks[item.task].task.units if u in conversation.units]
    said = (
        (ConcernKind.PROBLEM, item.facts.problem),
        (ConcernKind.SUGGESTION, item.facts.suggestion),
    )
    office = conversation.office
    return tuple(
        NewConcern(
            kind=kind,
            key=f"{kind.value}:{task_id}:{own[0]}",
            # A unit works at its own problem; what it suggests waits for the office.
            owner=own[0] if kind is ConcernKind.PROBLEM else office.name,
            words=words,
            due=answer_day(conversation.work, office),
            task_id=task_id,
            message_id=conversation.waiting.id,
        )
        for kind, words in said
        if words
    )


def answer_day(work: UnitOfWork, office: Office) -> date:
    """The day a concern opened now is to be answered by."""
    today = work.now.astimezone(OFFICE_ZONE).date()
    return office.calendar.add_working_days(today, ANSWERED_WITHIN)


async def _compare_units(conversation: Conversation, codes: Sequence[str]) -> None:
    """What the units of one task say in this round must agree; the office is told where not."""
    work, tasks = conversation.work, conversation.plan.tasks
    shared = {tasks[code].id: code for code in codes if len(tasks[code].task.units) > 1}
    claims: dict[int, list[Claim]] = {}
    for said in await work.reports.by_units(conversation.round_id, list(shared)):
        claim = Claim(unit=said.unit, facts=said.facts, words=said.words)
        claims.setdefault(said.task_id, []).append(claim)
    for task_id, said_of_it in claims.items():
        found = find_contradictions(shared[task_id], said_of_it)
        keys = {_key(task_id, one): one for one in found}
        await work.concerns.settle(f"contradiction:{task_id}:", list(keys), "双方填报已一致")
        for key, one in keys.items():
            await _coordinate(conversation, task_id, key, one)


async def _coordinate(
    conversation: Conversation, task_id: int, key: str, found: Contradiction
) -> None:
    office = conversation.office
    concern = NewConcern(
        kind=ConcernKind.COORDINATION,
        key=key,
        owner=office.name,
        words=found.words,
        due=answer_day(conversation.work, office),
        task_id=task_id,
        message_id=conversation.waiting.id,
    )
    opened = await conversation.work.concerns.open(office.id, concern)
    if opened is not None:
        await _note(conversation, "concern_opened", opened)
        text = f"【需协调】{found.words}\n处理后请回复“办结 {opened.name} 结果……”。"
        await tell_staff(conversation.work, office.id, f"concern:{opened.id}", text)


def _key(task_id: int, found: Contradiction) -> str:
    units = ":".join(sorted((found.first.unit, found.second.unit)))
    return f"contradiction:{task_id}:{found.topic}:{units}"


async def _note(conversation: Conversation, action: str, opened: Opened) -> None:
    actor = f"liaison:{conversation.correspondent.liaison_id}"
    details = {"name": opened.name, "message": conversation.waiting.id}
    subject = f"concern:{opened.id}"
    await conversation.work.audit.note(conversation.office.id, actor, action, subject, details)


async def propose_meetings(work: UnitOfWork, office: Office, states: Sequence[TaskState]) -> None:
    """A blocker that three or more units report is proposed for a joint meeting."""
    for blocker in shared_blockers(states):
        concern = NewConcern(
            kind=ConcernKind.MEETING,
            key=f"meeting:{blocker.cause.value}",
            owner=office.name,
            words=blocker.words,
            due=answer_day(work, office),
            tasks=blocker.tasks,
        )
        opened = await work.concerns.open(office.id, concern)
        if opened is not None:
            details = {
                "name": opened.name,
                "tasks": list(blocker.tasks),
                "units": list(blocker.units),
            }
            subject = f"concern:{opened.id}"
            await work.audit.note(office.id, "clock", "meeting_proposed", subject, details)


async def order_concerns(bench: Bench, words: str, by: str) -> str:
    """List, close or hand over what is open; empty where the words do none of these."""
    work, office = bench.work, bench.plan.office
    if words.strip().rstrip("？?。") == "共性问题":
        return _shared(bench)
    listing, closing = asks_for_concerns(words), read_closing(words)
    units = await work.plans.units(office.id)
    assignment = read_assignment(words, units, (work.now, office.calendar))
    if not (listing or closing or assignment):
        return ""
    known = {one.number: one for one in await work.concerns.all_open(office.id)}
    if closing:
        require_known(closing.numbers, known)
        return await _close(bench, closing, [known[one] for one in closing.numbers], by)
    if assignment:
        require_known(assignment.numbers, known)
        return await _assign(bench, assignment, [known[one] for one in assignment.numbers], by)
    today = work.now.astimezone(OFFICE_ZONE).date()
    return compose_open_concerns(list(known.values()), today, office.calendar)


def _shared(bench: Bench) -> str:
    found = shared_blockers(list(bench.states.values()))
    return "\n".join(one.words for one in found) or "本月没有三个以上单位反映的共性问题。"


async def _close(bench: Bench, closing: Closing, concerns: Sequence[OpenConcern], by: str) -> str:
    work, office = bench.work, bench.plan.office
    await work.concerns.close([one.id for one in concerns], closing.result, by)
    for one in concerns:
        details = {"name": one.name, "result": closing.result, "tasks": list(one.tasks)}
        await work.audit.note(office.id, by, "concern_closed", f"concern:{one.id}", details)
    return compose_closed(concerns, closing.result)


async def _assign(
    bench: Bench, assignment: Assignment, concerns: Sequence[OpenConcern], by: str
) -> str:
    work, office = bench.work, bench.plan.office
    due = assignment.due or answer_day(work, office)
    await work.concerns.assign([one.id for one in concerns], assignment.owner, due)
    moved = [replace(one, owner=assignment.owner, due=due) for one in concerns]
    told: list[str] = []
    for one in moved:
        details = {
            "name": one.name,
            "owner": one.owner,
            "due": due.isoformat(),
            "tasks": list(one.tasks),
        }
        await work.audit.note(office.id, by, "concern_assigned", f"concern:{one.id}", details)
        task = bench.plan.tasks[one.tasks[0]].task if one.tasks[0] in bench.plan.tasks else None
        answers_here = task is not None and one.owner in task.units
        notice = Notice(
            key=f"concern-assigned:{one.id}:{due.isoformat()}",
            unit=one.owner,
            text=compose_concern_notice(one, desk_of(office).words, answers_here=answers_here),
            about=one.tasks[0],
        )
        told += await tell_unit(work, office.id, notice)
    return compose_assigned(moved, told)
