"""Aliases follow their task through the versions of the plan, and stay within their office."""

from dataclasses import replace

from handlers.import_plan import import_plan
from reporting.alias import Lesson, Source
from reporting.plan import Plan
from tests.support.town import MORNING, D, Town, W, found_office, sample_plan
from tests.support.town_at_work import Place

OFFICE = "青河县人民政府督查室"
OTHERS = {W: "other-wecom", D: "other-dingtalk"}


async def known(town: Town, office_id: int) -> list[tuple[str, str]]:
    async with town.bot.store.unit_of_work(MORNING) as work:
        return [(one.words, one.code) for one in await work.aliases.all(office_id)]


async def taught(town: Town, code: str, words: str = "三道沟") -> None:
    async with town.bot.store.unit_of_work(MORNING) as work:
        plan_id, _ = await work.plans.plan(town.office_id, 2026)
        ids = {one.task.code: one.id for one in await work.plans.tasks(plan_id)}
        lesson = Lesson(words=words, task_id=ids[code], source=Source.ANSWER, by="liaison:1")
        assert await work.aliases.learn(town.office_id, lesson)


async def imported(town: Town, plan: Plan) -> None:
    async with town.bot.store.unit_of_work(MORNING) as work:
        await import_plan(work, plan, office=OFFICE, source="again")


async def test_an_alias_follows_its_task_to_a_new_code_and_leaves_with_it(place: Place) -> None:
    async with place.at_rest() as town:
        await taught(town, "1")
        plan = sample_plan()
        first, *others = plan.tasks
        await imported(town, replace(plan, tasks=(*others, replace(first, code="901"))))
        assert await known(town, town.office_id) == [("三道沟", "901")]
        await imported(town, replace(plan, tasks=tuple(others)))
        assert await known(town, town.office_id) == []


async def test_what_is_taught_again_is_counted_and_what_is_forgotten_starts_anew(
    place: Place,
) -> None:
    async with place.at_rest() as town:
        await taught(town, "1")
        await taught(town, "1")
        async with town.bot.store.unit_of_work(MORNING) as work:
            (alias,) = await work.aliases.all(town.office_id)
            assert alias.confirmed == 2
            assert await work.aliases.forget(alias.task_id, ["三道沟"]) == ["三道沟"]
            assert await work.aliases.forget(alias.task_id, ["三道沟"]) == []
        await taught(town, "1")
        async with town.bot.store.unit_of_work(MORNING) as work:
            (alias,) = await work.aliases.of([alias.task_id])
            assert alias.confirmed == 1
            outright = Lesson(
                words="三道沟", task_id=alias.task_id, source=Source.OPERATOR, by="operator"
            )
            await work.aliases.learn(town.office_id, outright)
            await work.aliases.learn(town.office_id, replace(outright, source=Source.ANSWER))
            (alias,) = await work.aliases.of([alias.task_id])
            assert (alias.source, alias.confirmed) == (Source.OPERATOR, 3)
            await work.aliases.forget(alias.task_id, ["三道沟"])
            await work.aliases.learn(town.office_id, replace(outright, source=Source.ANSWER))
            (alias,) = await work.aliases.of([alias.task_id])
            assert (alias.source, alias.confirmed) == (Source.ANSWER, 1)


async def test_another_office_is_taught_nothing(place: Place) -> None:
    async with place.at_rest() as town:
        address = town.simulator.base_url
        other = await found_office(town.bot, "临湖市人民政府督查室", address, OTHERS)
        await taught(town, "1")
        assert await known(town, other) == []
        assert await known(town, town.office_id) == [("三道沟", "1")]
