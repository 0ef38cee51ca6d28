"""An answer to a numbered question: what was chosen is recorded, and what it teaches is kept."""

from collections.abc import Sequence
from dataclasses import replace

from handlers.closing import close_question
from handlers.conversation import Conversation, desk_of
from handlers.learning import learn
from handlers.record import one_item_each, record
from reporting.ahead import read_ahead, without_ahead
from reporting.alias import Lesson, Source
from reporting.answers import compose_none_of_them, compose_wrong_number
from reporting.asking import NONE_OF_THEM, question_quoted
from reporting.card import NONE_LABEL, pressed_label
from reporting.messages import IncomingKind
from reporting.records import OpenQuestion
from reporting.understanding.course.compose import SWEPT
from reporting.understanding.dialogue.answer import code_alone, left_over, pose, read_answer
from reporting.understanding.dialogue.question import (
    Choice,
    Chosen,
    NoneOfThem,
    NotAnAnswer,
    WrongNumber,
)
from reporting.understanding.outcome import Doubt, Item
from reporting.understanding.parts.extract import extract_facts
from reporting.wording import code_words

ANSWERED = "answered"


async def question_meant(conversation: Conversation) -> OpenQuestion | None:
    """The question a message may answer: the one it quotes, else the one still open."""
    work, liaison_id = conversation.work, conversation.correspondent.liaison_id
    quoted = conversation.waiting.message.quoted_text
    if quoted:
        found = question_quoted(quoted, await work.questions.recent(liaison_id))
        if found is not None:
            return found
    return await work.questions.open_for(liaison_id)


async def answer_by_code(conversation: Conversation) -> bool:
    """After 都不是 the code alone is enough: what was said before is recorded under it."""
    code = code_alone(conversation.waiting.message.text, tuple(conversation.states))
    if code is None:
        return False
    work, liaison_id = conversation.work, conversation.correspondent.liaison_id
    recent = await work.questions.recent(liaison_id)
    question = recent[0] if recent else None
    if question is None or question.ending != NONE_OF_THEM or len(question.doubts) != 1:
        return False
    mine = await work.reports.by_liaison(conversation.round_id, liaison_id)
    if mine and question.closed_at is not None and mine[0].reported_at > question.closed_at:
        return False
    await work.questions.close(question.id, ANSWERED)
    await _record_choices(conversation, question, [Choice(number=0, doubt=0, task=code)])
    return True


async def answer_question(conversation: Conversation, question: OpenQuestion) -> str | None:
    """What the message decides about the open question; None when it does not speak of it."""
    posed = pose(question.doubts)
    titles = tuple(conversation.titles.items())
    match read_answer(conversation.waiting.message.text, posed, titles):
        case Chosen(choices=choices):
            await _close(conversation, question, ANSWERED, _chosen_label(choices))
            await _record_choices(conversation, question, choices)
            return "answer"
        case NoneOfThem():
            await _close(conversation, question, NONE_OF_THEM, NONE_LABEL)
            await conversation.reply(_none_of_them(conversation))
            return "none_of_them"
        case WrongNumber() as wrong:
            offered = [choice.number for choice in posed.choices]
            await conversation.reply(compose_wrong_number(wrong, offered))
            return "wrong_number"
        case NotAnAnswer():
            return None


async def _close(
    conversation: Conversation, question: OpenQuestion, ending: str, words: str
) -> None:
    """A press renews its own card; what was answered in words is put on the card here."""
    if conversation.waiting.message.kind is IncomingKind.CHOICE:
        await conversation.work.questions.close(question.id, ending)
    else:
        await close_question(conversation.work, conversation.office.id, question, ending, words)


def _chosen_label(choices: Sequence[Choice]) -> str:
    return pressed_label(
        "、".join(str(one.number) if one.number else code_words(one.task) for one in choices)
    )


async def _record_choices(
    conversation: Conversation, question: OpenQuestion, choices: Sequence[Choice]
) -> None:
    """Record what was chosen; doubts that were passed over are asked about again."""
    said = [question.doubts[choice.doubt].words for choice in choices]
    if any(read_ahead(words, conversation.month) is not None for words in said):
        conversation = replace(conversation, ahead=True)
    items = [
        _item(conversation, question.doubts[choice.doubt], choice)
        for choice in choices
        # The plan may have changed, or the task been handed over, since the question was asked.
        if choice.task in conversation.states
    ]
    left = left_over(pose(question.doubts), choices)
    if items:
        notes = await _learn_from(conversation, question, choices)
        items += _rest(conversation, question, choices)
        await record(conversation, one_item_each(items), left, notes=notes)
    else:
        await conversation.reply(_none_of_them(conversation))


def _rest(
    conversation: Conversation, question: OpenQuestion, choices: Sequence[Choice]
) -> list[Item]:
    """What was said of the rest, for the other tasks that an answered doubt might have been of."""
    answered = {choice.doubt for choice in choices}
    spoken = {choice.task for choice in choices}
    for place, doubt in enumerate(question.doubts):
        spoken.update(doubt.candidates if place not in answered else ())
    others = {
        code: doubt.rest
        for doubt in (question.doubts[place] for place in sorted(answered))
        for code in doubt.candidates
        if doubt.rest and code in conversation.owed and code not in spoken
    }
    return [_item_of(conversation, code, words, SWEPT) for code, words in others.items()]


async def _learn_from(
    conversation: Conversation, question: OpenQuestion, choices: Sequence[Choice]
) -> tuple[str, ...]:
    """What the words of each doubt teach that has one task for its answer."""
    notes: list[str] = []
    answered = [choice.doubt for choice in choices]
    for choice in choices:
        if answered.count(choice.doubt) == 1 and choice.task in conversation.states:
            lesson = Lesson(
                words=without_ahead(question.doubts[choice.doubt].words),
                task_id=conversation.plan.tasks[choice.task].id,
                source=Source.ANSWER,
                by=f"liaison:{conversation.correspondent.liaison_id}",
            )
            units = frozenset(conversation.units)
            notes += await learn(conversation.work, conversation.plan, units, lesson)
    return tuple(notes)


def _item(conversation: Conversation, doubt: Doubt, choice: Choice) -> Item:
    """What was in doubt, read again now that its task is known."""
    how = f"answered {choice.number}" if choice.number else f"code {choice.task}"
    return _item_of(conversation, choice.task, without_ahead(doubt.words), (how,))


def _item_of(conversation: Conversation, code: str, words: str, evidence: tuple[str, ...]) -> Item:
    task, month = conversation.plan.tasks[code].task, conversation.month.key
    facts = extract_facts(words, title=task.title, kind=task.kind, month=month)
    return Item(task=code, facts=facts, words=words, evidence=evidence)


def _none_of_them(conversation: Conversation) -> str:
    own = [state.task for state in conversation.states.values()]
    return compose_none_of_them(own, desk_of(conversation.office))
