"""What an answer or a correction teaches: the words that name a task, kept for the office."""

from handlers.conversation import Conversation
from reporting.alias import Lesson, usable_aliases
from reporting.office import OpenPlan
from reporting.repositories import UnitOfWork
from reporting.understanding.dialogue.alias import telling_word
from reporting.understanding.naming.codes import code_key
from reporting.understanding.words.normalise import plain
from reporting.wording import code_words


async def known_aliases(conversation: Conversation) -> dict[str, str]:
    """The short names that count for the sender's own tasks, alias → code.

    Read for each message: a lesson holds from the next message on, in every process.
    """
    ids = [conversation.plan.tasks[code].id for code in conversation.states]
    return dict(usable_aliases(await conversation.work.aliases.of(ids)))


async def learn(
    work: UnitOfWork, plan: OpenPlan, units: frozenset[str], lesson: Lesson
) -> tuple[str, ...]:
    """Remember the word that names the lesson's task; lines for the receipt, if it counts now."""
    code = next(code for code, planned in plan.tasks.items() if planned.id == lesson.task_id)
    number = plan.index.codes[code_key(code)]
    name = telling_word(lesson.words, number, plan.index, units)
    if not name or not await work.aliases.learn(plan.office.id, lesson.named(name)):
        return ()
    details = {"words": name, "source": lesson.source.value}
    subject = f"task:{lesson.task_id}"
    await work.audit.note(plan.office.id, lesson.by, "alias_learned", subject, details)
    ids = [planned.id for planned in plan.open_to(tuple(units))]
    if usable_aliases(await work.aliases.of(ids)).get(name) != code:
        return ()
    return (f"以后说“{name}”，就记到{code_words(code)}。",)


async def unlearn(work: UnitOfWork, plan: OpenPlan, lesson: Lesson) -> None:
    """What was said is not about this task: no alias of it that stands there holds any longer."""
    text = plain(lesson.words)
    known = await work.aliases.of([lesson.task_id])
    wrong = [alias.words for alias in known if alias.words in text]
    forgotten = await work.aliases.forget(lesson.task_id, wrong)
    for words in forgotten:
        details = {"words": words, "source": lesson.source.value}
        subject = f"task:{lesson.task_id}"
        await work.audit.note(plan.office.id, lesson.by, "alias_forgotten", subject, details)
