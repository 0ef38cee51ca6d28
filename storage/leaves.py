"""When liaisons are away, and who stands in for them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from reporting.leave import Leave
from storage.tables import leaves

IN_FORCE = leaves.c.ended_at.is_(None)


@dataclass(frozen=True, slots=True)
class LeavesTable:
    """Leaves, within one transaction."""

    connection: AsyncConnection
    now: datetime

    async def on(self, office_id: int, day: date) -> Sequence[Leave]:
        """The leaves that cover a day."""
        return await self._find(
            leaves.c.office_id == office_id, leaves.c.starts <= day, leaves.c.ends >= day
        )

    async def ahead(self, office_id: int, day: date) -> Sequence[Leave]:
        """The leaves that end on a day or later, the next first."""
        return await self._find(leaves.c.office_id == office_id, leaves.c.ends >= day)

    async def keep(self, office_id: int, leave: Leave, made_by: str) -> int:
        """Keep a leave in place of any that it overlaps; its id."""
        await self._end(
            leaves.c.liaison_id == leave.liaison_id,
            leaves.c.starts <= leave.ends,
            leaves.c.ends >= leave.starts,
        )
        statement = (
            sa.insert(leaves)
            .values(
                office_id=office_id,
                liaison_id=leave.liaison_id,
                stand_in_id=leave.stand_in,
                starts=leave.starts,
                ends=leave.ends,
                made_by=made_by,
                made_at=self.now,
            )
            .returning(leaves.c.id)
        )
        return int((await self.connection.execute(statement)).scalar_one())

    async def end(self, liaison_id: int, day: date) -> int:
        """Call off the leaves of a liaison that end on a day or later; how many."""
        return await self._end(leaves.c.liaison_id == liaison_id, leaves.c.ends >= day)

    async def _end(self, *which: sa.ColumnElement[bool]) -> int:
        ended = await self.connection.execute(
            sa.update(leaves).where(IN_FORCE, *which).values(ended_at=self.now)
        )
        return ended.rowcount

    async def _find(self, *which: sa.ColumnElement[bool]) -> Sequence[Leave]:
        rows = await self.connection.execute(
            sa.select(leaves).where(IN_FORCE, *which).order_by(leaves.c.starts, leaves.c.id)
        )
        return [
            Leave(
                liaison_id=row.liaison_id,
                starts=row.starts,
                ends=row.ends,
                stand_in=row.stand_in_id,
            )
            for row in rows
        ]
