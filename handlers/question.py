"""An answer to a numbered question: what was chosen is recorded, and what it teaches is kept."""

from collections.abc import Sequence

from handlers.conversation import Conversation
from handlers.learning import learn
from handlers.record import one_item_each, record
from reporting.alias import Lesson, Source
from reporting.answers import compose_none_of_them, compose_wrong_number
from reporting.records import OpenQuestion
from reporting.understanding.answer import pose, read_answer
from reporting.understanding.outcome import Item
from reporting.understanding.question import Choice, Chosen, NoneOfThem, NotAnAnswer, WrongNumber


async def answer_question(conversation: Conversation, question: OpenQuestion) -> str | None:
    """What the message decides about the open question; None when it does not speak of it."""
    posed = pose(question.doubts)
    titles = tuple(conversation.titles.items())
    match read_answer(conversation.waiting.message.text, posed, titles):
        case Chosen(choices=choices):
            await conversation.work.questions.close(question.id, "answered")
            await _record_choices(conversation, question, choices)
            return "answer"
        case NoneOfThem():
            await conversation.work.questions.close(question.id, "none_of_them")
            own = [state.task for state in conversation.states.values()]
            await conversation.reply(compose_none_of_them(own))
            return "none_of_them"
        case WrongNumber() as wrong:
            offered = [choice.number for choice in posed.choices]
            await conversation.reply(compose_wrong_number(wrong, offered))
            return "wrong_number"
        case NotAnAnswer():
            return None


async def _record_choices(
    conversation: Conversation, question: OpenQuestion, choices: Sequence[Choice]
) -> None:
    """Record what was chosen; doubts that were passed over are asked about again."""
    items = [
        Item(
            task=choice.task,
            facts=question.doubts[choice.doubt].facts,
            words=question.doubts[choice.doubt].words,
            evidence=(f"answered {choice.number}",),
        )
        for choice in choices
        # The plan may have changed, or the task been handed over, since the question was asked.
        if choice.task in conversation.states
    ]
    decided = {choice.doubt for choice in choices}
    left = [doubt for number, doubt in enumerate(question.doubts) if number not in decided]
    if items:
        notes = await _learn_from(conversation, question, choices)
        await record(conversation, one_item_each(items), left, notes=notes)
    else:
        await conversation.reply(compose_none_of_them(s.task for s in conversation.states.values()))


async def _learn_from(
    conversation: Conversation, question: OpenQuestion, choices: Sequence[Choice]
) -> tuple[str, ...]:
    """What the words of each doubt teach that has one task for its answer."""
    notes: list[str] = []
    answered = [choice.doubt for choice in choices]
    for choice in choices:
        if answered.count(choice.doubt) == 1 and choice.task in conversation.states:
            lesson = Lesson(
                words=question.doubts[choice.doubt].words,
                task_id=conversation.plan.tasks[choice.task].id,
                source=Source.ANSWER,
                by=f"liaison:{conversation.correspondent.liaison_id}",
            )
            units = frozenset(conversation.units)
            notes += await learn(conversation.work, conversation.plan, units, lesson)
    return tuple(notes)
