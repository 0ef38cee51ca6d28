"""Pictures, files and recordings: kept with their sender's report, or read where they are forms."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace

from handlers.conversation import Conversation, desk_of
from reporting.attachment import (
    Attachment,
    NotTaken,
    compose_attached,
    compose_not_taken,
    compose_send_alone,
    speaks_of_picture,
)
from reporting.messages import IncomingKind

Media = Sequence[Attachment | NotTaken]
Respond = Callable[[Conversation], Awaitable[str]]


async def respond_with_files(conversation: Conversation, media: Media, respond: Respond) -> str:
    """Answer a message and keep the files it brought; the outcome's name."""
    message = conversation.waiting.message
    if media:
        return await _take(conversation, media, respond)
    if message.group_id is not None and speaks_of_picture(message.text):
        return await _miss(conversation, respond)
    return await respond(conversation)


async def _take(conversation: Conversation, media: Media, respond: Respond) -> str:
    """Keep the files and say so; what is written beside or in them goes the way of a message."""
    message = conversation.waiting.message
    kept = [one for one in media if isinstance(one, Attachment)]
    refused = [one for one in media if isinstance(one, NotTaken)]
    told = _not_taken(conversation, refused)
    written = message.kind is IncomingKind.TEXT
    words = message.text if written else next((one.form for one in kept if one.form), "")
    if not kept and not words:
        await conversation.reply(told)
        return "not_taken"
    for one in kept:
        await _keep(conversation, one)
    conversation = replace(conversation, postscript=told)
    if words:
        outcome = await respond(_as_written(conversation, words))
        if outcome != "none":
            return outcome if written else "form"
    return await _attach(conversation, len(kept))


async def _miss(conversation: Conversation, respond: Respond) -> str:
    """Answer a group message that speaks of a picture it lost, and say where to send that."""
    outcome = await respond(replace(conversation, postscript=compose_send_alone()))
    if outcome == "none":
        await conversation.reply(compose_send_alone())
    return outcome


async def _attach(conversation: Conversation, count: int) -> str:
    """Give the files to the latest report, or let them wait for one."""
    waiting, liaison = conversation.waiting, conversation.correspondent.liaison_id
    reported = await conversation.work.attachments.join(liaison, conversation.round_id, waiting.id)
    by_id = {planned.id: planned.task for planned in conversation.plan.tasks.values()}
    tasks = [by_id[task_id] for task_id in reported if task_id in by_id]
    text = compose_attached(waiting.message.kind, tasks, count)
    await conversation.reply(text, about=[task.code for task in tasks])
    return "attached" if tasks else "attached_waiting"


async def _keep(conversation: Conversation, attachment: Attachment) -> None:
    work, liaison = conversation.work, conversation.correspondent.liaison_id
    office_id = conversation.office.id
    await work.attachments.add(office_id, liaison, attachment)
    details = {"sha256": attachment.sha256, "size": attachment.size}
    subject = f"message:{attachment.message_id}"
    await work.audit.note(office_id, f"liaison:{liaison}", "attachment_kept", subject, details)


def _not_taken(conversation: Conversation, refused: Sequence[NotTaken]) -> str:
    """What was not taken and why, once; empty where all was."""
    if not refused:
        return ""
    kind, desk = conversation.waiting.message.kind, desk_of(conversation.office)
    return compose_not_taken(kind, refused[0].reason, desk)


def _as_written(conversation: Conversation, words: str) -> Conversation:
    waiting = conversation.waiting
    message = replace(waiting.message, kind=IncomingKind.TEXT, text=words)
    return replace(conversation, waiting=replace(waiting, message=message))
