"""Messages that ended without arriving: looked up by the operator, and sent once more."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from reporting.messages import Address, AddressKind, DeliveryState
from storage.jobs import Jobs
from storage.outbox import delivery_job
from storage.tables import outbox


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A message as the operator finds it; `state` is None while it is still on its way."""

    id: int
    office_id: int
    channel: str
    address_kind: AddressKind
    target: str
    state: DeliveryState | None
    written_at: datetime


@dataclass(frozen=True, slots=True)
class DeadLetters:
    """Finished messages, within one transaction."""

    connection: AsyncConnection
    jobs: Jobs

    async def find(self, ids: Sequence[int]) -> Sequence[Letter]:
        """The messages with these numbers, locked until the transaction ends."""
        return await self._letters(outbox.c.id.in_(ids))

    async def refused(self, office_id: int, since: datetime) -> Sequence[Letter]:
        """The office's refused messages written since then, locked until the transaction ends."""
        return await self._letters(
            outbox.c.office_id == office_id,
            outbox.c.state == DeliveryState.REFUSED.value,
            # A card that was not renewed is not worth another try: the receipt says the same.
            outbox.c.address_kind != AddressKind.CARD.value,
            outbox.c.written_at >= since,
        )

    async def _letters(self, *which: sa.ColumnElement[bool]) -> Sequence[Letter]:
        statement = sa.select(outbox).where(*which).order_by(outbox.c.id).with_for_update()
        return [
            Letter(
                id=row.id,
                office_id=row.office_id,
                channel=row.channel,
                address_kind=AddressKind(row.address_kind),
                target=row.target,
                state=DeliveryState(row.state) if row.finished_at else None,
                written_at=row.written_at,
            )
            for row in await self.connection.execute(statement)
        ]

    async def reopen(self, letter: Letter) -> None:
        """Put a message back on its way: from the part it stopped at, with all its tries.

        One that reached some of its people starts anew, for nobody knows which part they missed.
        """
        columns: dict[str, object] = {
            "state": "pending",
            "finished_at": None,
            "sending": False,
            "attempts": 0,
        }
        if letter.state is DeliveryState.PARTLY:
            columns["part"] = 0
        await self.connection.execute(
            sa.update(outbox).where(outbox.c.id == letter.id).values(**columns)
        )
        address = Address(channel=letter.channel, kind=letter.address_kind, target=letter.target)
        await self.jobs.enqueue(self.connection, [delivery_job(letter.id, address)])
