"""The plans in force, prepared once for each edition and shared by all messages of a process."""

from reporting.office import Office, OpenPlan
from reporting.repositories import UnitOfWork
from reporting.understanding.naming.index import PlanIndex

MOST_TASKS = 100_000  # prepared at once, 0.4 GB; preparing one again takes 0.3 ms


class PlanShelf:
    """Keeps the newest prepared plan of each office and year that was lately used.

    One process may serve thousands of offices: once the plans hold `most_tasks` tasks together,
    the one not used for longest makes room.
    """

    def __init__(self, most_tasks: int = MOST_TASKS) -> None:
        self._plans: dict[tuple[int, int], OpenPlan] = {}  # the one used last is the last
        self._most_tasks, self._tasks = most_tasks, 0

    async def open(self, work: UnitOfWork, office: Office, year: int) -> OpenPlan:
        """The office's plan in force in a year; LookupError when it has none."""
        held = self._plans.get((office.id, year))
        # The edition rises with every change, in this process or another.
        if held is not None and held.office == office:
            return self._kept(held)
        plan_id, title = await work.plans.plan(office.id, year)
        planned = await work.plans.tasks(plan_id)
        units = await work.plans.units(office.id)
        plan = OpenPlan(
            id=plan_id,
            office=office,
            year=year,
            title=title,
            tasks={one.task.code: one for one in planned},
            index=PlanIndex.build([one.task for one in planned], units),
        )
        return self._kept(plan)

    async def of_round(self, work: UnitOfWork, office: Office, plan_id: int) -> OpenPlan:
        """The plan a round was kept under: in January, December's is the one of the year before."""
        for held in self._plans.values():
            if held.id == plan_id and held.office == office:
                return self._kept(held)
        return await self.open(work, office, await work.plans.year(plan_id))

    def _kept(self, plan: OpenPlan) -> OpenPlan:
        """Put it where it is found next time, and whatever is too much away."""
        self._forget((plan.office.id, plan.year))
        self._plans[plan.office.id, plan.year] = plan
        self._tasks += len(plan.tasks)
        while self._tasks > self._most_tasks and len(self._plans) > 1:
            self._forget(next(iter(self._plans)))
        return plan

    def _forget(self, place: tuple[int, int]) -> None:
        held = self._plans.pop(place, None)
        self._tasks -= len(held.tasks) if held else 0
