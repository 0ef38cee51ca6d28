"""What the office changed in force outlives the same table imported again, reports and all."""

from dataclasses import replace
from datetime import date, datetime

from handlers.amendment import amend
from handlers.import_plan import import_plan
from handlers.plan_shelf import PlanShelf
from handlers.review import Bench
from reporting.alias import Lesson, Source
from reporting.calendar import OFFICE_ZONE
from reporting.plan import Plan
from storage.database import open_engine
from storage.jobs import Jobs
from storage.seal import Seal, new_key
from storage.unit_of_work import PostgresUnitOfWork, Store
from tests.support.town import sample_plan

NOW = datetime(2026, 6, 24, 10, tzinfo=OFFICE_ZONE)
OFFICE = "青河县督查室"


async def order(work: PostgresUnitOfWork, office_id: int, words: str) -> None:
    office = await work.plans.office(office_id)
    plan = await PlanShelf().open(work, office, 2026)
    bench = Bench(work=work, plan=plan, round_id=0, states={})
    assert await amend(bench, words, "staff:王敏")


async def due_and_halt(work: PostgresUnitOfWork) -> list[tuple[date | None, str]]:
    plan_id, _ = await work.plans.plan((await work.plans.offices())[0].id, 2026)
    return [(one.task.due, one.task.halted) for one in (await work.plans.tasks(plan_id))[:2]]


def table(due: date) -> Plan:
    """The sample with a day for its first task."""
    plan = sample_plan()
    first = replace(plan.tasks[0], due=due, due_text=due.isoformat())
    return replace(plan, tasks=(first, *plan.tasks[1:]))


async def test_a_change_in_force_holds_until_the_table_says_otherwise(database_url: str) -> None:
    engine = open_engine(database_url)
    store = Store(engine=engine, jobs=Jobs(database_url), seal=Seal(new_key()))
    september, october, august = date(2026, 9, 30), date(2026, 10, 30), date(2026, 8, 31)
    async with store.rehearsal() as work_at:
        work = work_at(NOW)
        first = await import_plan(work, table(september), office=OFFICE, source="一版")
        await order(work, first.office_id, "变更 1 完成时限 2026年10月30日 依据会议纪要3号")
        await order(work, first.office_id, "中止 2 依据会议纪要3号")
        again = await import_plan(work, table(september), office=OFFICE, source="一版")
        assert (again.version, bool(again.change)) == (1, False)
        assert await due_and_halt(work) == [(october, ""), (None, "会议纪要3号")]
        newer = await import_plan(work, table(august), office=OFFICE, source="二版")
        assert newer.described == ("修改 1 完成时限：2026-10-30 → 2026-08-31",)
        assert await due_and_halt(work) == [(august, ""), (None, "会议纪要3号")]
    await engine.dispose()


async def test_short_names_go_on_with_their_tasks_into_the_next_year(database_url: str) -> None:
    engine = open_engine(database_url)
    store = Store(engine=engine, jobs=Jobs(database_url), seal=Seal(new_key()))
    async with store.rehearsal() as work_at:
        work = work_at(NOW)
        first = await import_plan(work, sample_plan(), office=OFFICE, source="今年")
        assert first.described == ()
        plan_id, _ = await work.plans.plan(first.office_id, 2026)
        goes_on, ends, barred = (await work.plans.tasks(plan_id))[:3]
        for task, words in ((goes_on, "老厂"), (ends, "棚户"), (barred, "三道沟")):
            taught = Lesson(words=words, task_id=task.id, source=Source.OPERATOR, by="operator")
            await work.aliases.learn(first.office_id, taught)
        await work.aliases.bar(barred.id, "三道沟")
        tasks = (replace(goes_on.task, code="7"), replace(barred.task, code="8"))
        following = replace(sample_plan(), year=2027, tasks=tasks)
        second = await import_plan(work, following, office=OFFICE, source="明年")
        assert second.described == (
            "别名“老厂”：上年第1项 → 第7项，继续有效",
            "别名“棚户”：上年第2项没有延续的任务，不再使用",
        )
        assert await known(work, first.office_id) == [("老厂", "1"), ("棚户", "2")]
        later = work_at(NOW.replace(year=2027))
        assert await known(later, first.office_id) == [("老厂", "7")]
        plan_id, _ = await later.plans.plan(first.office_id, 2027)
        ids = [one.id for one in await later.plans.tasks(plan_id)]
        lesson = Lesson(words="三道沟", task_id=ids[1], source=Source.ANSWER, by="liaison:1")
        assert not await later.aliases.learn(first.office_id, lesson)
    await engine.dispose()


async def known(work: PostgresUnitOfWork, office_id: int) -> list[tuple[str, str]]:
    return [(one.words, one.code) for one in await work.aliases.all(office_id)]
