"""A picture, file or recording: kept with its sender's report, or read where it is a form."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

from handlers.conversation import Conversation, desk_of
from reporting.attachment import Attachment, NotTaken, compose_attached, compose_not_taken
from reporting.messages import IncomingKind

Respond = Callable[[Conversation], Awaitable[str]]


async def take_attachment(
    conversation: Conversation, media: Attachment | NotTaken, respond: Respond
) -> str:
    """Keep the file and say so; what a form reports goes the way of a written message."""
    kind = conversation.waiting.message.kind
    if isinstance(media, NotTaken):
        await conversation.reply(
            compose_not_taken(kind, media.reason, desk_of(conversation.office))
        )
        return "not_taken"
    reported = await _keep(conversation, media)
    if media.form and await respond(_as_written(conversation, media.form)) != "none":
        return "form"
    by_id = {planned.id: planned.task for planned in conversation.plan.tasks.values()}
    tasks = [by_id[task_id] for task_id in reported if task_id in by_id]
    await conversation.reply(compose_attached(kind, tasks), about=[task.code for task in tasks])
    return "attached" if tasks else "attached_waiting"


async def _keep(conversation: Conversation, media: Attachment) -> list[int]:
    work, liaison = conversation.work, conversation.correspondent.liaison_id
    office_id = conversation.office.id
    reported = await work.attachments.add(office_id, liaison, conversation.round_id, media)
    details = {"sha256": media.sha256, "size": media.size, "tasks": list(reported)}
    subject = f"message:{media.message_id}"
    await work.audit.note(office_id, f"liaison:{liaison}", "attachment_kept", subject, details)
    return list(reported)


def _as_written(conversation: Conversation, form: str) -> Conversation:
    waiting = conversation.waiting
    message = replace(waiting.message, kind=IncomingKind.TEXT, text=form)
    return replace(conversation, waiting=replace(waiting, message=message))
