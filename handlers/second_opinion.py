"""A second opinion on a doubtful reply: it may settle which task is meant, and nothing else."""

from collections.abc import Sequence

from handlers.conversation import Conversation
from reporting.second_opinion import ADVISED, Option, may_be_asked
from reporting.steps import step
from reporting.understanding.outcome import Ask, Doubt, Item, Record
from reporting.understanding.parts.extract import extract_facts


async def take_advice(conversation: Conversation, outcome: Record | Ask) -> Record | Ask:
    """The outcome with those doubts settled of which the advisor knows the task.

    Figures, percent and status are read by our own rules, for the task it named.
    """
    if conversation.advisor is None or not outcome.doubts:
        return outcome
    settled: list[Item] = []
    left: list[Doubt] = []
    for doubt in outcome.doubts:
        task = await _advise(conversation, doubt)
        if task is None:
            left.append(doubt)
        else:
            settled.append(_item(conversation, doubt, task))
    if not settled:
        return outcome
    known: Sequence[Item] = outcome.items if isinstance(outcome, Record) else ()
    return Record(items=(*known, *settled), doubts=tuple(left))


async def _advise(conversation: Conversation, doubt: Doubt) -> str | None:
    """The one of the doubt's own candidates that the advisor names."""
    assert conversation.advisor is not None
    if conversation.waiting.screened or not may_be_asked(doubt):
        return None
    options = [
        Option(code=code, title=conversation.titles.get(code, "")) for code in doubt.candidates
    ]
    with step("advise"):
        chosen = await conversation.advisor.choose(doubt.words, options)
    return chosen if chosen in doubt.candidates else None


def _item(conversation: Conversation, doubt: Doubt, code: str) -> Item:
    task = conversation.plan.tasks[code].task
    return Item(
        task=code,
        facts=extract_facts(
            doubt.words, title=task.title, kind=task.kind, month=conversation.month.key
        ),
        words=doubt.words,
        probability=ADVISED,
        evidence=("second opinion",),
    )
