"""Claims: unique rows that make an effect happen once."""

from collections.abc import Mapping, Set
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from reporting.office import LeadershipGroup
from storage.tables import digests, reminders


@dataclass(frozen=True, slots=True)
class ClaimsTable:
    """Reminders and digests that are ours to send, within one transaction."""

    connection: AsyncConnection
    now: datetime

    async def reminder(self, office_id: int, round_id: int, liaison_id: int, step: str) -> bool:
        """Whether this step for this liaison is ours to send."""
        statement = insert(reminders).values(
            office_id=office_id,
            round_id=round_id,
            liaison_id=liaison_id,
            step=step,
            claimed_at=self.now,
        )
        return await self._won(statement.on_conflict_do_nothing().returning(reminders.c.step))

    async def reminded(self, round_id: int) -> Set[tuple[int, str]]:
        """The (liaison, step) pairs of a round that are claimed."""
        rows = await self.connection.execute(
            sa.select(reminders.c.liaison_id, reminders.c.step).where(
                reminders.c.round_id == round_id
            )
        )
        return {(row.liaison_id, row.step) for row in rows}

    async def reminders_since(self, office_id: int, since: datetime) -> Mapping[int, int]:
        """How many reminders came due for each liaison since a moment, held back or not."""
        rows = await self.connection.execute(
            sa.select(reminders.c.liaison_id, sa.func.count().label("sent"))
            .where(reminders.c.office_id == office_id, reminders.c.claimed_at >= since)
            .group_by(reminders.c.liaison_id)
        )
        return {row.liaison_id: row.sent for row in rows}

    async def digest(
        self, office_id: int, round_id: int, group: LeadershipGroup, kind: str
    ) -> bool:
        """Whether this digest for this group is ours to post."""
        statement = insert(digests).values(
            office_id=office_id,
            round_id=round_id,
            channel=group.channel,
            group_name=group.name,
            kind=kind,
            claimed_at=self.now,
        )
        return await self._won(statement.on_conflict_do_nothing().returning(digests.c.kind))

    async def _won(self, statement: sa.Executable) -> bool:
        return (await self.connection.execute(statement)).first() is not None
