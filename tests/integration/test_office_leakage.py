"""Two offices with the same units, codes and names: over 1,000 assignments nothing is told across.

Tasks move between units, supports and leaders at random; everything that is told to anybody of one
office bears that office's mark, and to a leader or liaison only the marks of his own tasks.
"""

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import pytest
import sqlalchemy as sa

from handlers.conversation import task_states
from handlers.digest_text import office_view, text_of
from handlers.on_duty import open_roster
from handlers.plan_shelf import PlanShelf
from reporting.answers import compose_my_tasks
from reporting.calendar import OFFICE_ZONE
from reporting.concern import ConcernKind, NewConcern, compose_open_concerns, concerns_of
from reporting.inquiry import Inquiry, Topic
from reporting.inquiry_answer import answer_inquiry
from reporting.office import OpenPlan, PlannedTask
from reporting.portfolio import compose_portfolio, portfolio_text
from reporting.preview import DigestKind
from reporting.round import Round, round_of
from reporting.status import Assessment, Standing
from reporting.task import Task
from storage.conversion import task_as_row
from storage.database import open_engine
from storage.jobs import Jobs
from storage.seal import Seal, new_key
from storage.tables import concerns, liaisons, offices, plans, tasks, units
from storage.unit_of_work import PostgresUnitOfWork, Store

ASSIGNMENTS = 1000
TASKS = 12
NOW = datetime(2026, 6, 24, 10, tzinfo=OFFICE_ZONE)
UNITS = ("县财政局", "县教育局", "县水利局")
LEADERS = ("林海", "赵大川", None)
MARK = re.compile(r"密[甲乙]\d\d")


@dataclass(slots=True)
class Town:
    """One of the two offices, its mark on everything it keeps."""

    mark: str
    office_id: int
    plan: OpenPlan
    month: Round
    round_id: int

    def all_marks(self) -> set[str]:
        """The marks of all its tasks."""
        return {title_mark(one.task) for one in self.plan.tasks.values()}


def title_mark(task: Task) -> str:
    found = MARK.search(task.title)
    assert found is not None
    return found[0]


async def insert(work: PostgresUnitOfWork, table: sa.Table, **values: object) -> int:
    statement = sa.insert(table).values(**values).returning(table.c.id)
    return int((await work.connection.execute(statement)).scalar_one())


async def found_town(work: PostgresUnitOfWork, mark: str) -> Town:
    """An office with twelve tasks, a liaison for each unit, and a concern about each task."""
    office_id = await insert(work, offices, name=f"{mark}县督查室")
    mine = {"office_id": office_id}
    for unit in UNITS:
        await insert(work, units, name=unit, **mine)
        await insert(work, liaisons, key=unit, name=f"{mark}{unit}联络员", units=[unit], **mine)
    plan_id = await insert(work, plans, year=2026, title="计划", version=1, **mine)
    for position in range(TASKS):
        title = f"密{mark}{position + 10}工程"
        task = Task(code=str(position + 10), title=title, leads=UNITS[:1])
        row = {**task_as_row(task), "position": position, "plan_id": plan_id}
        task_id = await insert(work, tasks, **row, **mine)
        concern = NewConcern(
            kind=ConcernKind.PROBLEM,
            key=f"问题:{task_id}",
            owner=UNITS[0],
            words=f"密{mark}{position + 10}资金不足",
            due=NOW.date(),
            task_id=task_id,
        )
        await work.concerns.open(office_id, concern)
    office = await work.plans.office(office_id)
    month = round_of(NOW, office.rules, office.calendar)
    opened = await work.rounds.ensure(office_id, plan_id, month)
    plan = await PlanShelf().open(work, office, 2026)
    return Town(mark=mark, office_id=office_id, plan=plan, month=month, round_id=opened.id)


async def assign(work: PostgresUnitOfWork, town: Town, chance: random.Random) -> None:
    """Give every task other units and another leader, as the ledger now has it."""
    rows = []
    for planned in town.plan.tasks.values():
        lead, *others = chance.sample(UNITS, k=len(UNITS))
        rows.append(
            {
                "task": planned.id,
                "leads": [lead],
                "supports": others[: chance.randint(0, 2)],
                "leader": chance.choice(LEADERS),
            }
        )
    statement = (
        sa.update(tasks)
        .where(tasks.c.id == sa.bindparam("task"))
        .values(
            leads=sa.bindparam("new_leads"),
            supports=sa.bindparam("new_supports"),
            leader=sa.bindparam("new_leader"),
        )
    )
    given = [{f"new_{k}" if k != "task" else k: v for k, v in row.items()} for row in rows]
    await work.connection.execute(statement, given)
    now = await work.plans.tasks(town.plan.id)
    town.plan = replace(town.plan, tasks={one.task.code: one for one in now})


async def told_to_office(work: PostgresUnitOfWork, town: Town) -> str:
    """What its staff and its leadership groups read."""
    return "\n".join(
        (
            await office_view(work, town.plan, town.month, town.round_id),
            await text_of(DigestKind.CUTOFF, work, town.plan, town.month, town.round_id),
        )
    )


