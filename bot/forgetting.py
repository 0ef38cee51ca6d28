"""Forgetting what an office need not keep, once a night, in small transactions."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from reporting.office import Office
from reporting.ports import Clock
from storage.retention import Forgettable, Retention
from storage.unit_of_work import Store

MONTH = timedelta(days=31)
NOTHING = Forgettable(messages=0, sendings=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Forgetter:
    """Carries out what offices set as `keep_months`."""

    store: Store
    clock: Clock

    async def count(self, office: Office) -> Forgettable:
        """What would be forgotten now; nothing while the office keeps everything."""
        before = self._before(office)
        if before is None:
            return NOTHING
        async with self.store.unit_of_work(self.clock.now()) as work:
            return await Retention(work.connection).count(office.id, before)

    async def forget(self, office: Office) -> Forgettable:
        """Forget it, batch by batch; what is gone is counted in the audit trail."""
        before = self._before(office)
        if before is None:
            return NOTHING
        messages = sendings = 0
        while (gone := await self._forget_some(office.id, before)) != NOTHING:
            messages, sendings = messages + gone.messages, sendings + gone.sendings
        return Forgettable(messages=messages, sendings=sendings)

    def _before(self, office: Office) -> datetime | None:
        months = office.policy.keep_months
        return None if months is None else self.clock.now() - months * MONTH

    async def _forget_some(self, office_id: int, before: datetime) -> Forgettable:
        async with self.store.unit_of_work(self.clock.now()) as work:
            gone = await Retention(work.connection).forget(office_id, before)
            if gone != NOTHING:
                counted = {"messages": gone.messages, "sendings": gone.sendings}
                details = {"before": before.isoformat(), **counted}
                await work.audit.note(office_id, "bot", "forgotten", f"office:{office_id}", details)
        return gone
