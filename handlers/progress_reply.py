"""A message of a liaison: understood, recorded or asked about once, and answered."""

from dataclasses import replace

from handlers.ahead import marked_ahead
from handlers.attachment import Media, respond_with_files
from handlers.binding import redeem_code
from handlers.closing import SUPERSEDED, close_question
from handlers.command import run_command
from handlers.complaint import take_complaint
from handlers.conversation import Conversation, answer, desk_of, open_conversation
from handlers.event import apply_event
from handlers.extension import ask_extension
from handlers.leave import take_absence
from handlers.merged_draft import confirm_draft
from handlers.oversight import answer_overseer
from handlers.plan_shelf import PlanShelf
from handlers.press import answer_press
from handlers.question import answer_by_code, answer_question, question_meant
from handlers.reading import read_reply
from handlers.record import ask, one_item_each, record
from handlers.redirection import redirect
from handlers.signing import sign_for
from handlers.talk import answer_talk, asks_plainly, explain_ahead
from reporting.answers import (
    compose_refusal,
    compose_superseded,
    compose_unknown_sender,
    compose_unreadable,
    is_lone_choice,
)
from reporting.binding import read_code
from reporting.complaint import is_complaint
from reporting.messages import IncomingKind
from reporting.office import Correspondent
from reporting.records import Waiting
from reporting.repositories import UnitOfWork
from reporting.second_opinion import Advisor
from reporting.understanding.outcome import Ask, Command, Nothing, Record, Refuse

# Only what a person wrote or said; the name of a file or place is not his report.
READABLE = frozenset({IncomingKind.TEXT, IncomingKind.VOICE, IncomingKind.CHOICE})
NO_PLAN = "督查室还没有导入今年的任务分解，暂时无法记录；请稍后再报。"


async def answer_message(
    work: UnitOfWork,
    waiting: Waiting,
    shelf: PlanShelf,
    media: Media = (),
    advisor: Advisor | None = None,
) -> str:
    """Answer one waiting message within one transaction; the outcome's name, for the ledger.

    `media` are the files it brought, fetched before; `advisor` is asked where we would ask him.
    """
    message = waiting.message
    if message.kind is IncomingKind.EVENT:
        return await apply_event(work, waiting)
    if message.kind in READABLE and is_complaint(message.text):
        return await take_complaint(work, waiting)
    code = read_code(message.text) if message.kind is IncomingKind.TEXT else None
    if code is not None:
        return await redeem_code(work, waiting, code)
    correspondent = await work.people.correspondent(waiting.channel, message.sender_id)
    if correspondent is None:
        return await _answer_other(work, waiting, shelf)
    return await _answer_liaison(work, waiting, correspondent, (shelf, media, advisor))


async def _answer_liaison(
    work: UnitOfWork,
    waiting: Waiting,
    correspondent: Correspondent,
    means: tuple[PlanShelf, Media, Advisor | None],
) -> str:
    """Answer a liaison by the plans in force, and with the file he sent."""
    message, (shelf, media, advisor) = waiting.message, means
    # Whoever writes can be written to, whatever an earlier refusal said.
    if correspondent.stale:
        await work.accounts.revive(waiting.channel, message.sender_id)
    if not media and not (message.kind in READABLE and message.text.strip()):
        return await _leave_unread(work, waiting)
    if not media and await take_absence(work, waiting, correspondent):
        return "leave"
    try:
        conversation = await open_conversation(work, waiting, correspondent, shelf)
    except LookupError:
        await answer(work, waiting, NO_PLAN)
        return "no_plan"
    conversation = replace(conversation, advisor=advisor)
    return await respond_with_files(conversation, media, _respond)


async def _answer_other(work: UnitOfWork, waiting: Waiting, shelf: PlanShelf) -> str:
    """Who is no liaison may be a leader or of the office's own staff, else is a stranger."""
    overseer = await work.overseers.find(waiting.channel, waiting.message.sender_id)
    if overseer is not None:
        return await answer_overseer(work, waiting, overseer, shelf)
    office = await work.plans.office(waiting.office_id)
    await answer(work, waiting, compose_unknown_sender(desk_of(office)))
    return "stranger"


async def _leave_unread(work: UnitOfWork, waiting: Waiting) -> str:
    unreadable = compose_unreadable(waiting.message.kind)
    if unreadable is not None:
        await answer(work, waiting, unreadable)
    return "unreadable"


async def _respond(conversation: Conversation) -> str:
    """As a press, a request, a correction of the task, an answer to a question, or on its own."""
    if conversation.waiting.message.kind is IncomingKind.CHOICE:
        return await answer_press(conversation)
    conversation = marked_ahead(conversation)
    if conversation.ahead and not conversation.waiting.message.text.strip():
        return await explain_ahead(conversation)
    requested = await ask_extension(conversation)
    if requested:
        await conversation.reply(requested)
        return "extension"
    redirected = await redirect(conversation)
    if redirected is not None:
        return redirected
    question = await question_meant(conversation)
    answered = await (
        answer_question(conversation, question) if question else _without_question(conversation)
    )
    if answered is not None:
        return answered
    if await confirm_draft(conversation):
        return "draft_confirmed"
    outcome = await _read(conversation)
    if question is not None and outcome == "record":
        await close_question(conversation.work, conversation.office.id, question, SUPERSEDED)
    return outcome


async def _without_question(conversation: Conversation) -> str | None:
    """What answers a question that is closed: a code after 都不是, or a number too late."""
    if await answer_by_code(conversation):
        return "answer"
    if is_lone_choice(conversation.waiting.message.text):
        await conversation.reply(compose_superseded())
        return "superseded"
    return None


async def _read(conversation: Conversation) -> str:
    """Understand the message on its own and do what it says."""
    if await sign_for(conversation):
        return "signed"
    match outcome := await read_reply(conversation):
        case Record(items=items, doubts=doubts):
            return await record(conversation, one_item_each(items), doubts)
        case Ask(doubts=doubts):
            return await ask(conversation, doubts)
        case Refuse():
            tasks = {code: planned.task for code, planned in conversation.plan.tasks.items()}
            await conversation.reply(compose_refusal(outcome, tasks))
            return "refuse"
        case Command() if not asks_plainly(conversation.waiting.message.text):
            await run_command(conversation, outcome)
            return f"command:{outcome.name.value}"
        case Command() | Nothing():
            return await answer_talk(conversation)
