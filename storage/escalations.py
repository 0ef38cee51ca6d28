"""Which rungs of a unit's ladder were asked in a round: unique rows, each asked once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from reporting.escalation import Asked
from reporting.liaison import Rung
from reporting.messages import DeliveryState
from storage.tables import escalations, outbox

ARRIVED = (DeliveryState.DELIVERED.value, DeliveryState.PARTLY.value)


@dataclass(frozen=True, slots=True)
class EscalationsTable:
    """Rungs that were asked, within one transaction."""

    connection: AsyncConnection
    now: datetime

    async def claim(self, office_id: int, round_id: int, unit: str, rung: Rung) -> bool:
        """Whether this rung of this unit is ours to ask."""
        statement = (
            insert(escalations)
            .values(
                office_id=office_id,
                round_id=round_id,
                unit=unit,
                rung=rung.value,
                claimed_at=self.now,
            )
            .on_conflict_do_nothing(index_elements=["round_id", "unit", "rung"])
            .returning(escalations.c.id)
        )
        return (await self.connection.execute(statement)).first() is not None

    async def keep(self, round_id: int, unit: str, rung: Rung, messages: Sequence[str]) -> None:
        """These messages asked the rung."""
        await self.connection.execute(
            sa.update(escalations)
            .where(
                escalations.c.round_id == round_id,
                escalations.c.unit == unit,
                escalations.c.rung == rung.value,
            )
            .values(messages=list(messages))
        )

    async def asked(self, round_id: int) -> Mapping[str, tuple[Asked, ...]]:
        """What was asked in a round by unit, in order, with when it arrived."""
        keys = sa.func.jsonb_array_elements_text(escalations.c.messages).column_valued("message")
        message = sa.lateral(sa.select(keys.label("key")))
        office = outbox.c.office_id == escalations.c.office_id
        sent = sa.and_(office, outbox.c.key == message.c.key)
        arrived = sa.func.min(outbox.c.finished_at).filter(outbox.c.state.in_(ARRIVED))
        unfinished = sa.and_(outbox.c.id.is_not(None), outbox.c.finished_at.is_(None))
        rows = await self.connection.execute(
            sa.select(
                escalations.c.unit,
                escalations.c.rung,
                escalations.c.claimed_at,
                arrived.label("reached_at"),
                sa.func.bool_or(unfinished).label("under_way"),
            )
            .select_from(escalations.outerjoin(message, sa.true()).outerjoin(outbox, sent))
            .where(escalations.c.round_id == round_id)
            .group_by(escalations.c.id)
            .order_by(escalations.c.id)
        )
        found: dict[str, tuple[Asked, ...]] = {}
        for row in rows:
            one = Asked(
                rung=Rung(row.rung),
                asked_at=row.claimed_at,
                reached_at=row.reached_at,
                under_way=row.reached_at is None and bool(row.under_way),
            )
            found[row.unit] = (*found.get(row.unit, ()), one)
        return found
