"""The plans in force, prepared once for each edition and shared by all messages of a process."""

from reporting.office import Office, OpenPlan
from reporting.repositories import UnitOfWork
from reporting.understanding.index import PlanIndex


class PlanShelf:
    """Keeps the newest prepared plan of each office and year."""

    def __init__(self) -> None:
        self._plans: dict[tuple[int, int], OpenPlan] = {}

    async def open(self, work: UnitOfWork, office: Office, year: int) -> OpenPlan:
        """The office's plan in force in a year; LookupError when it has none."""
        held = self._plans.get((office.id, year))
        # The edition rises with every change, in this process or another.
        if held is not None and held.office == office:
            return held
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
        self._plans[office.id, year] = plan
        return plan

    async def of_round(self, work: UnitOfWork, office: Office, plan_id: int) -> OpenPlan:
        """The plan a round was kept under: in January, December's is the one of the year before."""
        for held in self._plans.values():
            if held.id == plan_id and held.office == office:
                return held
        return await self.open(work, office, await work.plans.year(plan_id))