async def told_to(
    work: PostgresUnitOfWork, town: Town, own: Sequence[PlannedTask], leader: str | None
) -> str:
    """Everything a leader, or a liaison, is told of the tasks he may see."""
    plan = town.plan
    states = list((await task_states(work, town.round_id, town.month, own)).values())
    assessment = Assessment(as_of=NOW, calendar=plan.office.calendar)
    concerns = concerns_of(
        {one.task.code for one in own}, await work.concerns.all_open(town.office_id)
    )
    asked = [Inquiry(topic=Topic.TASK, task=code) for code in plan.tasks]
    asked += [Inquiry(topic=Topic.MISSING, unit=unit) for unit in (*UNITS, None)]
    asked += [Inquiry(topic=Topic.STANDING, standing=standing) for standing in Standing]
    texts = [answer_inquiry(inquiry, states, assessment) for inquiry in asked]
    if leader is None:
        texts.append(compose_my_tasks(states, town.month))
    else:
        portfolio = compose_portfolio(leader, town.month, states, assessment)
        texts.append(portfolio_text(portfolio, concerns))
    texts.append(compose_open_concerns(concerns, NOW.date(), plan.office.calendar))
    return "\n".join(texts)


async def leaks(work: PostgresUnitOfWork, town: Town, number: int) -> list[str]:
    """Marks told to whom they are none of their business, after one random assignment.

    By turns to the office, to a leader, to a liaison.
    """
    chance = random.Random(number)
    await assign(work, town, chance)
    leader, unit = chance.choice(LEADERS[:2]), chance.choice(UNITS)
    charge = [one for one in town.plan.tasks.values() if one.task.leader == leader]
    match number % 3:
        case 0:
            told, allowed = await told_to_office(work, town), town.all_marks()
            roster = await open_roster(work, town.office_id)
            names = [person.liaison.name for person in roster.people]
            assert all(name.startswith(town.mark) for name in names)
        case 1:
            told = await told_to(work, town, charge, leader)
            allowed = {title_mark(one.task) for one in charge}
        case _:
            own = town.plan.open_to((unit,))
            told = await told_to(work, town, own, None)
            allowed = {title_mark(one.task) for one in own}
    return sorted(set(MARK.findall(told)) - allowed)


async def test_concerns_are_numbered_within_their_office(database_url: str) -> None:
    """Also beside rows of a release that gave no numbers: those go by their own ids."""
    engine = open_engine(database_url)
    store = Store(engine=engine, jobs=Jobs(database_url), seal=Seal(new_key()))
    async with store.rehearsal() as work_at:
        work = work_at(NOW)
        towns = (await found_town(work, "甲"), await found_town(work, "乙"))
        shown = [await numbers(work, town) for town in towns]
        assert shown == [list(range(1, TASKS + 1))] * 2
        mine = {"office_id": towns[0].office_id, "kind": "问题", "owner": UNITS[0], "words": "缺钱"}
        old = await insert(work, concerns, key="旧", due=NOW.date(), opened_at=NOW, **mine)
        new = NewConcern(
            kind=ConcernKind.SUGGESTION, key="新", owner=UNITS[0], words="", due=NOW.date()
        )
        opened = await work.concerns.open(towns[0].office_id, new)
        assert opened is not None
        assert await work.concerns.open(towns[0].office_id, new) is None
        assert (await numbers(work, towns[0]))[TASKS:] == [old, opened.number] == [old, old + 1]
    await engine.dispose()


async def numbers(work: PostgresUnitOfWork, town: Town) -> list[int]:
    return [one.number for one in await work.concerns.all_open(town.office_id)]


@pytest.mark.timeout(600)
async def test_nothing_of_one_office_is_told_in_another(database_url: str) -> None:
    engine = open_engine(database_url)
    store = Store(engine=engine, jobs=Jobs(database_url), seal=Seal(new_key()))
    leaked: list[str] = []
    async with store.rehearsal() as work_at:
        work = work_at(NOW)
        towns = (await found_town(work, "甲"), await found_town(work, "乙"))
        for number in range(ASSIGNMENTS):
            leaked += await leaks(work, towns[number % 2], number)
    await engine.dispose()
    assert leaked == []


async def test_the_plan_not_used_for_longest_makes_room(database_url: str) -> None:
    """A process that serves thousands of offices keeps prepared only what it lately used."""
    engine = open_engine(database_url)
    store = Store(engine=engine, jobs=Jobs(database_url), seal=Seal(new_key()))
    async with store.rehearsal() as work_at:
        work = work_at(NOW)
        one, two, three = [await found_town(work, mark) for mark in "甲乙丙"]
        shelf = PlanShelf(most_tasks=2 * TASKS)
        first = await shelf.open(work, one.plan.office, 2026)
        second = await shelf.open(work, two.plan.office, 2026)
        assert await shelf.of_round(work, one.plan.office, first.id) is first
        third = await shelf.open(work, three.plan.office, 2026)
        assert await shelf.open(work, one.plan.office, 2026) is first
        assert await shelf.open(work, three.plan.office, 2026) is third
        again = await shelf.open(work, two.plan.office, 2026)
        assert again is not second
        assert again.titles == second.titles
    await engine.dispose()
