"""A message of an overseer: a leader asks about his portfolio, the office about everything."""

from handlers.conversation import answer, task_states
from handlers.desk import answer_desk
from handlers.explanation import explain_record
from handlers.hand_over import hand_over
from handlers.inquiry import ask_ledger
from handlers.instruction import instruct
from handlers.office_order import carry_out
from handlers.oversight_scene import Oversight
from handlers.plan_shelf import PlanShelf
from handlers.review import Bench
from reporting.courtesy import is_courtesy
from reporting.errors import AnswerRefused
from reporting.hand_over import compose_handed_over, read_hand_over
from reporting.help import compose_overseer_help
from reporting.overseer import Overseer, Post
from reporting.records import Waiting
from reporting.repositories import UnitOfWork
from reporting.round import round_of


async def answer_overseer(
    work: UnitOfWork, waiting: Waiting, overseer: Overseer, shelf: PlanShelf
) -> str:
    """Answer an overseer's message within one transaction; the outcome's name."""
    try:
        oversight = await _open(work, waiting, overseer, shelf)
    except LookupError:
        await answer(work, waiting, "还没有导入今年的任务分解。")
        return "no_plan"
    why = await explain_record(work, oversight.plan, oversight.round_id, oversight.states, waiting)
    if why:
        await oversight.reply(why)
        return "inquiry"
    if overseer.post is Post.STAFF:
        decided = await _staff_order(oversight)
        if decided:
            await oversight.reply(decided)
            return "order"
    else:
        instructed = await instruct(oversight)
        if instructed:
            await oversight.reply(instructed)
            return "instruction"
    states = list(oversight.states.values())
    asked = await ask_ledger(work, oversight.plan, waiting, states)
    if not asked and is_courtesy(waiting.message.text):
        return "none"
    await oversight.reply(asked or compose_overseer_help(states, overseer.post))
    return "inquiry" if asked else "overseer_help"


async def _staff_order(oversight: Oversight) -> str:
    """What came of an order or a question of the office about reports, people or the round."""
    return await _decide(oversight) or await _hand_over(oversight) or await answer_desk(oversight)


async def _decide(oversight: Oversight) -> str:
    """The receipt for an order of the office, or why it was refused; empty where there is none."""
    bench = Bench(
        work=oversight.work,
        plan=oversight.plan,
        round_id=oversight.round_id,
        states=oversight.states,
        message_id=oversight.waiting.id,
    )
    try:
        return await carry_out(bench, oversight.waiting.message.text, oversight.actor)
    except AnswerRefused as refused:
        return str(refused)


async def _hand_over(oversight: Oversight) -> str:
    """The receipt for tasks handed over, or why they were not; empty where nobody asked for it."""
    work, office_id = oversight.work, oversight.plan.office.id
    people = {one.liaison.key: one for one in await work.people.liaisons(office_id)}
    names = [(key, one.liaison.name) for key, one in people.items()]
    try:
        order = read_hand_over(oversight.waiting.message.text, names)
        if order is None:
            return ""
        pair = (people[order.giver], people[order.taker])
        given = await hand_over(work, pair, (), oversight.actor)
    except AnswerRefused as refused:
        return str(refused)
    return compose_handed_over(pair[0].liaison.name, pair[1].liaison.name, given)


async def _open(
    work: UnitOfWork, waiting: Waiting, overseer: Overseer, shelf: PlanShelf
) -> Oversight:
    office = await work.plans.office(overseer.office_id)
    month = round_of(work.now, office.rules, office.calendar)
    plan = await shelf.open(work, office, month.year)
    opened = await work.rounds.ensure(office.id, plan.id, month)
    seen = [one for one in plan.tasks.values() if overseer.may_see(one.task)]
    return Oversight(
        work=work,
        waiting=waiting,
        overseer=overseer,
        plan=plan,
        month=month,
        round_id=opened.id,
        states=dict(await task_states(work, opened.id, month, seen)),
    )
