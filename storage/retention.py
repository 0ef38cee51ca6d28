"""Retention: what belongs to no task is forgotten after a time; the ledger and its trail never are.

Forgotten are messages that led to nothing in the ledger (chatter, commands, strangers' words) and
what we sent that speaks of no task. All else stands in some task's dossier.
"""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.tables import deliveries, inbox, metadata, outbox

BATCH = 5000


@dataclass(frozen=True, slots=True, kw_only=True)
class Forgettable:
    """How many rows: messages of people, and messages of ours."""

    messages: int
    sendings: int


@dataclass(frozen=True, slots=True)
class Retention:
    """What an office need not keep, within one transaction."""

    connection: AsyncConnection

    async def count(self, office_id: int, before: datetime) -> Forgettable:
        """What would be forgotten of the time before a moment."""
        return Forgettable(
            messages=await self._count(_idle_messages(office_id, before)),
            sendings=await self._count(_idle_sendings(office_id, before)),
        )

    async def forget(self, office_id: int, before: datetime) -> Forgettable:
        """Forget at most a batch of each; call again until nothing is left."""
        sendings = _idle_sendings(office_id, before).limit(BATCH)
        gone = (await self.connection.scalars(sendings)).all()
        await self.connection.execute(sa.delete(deliveries).where(deliveries.c.outbox_id.in_(gone)))
        await self.connection.execute(sa.delete(outbox).where(outbox.c.id.in_(gone)))
        messages = _idle_messages(office_id, before).limit(BATCH)
        removed = await self.connection.execute(
            sa.delete(inbox).where(inbox.c.id.in_(messages)).returning(inbox.c.id)
        )
        return Forgettable(messages=len(removed.all()), sendings=len(gone))

    async def _count(self, which: sa.Select[int]) -> int:
        counted = sa.select(sa.func.count()).select_from(which.subquery())
        return int(await self.connection.scalar(counted) or 0)


def _idle_messages(office_id: int, before: datetime) -> sa.Select[int]:
    """Answered messages that no other row refers to, whichever table may come to do so."""
    referring = [
        column
        for table in metadata.tables.values()
        for column in table.columns
        if column.references(inbox.c.id)
    ]
    return sa.select(inbox.c.id).where(
        inbox.c.office_id == office_id,
        inbox.c.processed_at < before,
        *(~sa.exists().where(column == inbox.c.id) for column in referring),
    )


def _idle_sendings(office_id: int, before: datetime) -> sa.Select[int]:
    """Messages of ours that are out, or given up, and speak of no task."""
    return sa.select(outbox.c.id).where(
        outbox.c.office_id == office_id,
        outbox.c.finished_at < before,
        outbox.c.about == sa.cast([], JSONB),
    )
