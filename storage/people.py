"""Liaisons, their accounts, and the leadership groups."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from reporting.calendar import OFFICE_ZONE
from reporting.liaison import Liaison, Rung
from reporting.office import Account, Correspondent, LeadershipGroup
from storage.conversion import Row
from storage.statement import Statement
from storage.tables import accounts, leadership_groups, leaves, liaisons

_ABSENT = liaisons.alias("absent")
_STOOD_IN_FOR = (
    sa.select(sa.func.jsonb_agg(_ABSENT.c.units))
    .join(leaves, leaves.c.liaison_id == _ABSENT.c.id)
    .where(
        leaves.c.stand_in_id == liaisons.c.id,
        leaves.c.starts <= sa.bindparam("today"),
        leaves.c.ends >= sa.bindparam("today"),
        leaves.c.ended_at.is_(None),
    )
    .correlate(liaisons)
    .scalar_subquery()
)
_SENDER = Statement(
    sa.select(liaisons, accounts.c.stale_since, _STOOD_IN_FOR.label("stood_in_for"))
    .join(accounts, accounts.c.liaison_id == liaisons.c.id)
    .where(
        accounts.c.channel == sa.bindparam("channel"),
        accounts.c.user_id == sa.bindparam("user_id"),
        liaisons.c.active,
    )
)


def _correspondent(row: Row) -> Correspondent:
    return Correspondent(
        office_id=row["office_id"],
        liaison_id=row["id"],
        liaison=Liaison(
            key=row["key"],
            name=row["name"],
            units=tuple(row["units"]),
            post=row["post"],
            phone=row["phone"],
            duty=Rung(row["duty"]),
        ),
    )


class PeopleTable:
    """Who the office hears from, within one transaction."""

    def __init__(self, connection: AsyncConnection, now: datetime) -> None:
        self._connection, self._now = connection, now

    async def correspondent(self, channel: str, user_id: str) -> Correspondent | None:
        """The liaison behind an account, or None for a stranger."""
        today = self._now.astimezone(OFFICE_ZONE).date()
        row = await _SENDER.first(
            self._connection, channel=channel, user_id=user_id.lower(), today=today
        )
        if row is None:
            return None
        units = [*row["units"], *(unit for units in row["stood_in_for"] or () for unit in units)]
        own = {**row, "units": tuple(dict.fromkeys(units))}
        return replace(_correspondent(own), stale=row["stale_since"] is not None)

    async def by_key(self, office_id: int, key: str) -> Correspondent | None:
        """The active liaison of this number, or None."""
        row = (
            await self._connection.execute(
                sa.select(liaisons).where(
                    liaisons.c.office_id == office_id, liaisons.c.key == key, liaisons.c.active
                )
            )
        ).first()
        return None if row is None else _correspondent(row._asdict())

    async def change(self, liaison_id: int, *, units: Sequence[str], duty: Rung) -> None:
        """Give a liaison these units and this duty in them."""
        await self._connection.execute(
            sa.update(liaisons)
            .where(liaisons.c.id == liaison_id)
            .values(units=list(units), duty=duty.value)
        )

    async def liaisons(self, office_id: int) -> Sequence[Correspondent]:
        """Every active liaison of the office, in the directory's order."""
        rows = await self._connection.execute(
            sa.select(liaisons)
            .where(liaisons.c.office_id == office_id, liaisons.c.active)
            .order_by(liaisons.c.id)
        )
        return [_correspondent(row._asdict()) for row in rows]

    async def accounts(self, office_id: int) -> Sequence[Account]:
        """Every account of the office's liaisons that can be reached."""
        rows = await self._connection.execute(
            sa.select(accounts).where(
                accounts.c.office_id == office_id, accounts.c.stale_since.is_(None)
            )
        )
        return [
            Account(channel=row.channel, user_id=row.spelling, liaison_id=row.liaison_id)
            for row in rows
        ]

    async def leadership_groups(self, office_id: int) -> Sequence[LeadershipGroup]:
        """The groups that get the digest."""
        rows = await self._connection.execute(
            sa.select(leadership_groups)
            .where(leadership_groups.c.office_id == office_id)
            .order_by(leadership_groups.c.channel, leadership_groups.c.name)
        )
        return [LeadershipGroup(channel=row.channel, name=row.name) for row in rows]
