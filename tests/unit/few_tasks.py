"""A bureau with a few tasks of its own, and another unit: for single sentences about them."""

from reporting.understanding.context import Context
from reporting.understanding.naming.index import PlanIndex
from reporting.understanding.outcome import Outcome, Record
from reporting.understanding.understand import understand
from reporting.unit import Unit
from tests.unit.understanding_office import a_task

BUREAU, OTHER = "县发改局", "县重点办"


def read(
    text: str,
    titles: tuple[str, ...],
    *,
    quoted: str | None = None,
    owed: tuple[str, ...] | None = None,
) -> Outcome:
    """What a message of a bureau with these tasks, numbered from 1, comes to."""
    tasks = [a_task(str(number), title, BUREAU) for number, title in enumerate(titles, 1)]
    tasks.append(a_task("99", "谋划储备亿元以上重点项目40个", OTHER))
    plan = PlanIndex.build(tasks, (Unit(name=BUREAU), Unit(name=OTHER)))
    context = Context(units=frozenset({BUREAU}), quoted=quoted, owed=owed, month="2026-06")
    return understand(text, plan, context)


def recorded(outcome: Outcome) -> list[str]:
    """The tasks it is recorded for, and nothing asked beside."""
    assert isinstance(outcome, Record), outcome
    assert outcome.doubts == ()
    return [item.task for item in outcome.items]
