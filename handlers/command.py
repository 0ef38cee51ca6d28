"""Commands in chat: what can be asked of the bot instead of reporting."""

from collections.abc import Mapping

from handlers.ahead import round_of_last
from handlers.complaint import take_complaint
from handlers.conversation import Conversation, desk_of, task_states
from reporting.ahead import ahead_words
from reporting.answers import (
    compose_binding,
    compose_deadline,
    compose_my_tasks,
    compose_nothing_to_withdraw,
    compose_withdrawn,
)
from reporting.help import compose_help
from reporting.understanding.outcome import Command, CommandName
from reporting.understanding.talk.commands import codes_named


async def run_command(conversation: Conversation, command: Command) -> None:
    """Carry a command out and answer it."""
    match command.name:
        case CommandName.WITHDRAW:
            await _withdraw(conversation, command.words)
        case CommandName.COMPLAIN:
            await take_complaint(conversation.work, conversation.waiting)
        case name:
            await conversation.reply(_text_of(conversation, name))


def _text_of(conversation: Conversation, name: CommandName) -> str:
    """The answer to a command that changes nothing."""
    states = list(conversation.states.values())
    desk = desk_of(conversation.office)
    match name:
        case CommandName.MY_TASKS:
            return compose_my_tasks(states, conversation.month, conversation.units)
        case CommandName.DEADLINE:
            now = conversation.work.now
            calendar = conversation.office.calendar
            return compose_deadline(conversation.owed, conversation.month, now, calendar)
        case CommandName.BIND:
            return compose_binding(conversation.units, desk)
        case _:
            return compose_help(states[0].task if states else None, desk)


async def _withdraw(conversation: Conversation, words: str) -> None:
    """Withdraw the named task's report, or those of the sender's last message."""
    codes = codes_named(words, conversation.states)
    conversation, _ = await round_of_last(conversation, codes)
    ids = [conversation.plan.tasks[code].id for code in codes] or None
    withdrawn = await conversation.work.reports.withdraw(
        conversation.round_id, conversation.correspondent.liaison_id, ids
    )
    by_id = {planned.id: planned for planned in conversation.plan.tasks.values()}
    gone = [by_id[task_id] for task_id in withdrawn if task_id in by_id]
    if not gone:
        await conversation.reply(compose_nothing_to_withdraw(codes[0] if codes else ""))
        return
    states = await task_states(conversation.work, conversation.round_id, conversation.month, gone)
    ahead = ahead_words(conversation.month) if conversation.is_ahead else ""
    lines = [
        compose_withdrawn(code, state.task.title, state.facts, ahead)
        for code, state in states.items()
    ]
    await conversation.work.concerns.drop_withdrawn([planned.id for planned in gone])
    await _note(conversation, "report_withdrawn", {"tasks": list(states)})
    await conversation.reply("\n".join(lines), about=list(states))


async def _note(conversation: Conversation, action: str, details: Mapping[str, object]) -> None:
    actor = f"liaison:{conversation.correspondent.liaison_id}"
    subject = f"round:{conversation.round_id}"
    await conversation.work.audit.note(conversation.office.id, actor, action, subject, details)
