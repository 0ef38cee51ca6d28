"""Offices and their plans in force."""

from collections.abc import Sequence
from datetime import date, time

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from reporting.attachment import PhotoRule
from reporting.calendar import WorkCalendar
from reporting.office import Office, PlannedTask
from reporting.policy import policy_from_json
from reporting.round import RoundRules
from reporting.secrecy import NumberRule
from reporting.unit import Unit
from storage.conversion import Row, task_from_row
from storage.statement import Statement
from storage.tables import offices, plans, tasks, units

_OFFICE = Statement("SELECT id, name, settings, edition FROM offices WHERE id = %(office_id)s")
_TIMES = ("cutoff_time", "quiet_from", "quiet_until", "remind_at")


def rules_as_json(rules: RoundRules) -> dict[str, object]:
    """An office's rules as its row keeps them."""
    fields = {name: getattr(rules, name) for name in RoundRules.__dataclass_fields__}
    times = {name: fields[name].isoformat() for name in _TIMES}
    return {**fields, **times, "reminder_days": list(rules.reminder_days)}


def rules_from_json(content: Row) -> RoundRules:
    """An office's rules from its row; what the row does not say keeps its default."""
    times = {name: time.fromisoformat(content[name]) for name in _TIMES if name in content}
    days = tuple(content.get("reminder_days", (5, 3, 1, 0)))
    known = {k: v for k, v in content.items() if k in RoundRules.__dataclass_fields__}
    return RoundRules(**{"cutoff_day": 25, **known, **times, "reminder_days": days})


def _calendar(days: Row) -> WorkCalendar:
    """The office's own days: {"2026-06-19": false} is a day off beyond the statutory ones."""
    return WorkCalendar(overrides={date.fromisoformat(day): bool(on) for day, on in days.items()})


def _office(row: Row) -> Office:
    settings = row["settings"]
    return Office(
        id=row["id"],
        name=row["name"],
        phone=settings.get("phone", ""),
        rules=rules_from_json(settings.get("rules", {})),
        calendar=_calendar(settings.get("days", {})),
        policy=policy_from_json(settings.get("policy", {})),
        numbers=NumberRule(settings.get("numbers", NumberRule.MASK)),
        photos=PhotoRule(settings.get("photos", PhotoRule.STRIP)),
        edition=row["edition"],
    )


class PlansTable:
    """Offices and plans, within one transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def office(self, office_id: int) -> Office:
        """The office; LookupError when there is none."""
        row = await _OFFICE.first(self._connection, office_id=office_id)
        if row is None:
            raise LookupError(office_id)
        return _office(row)

    async def offices(self) -> Sequence[Office]:
        """Every office."""
        rows = await self._connection.execute(sa.select(offices).order_by(offices.c.id))
        return [_office(row._asdict()) for row in rows]

    async def units(self, office_id: int) -> Sequence[Unit]:
        """The units the office knows, with their short names."""
        rows = await self._connection.execute(
            sa.select(units).where(units.c.office_id == office_id).order_by(units.c.id)
        )
        return [Unit(name=row.name, aliases=tuple(row.aliases)) for row in rows]

    async def plan(self, office_id: int, year: int) -> tuple[int, str]:
        """The id and title of the plan in force in a year: that year's, else the newest before.

        LookupError without one.
        """
        statement = (
            sa.select(plans.c.id, plans.c.title)
            .where(plans.c.office_id == office_id, plans.c.year <= year)
            .order_by(plans.c.year.desc())
            .limit(1)
        )
        row = (await self._connection.execute(statement)).first()
        if row is None:
            raise LookupError(office_id)
        return int(row.id), str(row.title)

    async def year(self, plan_id: int) -> int:
        """The year a plan is of; LookupError when there is none."""
        year = await self._connection.scalar(sa.select(plans.c.year).where(plans.c.id == plan_id))
        if year is None:
            raise LookupError(plan_id)
        return int(year)

    async def tasks(self, plan_id: int) -> Sequence[PlannedTask]:
        """The plan's open tasks in its order."""
        rows = await self._connection.execute(
            sa.select(tasks)
            .where(tasks.c.plan_id == plan_id, ~tasks.c.dropped)
            .order_by(tasks.c.position)
        )
        return [PlannedTask(id=row.id, task=task_from_row(row._asdict())) for row in rows]
