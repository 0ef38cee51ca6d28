"""Cards that went out with a question: what is needed to renew one, kept sealed, used once."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from reporting.messages import Address, AddressKind, Card, CardGrant
from storage.conversion import card_from_json
from storage.seal import Seal
from storage.tables import outbox


@dataclass(frozen=True, slots=True)
class CardsTable:
    """Cards that are out, within one transaction."""

    connection: AsyncConnection
    seal: Seal
    now: datetime

    async def keep(self, parcel_id: int, grant: CardGrant) -> None:
        """The platform has taken the message as a card."""
        end = None
        if grant.seconds is not None:
            end = (self.now + timedelta(seconds=grant.seconds)).isoformat()
        await self._put(parcel_id, self.seal.close({"code": grant.code, "until": end}))

    async def take(self, office_id: int, key: str) -> tuple[Address, Card] | None:
        """The card a message of this key went out as, and where it is renewed; once."""
        found = await self.connection.execute(
            sa.select(outbox)
            .where(
                outbox.c.office_id == office_id,
                outbox.c.key == key,
                outbox.c.card_grant.is_not(None),
            )
            .with_for_update()
        )
        row = found.first()
        if row is None:
            return None
        await self._put(row.id, None)
        grant = self.seal.open(row.card_grant)
        code, end = grant.get("code"), grant.get("until")
        if end and datetime.fromisoformat(str(end)) <= self.now:
            return None
        address = Address(
            channel=row.channel,
            kind=AddressKind.CARD,
            target=row.target,
            session_url=str(code) if code else None,
        )
        return address, Card(key=card_from_json(row.card).key)

    async def _put(self, parcel_id: int, sealed: str | None) -> None:
        await self.connection.execute(
            sa.update(outbox).where(outbox.c.id == parcel_id).values(card_grant=sealed)
        )
