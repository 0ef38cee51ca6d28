"""Who can be reached: by the platform's own word about the messages of a round."""

from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from reporting.liaison import Liaison
from reporting.messages import DeliveryState
from storage.tables import accounts, liaisons, outbox

_ARRIVED = (DeliveryState.DELIVERED.value, DeliveryState.PARTLY.value)


@dataclass(frozen=True, slots=True)
class ReachTable:
    """Reachability, within one transaction."""

    connection: AsyncConnection

    async def unreached(self, office_id: int, since: datetime) -> Sequence[Liaison]:
        """Liaisons without a live account, or to whom nothing has arrived since a moment."""
        reached = await self._reached(office_id, since)
        rows = await self.connection.execute(
            sa.select(liaisons)
            .where(liaisons.c.office_id == office_id, liaisons.c.active)
            .order_by(liaisons.c.id)
        )
        return [
            Liaison(key=r.key, name=r.name, units=tuple(r.units), post=r.post, phone=r.phone)
            for r in rows
            if r.id not in reached
        ]

    async def reached_units(self, office_id: int, since: datetime) -> Set[str]:
        """The units of which somebody can be reached."""
        reached = await self._reached(office_id, since)
        rows = await self.connection.execute(
            sa.select(liaisons.c.id, liaisons.c.units).where(
                liaisons.c.office_id == office_id, liaisons.c.active
            )
        )
        return {unit for row in rows if row.id in reached for unit in row.units}

    async def _reached(self, office_id: int, since: datetime) -> Set[int]:
        """A live account, and no message yet, one on its way, or one that arrived."""
        to_him = sa.and_(
            outbox.c.channel == accounts.c.channel,
            sa.func.lower(outbox.c.target) == accounts.c.user_id,
            outbox.c.office_id == office_id,
            outbox.c.written_at >= since,
        )
        in_vain = sa.and_(outbox.c.finished_at.is_not(None), outbox.c.state.not_in(_ARRIVED))
        rows = await self.connection.execute(
            sa.select(accounts.c.liaison_id)
            .outerjoin(outbox, to_him)
            .where(accounts.c.office_id == office_id, accounts.c.stale_since.is_(None))
            .group_by(accounts.c.liaison_id)
            .having(
                sa.or_(
                    sa.func.count(outbox.c.id) == 0,
                    sa.func.bool_or(sa.and_(outbox.c.id.is_not(None), ~in_vain)),
                )
            )
        )
        return {row.liaison_id for row in rows}
