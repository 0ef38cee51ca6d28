"""A liaison's units go to another: his tasks, reminders and questions with them."""

from collections.abc import Sequence

from handlers.closing import HANDED_OVER, close_question
from handlers.conversation import task_states
from handlers.notice import tell_liaison
from handlers.plan_shelf import PlanShelf
from reporting.errors import AnswerRefused
from reporting.hand_over import compose_given_over, compose_taken_over
from reporting.ledger import outstanding_tasks
from reporting.liaison import Rung
from reporting.office import Correspondent
from reporting.repositories import UnitOfWork
from reporting.round import round_of
from reporting.task import Task


async def hand_over(
    work: UnitOfWork,
    people: tuple[Correspondent, Correspondent],
    units: Sequence[str],
    by: str,
) -> tuple[str, ...]:
    """Give the first one's units (none named: all) to the second and tell both; the units."""
    giver, taker = people
    given = tuple(unit for unit in giver.liaison.units if not units or unit in units)
    if not given or giver.liaison_id == taker.liaison_id:
        raise AnswerRefused("没有可移交的单位，或移交人与接手人是同一人。")
    left = [unit for unit in giver.liaison.units if unit not in given]
    taken = tuple(dict.fromkeys((*taker.liaison.units, *given)))
    await work.people.change(giver.liaison_id, units=left, duty=giver.liaison.duty)
    await work.people.change(taker.liaison_id, units=taken, duty=Rung.LIAISON)
    question = await work.questions.open_for(giver.liaison_id)
    if question is not None and not left:
        await close_question(work, giver.office_id, question, HANDED_OVER)
    office_id = giver.office_id
    await work.registry.touch(office_id)
    details = {"units": list(given), "to": taker.liaison_id}
    subject = f"liaison:{giver.liaison_id}"
    await work.audit.note(office_id, by, "handed_over", subject, details)
    owed = await _owed(work, office_id, given)
    name = taker.liaison.name
    await tell_liaison(work, giver, "hand-over:given", compose_given_over(name, given))
    words = compose_taken_over(giver.liaison.name, given, owed)
    await tell_liaison(work, taker, "hand-over:taken", words)
    return given


async def _owed(work: UnitOfWork, office_id: int, units: Sequence[str]) -> tuple[Task, ...]:
    office = await work.plans.office(office_id)
    month = round_of(work.now, office.rules, office.calendar)
    try:
        plan = await PlanShelf().open(work, office, month.year)
    except LookupError:
        return ()
    opened = await work.rounds.ensure(office_id, plan.id, month)
    own = list(plan.led_by(tuple(units)))
    states = await task_states(work, opened.id, month, own)
    return outstanding_tasks(states.values(), units)
