"""Leaders and office staff with their accounts."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from reporting.overseer import Overseer, Post
from storage.conversion import Row
from storage.tables import overseers


@dataclass(frozen=True, slots=True)
class OverseersTable:
    """Who may ask about others' tasks and decide on them, within one transaction."""

    connection: AsyncConnection

    async def find(self, channel: str, user_id: str) -> Overseer | None:
        """The overseer behind an account, or None."""
        row = (
            await self.connection.execute(
                sa.select(overseers).where(
                    overseers.c.channel == channel, overseers.c.user_id == user_id.lower()
                )
            )
        ).first()
        return None if row is None else _overseer(row._asdict())

    async def all(self, office_id: int) -> Sequence[Overseer]:
        """Every overseer of the office, an account each."""
        rows = await self.connection.execute(
            sa.select(overseers)
            .where(overseers.c.office_id == office_id)
            .order_by(overseers.c.post, overseers.c.name, overseers.c.channel)
        )
        return [_overseer(row._asdict()) for row in rows]

    async def bind(self, overseer: Overseer) -> None:
        """Bind an account to a leader or member of the office; a later binding replaces it."""
        bound = {
            "office_id": overseer.office_id,
            "spelling": overseer.user_id,
            "post": overseer.post.value,
            "name": overseer.name,
        }
        await self.connection.execute(
            insert(overseers)
            .values(channel=overseer.channel, user_id=overseer.user_id.lower(), **bound)
            .on_conflict_do_update(index_elements=["channel", "user_id"], set_=bound)
        )

    async def unbind(self, office_id: int, post: Post, channel: str, user_id: str) -> bool:
        """The account may see and decide nothing any more; False when it was bound to nobody."""
        gone = await self.connection.execute(
            sa.delete(overseers).where(
                overseers.c.office_id == office_id,
                overseers.c.post == post.value,
                overseers.c.channel == channel,
                overseers.c.user_id == user_id.lower(),
            )
        )
        return gone.rowcount > 0


def _overseer(row: Row) -> Overseer:
    return Overseer(
        office_id=row["office_id"],
        post=Post(row["post"]),
        name=row["name"],
        channel=row["channel"],
        user_id=row["spelling"],
    )
