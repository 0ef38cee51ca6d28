"""Who can be reached: by the platform's own word about the messages of a round."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncConnection

from reporting.liaison import Liaison, Rung
from reporting.messages import OutgoingKind
from reporting.office import Correspondent
from storage.escalations import ARRIVED
from storage.tables import accounts, liaisons, outbox


@dataclass(frozen=True, slots=True)
class ReachTable:
    """Reachability, within one transaction."""

    connection: AsyncConnection

    async def unreached(self, office_id: int, since: datetime) -> Sequence[Liaison]:
        """Whom to ring: liaisons without a live account, and whoever was written to in vain."""
        reached = await self.reached(office_id, since)
        known = sa.select(accounts.c.liaison_id).where(accounts.c.office_id == office_id)
        rows = await self.connection.execute(
            sa.select(liaisons)
            .where(
                liaisons.c.office_id == office_id,
                liaisons.c.active,
                liaisons.c.id.not_in(reached),
                # Nobody needs a head or a deputy to have an account before his turn comes.
                sa.or_(liaisons.c.duty == Rung.LIAISON.value, liaisons.c.id.in_(known)),
            )
            .order_by(liaisons.c.id)
        )
        return [
            Liaison(
                key=row.key,
                name=row.name,
                units=tuple(row.units),
                post=row.post,
                phone=row.phone,
                duty=Rung(row.duty),
            )
            for row in rows
        ]

    async def reached(self, office_id: int, since: datetime) -> Set[int]:
        """A live account, and no message yet, one on its way, or one that arrived."""
        to_him = _to_him(office_id, since)
        in_vain = sa.and_(outbox.c.finished_at.is_not(None), outbox.c.state.not_in(ARRIVED))
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

    async def first_arrival(self, sender: Correspondent, since: datetime) -> datetime | None:
        """When anything of ours first reached him or somebody of his units since a moment."""
        units = sender.liaison.units
        his = sa.or_(
            liaisons.c.id == sender.liaison_id,
            liaisons.c.units.has_any(sa.cast(list(units), ARRAY(sa.Text))),
        )
        found: datetime | None = await self.connection.scalar(
            sa.select(sa.func.min(outbox.c.finished_at))
            .select_from(accounts)
            .join(outbox, _to_him(sender.office_id, since))
            .join(liaisons, liaisons.c.id == accounts.c.liaison_id)
            .where(accounts.c.office_id == sender.office_id, his, outbox.c.state.in_(ARRIVED))
        )
        return found

    async def arrivals(self, office_id: int, since: datetime) -> Mapping[int, bool]:
        """Whether anything we sent since a moment arrived, for whoever was written to."""
        arrived = sa.func.bool_or(outbox.c.state.in_(ARRIVED))
        rows = await self.connection.execute(
            sa.select(accounts.c.liaison_id, arrived.label("arrived"))
            .join(outbox, _to_him(office_id, since))
            .where(
                accounts.c.office_id == office_id,
                # An answer to his own message tells that he was reached, not that he was asked.
                outbox.c.kind != OutgoingKind.RECEIPT.value,
            )
            .group_by(accounts.c.liaison_id)
        )
        return {row.liaison_id: bool(row.arrived) for row in rows}


def _to_him(office_id: int, since: datetime) -> sa.ColumnElement[bool]:
    """What was written to an account since a moment."""
    return sa.and_(
        outbox.c.channel == accounts.c.channel,
        sa.func.lower(outbox.c.target) == accounts.c.user_id,
        outbox.c.office_id == office_id,
        outbox.c.written_at >= since,
    )
