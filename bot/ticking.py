"""The jobs of the clock: the minute's tick, the night's forgetting, the rescue of lost jobs."""

import structlog

from bot.forgetting import NOTHING, Forgetter
from handlers.clock import strike
from handlers.plan_shelf import PlanShelf
from reporting.ports import Clock
from reporting.reminders import is_rush
from storage.sweep import sweep
from storage.unit_of_work import Store

log = structlog.get_logger()


class Ticker:
    """Does what is due; of all replicas one at a time."""

    def __init__(self, store: Store, clock: Clock, shelf: PlanShelf) -> None:
        self._store, self._clock, self._shelf = store, clock, shelf

    def register(self) -> None:
        """Make the jobs known to the engine."""
        jobs = self._store.jobs
        jobs.add_periodic("tick", self._tick, cron="* * * * *")
        # At night in the office's time zone, the line being in UTC.
        jobs.add_periodic("forget", self._forget, cron="17 19 * * *")
        jobs.add_periodic("rescue", self._rescue, cron="* * * * * */10")

    async def strike_all(self) -> None:
        """Let the clock strike for every office; the trouble of one is not that of the others."""
        async with self._store.unit_of_work(self._clock.now()) as work:
            offices = await work.plans.offices()
        for office in offices:
            try:
                async with self._store.unit_of_work(self._clock.now()) as work:
                    struck = await strike(work, office, self._shelf)
            except Exception as fault:
                log.error(
                    "clock not struck", action="clock_stumbled", office=office.id, exc_info=fault
                )
            else:
                if struck.reminded or struck.posted or struck.escalated:
                    log.info(
                        "clock struck",
                        action="clock_struck",
                        office=office.id,
                        reminded=struck.reminded,
                        unreachable=struck.unreachable,
                        posted=struck.posted,
                        escalated=struck.escalated,
                    )

    async def _tick(self, timestamp: int) -> None:
        """Once a minute; one without a timestamp was ordered by hand and strikes at any time."""
        swept = await sweep(self._store.engine, self._store.jobs)
        if swept:
            log.warning("jobs made anew", action="jobs_swept", count=swept)
        # What falls due at the full hour goes out a few minutes later: a step stays due.
        if not timestamp or not is_rush(self._clock.now()):
            await self.strike_all()

    async def _forget(self, timestamp: int) -> None:
        async with self._store.unit_of_work(self._clock.now()) as work:
            offices = await work.plans.offices()
        for office in offices:
            gone = await Forgetter(store=self._store, clock=self._clock).forget(office)
            if gone != NOTHING:
                log.info(
                    "idle messages forgotten",
                    action="forgotten",
                    office=office.id,
                    messages=gone.messages,
                    sendings=gone.sendings,
                )

    async def _rescue(self, timestamp: int) -> None:
        rescued = await self._store.jobs.rescue()
        if rescued:
            log.warning("jobs rescued", action="jobs_rescued", count=rescued)
