"""A leader's instruction reaches the unit, and the unit's answer returns to him."""

from collections.abc import Sequence

from handlers.conversation import Conversation
from handlers.notice import Notice, tell_unit
from handlers.oversight_scene import Oversight
from reporting.errors import AnswerRefused
from reporting.instruction import (
    OpenInstruction,
    compose_instruction_answer,
    compose_instruction_kept,
    compose_instruction_notice,
    read_instruction,
)
from reporting.messages import Address, AddressKind, OutgoingKind, OutgoingMessage
from reporting.understanding.outcome import Item


async def instruct(oversight: Oversight) -> str:
    """Keep the leader's instruction and tell the unit; his receipt, empty where he gives none."""
    work, office = oversight.work, oversight.plan.office
    units = await work.plans.units(office.id)
    try:
        instruction = read_instruction(
            oversight.waiting.message.text, oversight.states, units, (work.now, office.calendar)
        )
    except AnswerRefused as refused:
        return str(refused)
    if instruction is None:
        return ""
    planned = oversight.plan.tasks[instruction.task]
    leader = oversight.overseer
    kept = await work.instructions.keep(leader, planned.id, instruction, oversight.waiting.id)
    due = instruction.due.isoformat() if instruction.due else None
    details = {"unit": instruction.unit, "words": instruction.words, "due": due}
    subject = f"task:{planned.id}"
    await work.audit.note(office.id, oversight.actor, "instruction_given", subject, details)
    notice = Notice(
        key=f"instruction:{kept}",
        unit=instruction.unit,
        text=compose_instruction_notice(instruction, planned.task, leader.name),
        about=instruction.task,
    )
    told = await tell_unit(work, office.id, notice)
    return compose_instruction_kept(instruction, told)


async def answer_instructions(conversation: Conversation, items: Sequence[Item]) -> None:
    """What a unit reports on a task answers the instructions it has open there."""
    tasks = conversation.plan.tasks
    said = {tasks[item.task].id: item for item in items}
    waiting = await conversation.work.instructions.open_on(list(said), conversation.units)
    for opened in waiting:
        item = said[opened.task_id]
        await conversation.work.instructions.answer(opened.id, item.words)
        await _return_answer(conversation, opened, item)


async def _return_answer(conversation: Conversation, opened: OpenInstruction, item: Item) -> None:
    task = conversation.plan.tasks[item.task].task
    message = OutgoingMessage(
        key=f"instruction-answer:{opened.id}",
        kind=OutgoingKind.NOTICE,
        address=Address(channel=opened.channel, kind=AddressKind.PERSON, target=opened.user_id),
        text=compose_instruction_answer(opened, task, item.words),
    )
    await conversation.work.outbox.write(conversation.office.id, message, about=[item.task])
    actor = f"liaison:{conversation.correspondent.liaison_id}"
    await conversation.work.audit.note(
        conversation.office.id,
        actor,
        "instruction_answered",
        f"task:{opened.task_id}",
        {"instruction": opened.id, "message": conversation.waiting.id},
    )
