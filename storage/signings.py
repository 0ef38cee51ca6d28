"""Who was sent a round's notice, and who has signed for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from reporting.signing import Signing
from storage.tables import reports, signings


@dataclass(frozen=True, slots=True)
class SigningsTable:
    """Signings, within one transaction."""

    connection: AsyncConnection
    now: datetime

    async def tell(self, office_id: int, round_id: int, liaison_id: int) -> bool:
        """Whether this copy of the notice is ours to send."""
        statement = (
            insert(signings)
            .values(office_id=office_id, round_id=round_id, liaison_id=liaison_id, told_at=self.now)
            .on_conflict_do_nothing(index_elements=["round_id", "liaison_id"])
            .returning(signings.c.liaison_id)
        )
        return (await self.connection.execute(statement)).first() is not None

    async def sign(self, round_id: int, liaison_id: int) -> bool:
        """He signs for his copy; False when he has none or has signed before."""
        signed = await self.connection.execute(
            sa.update(signings)
            .where(
                signings.c.round_id == round_id,
                signings.c.liaison_id == liaison_id,
                signings.c.signed_at.is_(None),
            )
            .values(signed_at=self.now)
        )
        return signed.rowcount > 0

    async def all(self, round_id: int) -> Sequence[Signing]:
        """Every copy of a round's notice."""
        reported = sa.exists().where(
            reports.c.round_id == signings.c.round_id,
            reports.c.liaison_id == signings.c.liaison_id,
            reports.c.withdrawn_at.is_(None),
        )
        rows = await self.connection.execute(
            sa.select(signings, reported.label("reported"))
            .where(signings.c.round_id == round_id)
            .order_by(signings.c.liaison_id)
        )
        return [
            Signing(
                liaison_id=row.liaison_id,
                told_at=row.told_at,
                signed_at=row.signed_at,
                reported=row.reported,
            )
            for row in rows
        ]
