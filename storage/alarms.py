"""Alarms: what an operator must see to, one open row for each trouble of a channel."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.tables import alarms


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """One trouble as the operator sees it."""

    id: int
    channel: str
    kind: str
    detail: str
    raised_at: datetime
    settled_at: datetime | None


@dataclass(frozen=True, slots=True)
class AlarmsTable:
    """Alarms, within one transaction."""

    connection: AsyncConnection
    now: datetime

    async def sound(self, office_id: int, channel: str, kind: str, detail: str) -> bool:
        """Raise an alarm; False when the same is open already."""
        statement = (
            insert(alarms)
            .values(
                office_id=office_id, channel=channel, kind=kind, detail=detail, raised_at=self.now
            )
            .on_conflict_do_nothing(
                index_elements=["office_id", "channel", "kind"],
                index_where=alarms.c.settled_at.is_(None),
            )
            .returning(alarms.c.id)
        )
        return (await self.connection.execute(statement)).first() is not None

    async def settle(self, office_id: int, channel: str, kinds: Collection[str]) -> None:
        """These troubles are over."""
        await self._settle(
            alarms.c.office_id == office_id, alarms.c.channel == channel, alarms.c.kind.in_(kinds)
        )

    async def settle_one(self, office_id: int, alarm_id: int) -> bool:
        """The operator has seen to it; False when no such alarm is open."""
        return await self._settle(alarms.c.office_id == office_id, alarms.c.id == alarm_id) > 0

    async def _settle(self, *which: sa.ColumnElement[bool]) -> int:
        settled = await self.connection.execute(
            sa.update(alarms)
            .where(alarms.c.settled_at.is_(None), *which)
            .values(settled_at=self.now)
        )
        return settled.rowcount

    async def all(self, office_id: int, *, settled: bool = False) -> Sequence[Alarm]:
        """The office's open alarms, or with those that are over, the newest first."""
        statement = sa.select(alarms).where(alarms.c.office_id == office_id)
        if not settled:
            statement = statement.where(alarms.c.settled_at.is_(None))
        rows = await self.connection.execute(statement.order_by(alarms.c.id.desc()))
        return [
            Alarm(
                id=row.id,
                channel=row.channel,
                kind=row.kind,
                detail=row.detail,
                raised_at=row.raised_at,
                settled_at=row.settled_at,
            )
            for row in rows
        ]
