"""The configured channels: one bot on WeCom or DingTalk each, their secrets sealed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from reporting.messages import Platform
from storage.seal import Json, Seal
from storage.tables import accounts, channels, leadership_groups, liaisons, overseers


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelRow:
    """One channel as it is kept; `settings` hold its secrets."""

    name: str
    office_id: int
    platform: Platform
    settings: Mapping[str, Json] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Removed:
    """A channel that was taken away, and how many accounts with it."""

    office_id: int
    platform: Platform
    accounts: int


@dataclass(frozen=True, slots=True)
class ChannelsTable:
    """Channels and who is bound on them, within one transaction."""

    connection: AsyncConnection
    seal: Seal

    async def all(self) -> Sequence[ChannelRow]:
        """Every channel."""
        rows = await self.connection.execute(sa.select(channels).order_by(channels.c.name))
        return [
            ChannelRow(
                name=row.name,
                office_id=row.office_id,
                platform=Platform(row.platform),
                settings=self.seal.open(row.sealed),
            )
            for row in rows
        ]

    async def save(self, channel: ChannelRow, groups: Sequence[str]) -> None:
        """Add a channel or replace its settings; `groups` are its leadership groups."""
        values = {
            "office_id": channel.office_id,
            "platform": channel.platform.value,
            "sealed": self.seal.close(channel.settings),
        }
        await self.connection.execute(
            insert(channels)
            .values(name=channel.name, **values)
            .on_conflict_do_update(index_elements=["name"], set_=values)
        )
        await self.connection.execute(
            sa.delete(leadership_groups).where(leadership_groups.c.channel == channel.name)
        )
        for name in groups:
            await self.connection.execute(
                sa.insert(leadership_groups).values(
                    office_id=channel.office_id, channel=channel.name, name=name
                )
            )

    async def remove(self, name: str) -> Removed | None:
        """Take a channel away with all that is bound on it; None when there is none."""
        counts = [
            (
                await self.connection.execute(sa.delete(table).where(table.c.channel == name))
            ).rowcount
            for table in (accounts, overseers, leadership_groups)
        ]
        row = (
            await self.connection.execute(
                sa.delete(channels).where(channels.c.name == name).returning(channels)
            )
        ).first()
        if row is None:
            return None
        return Removed(
            office_id=row.office_id, platform=Platform(row.platform), accounts=sum(counts[:2])
        )

    async def bind_all(self, office_id: int) -> None:
        """Bind every liaison whose id the directory gives to each channel of that platform."""
        spelling = liaisons.c.platform_ids[channels.c.platform].astext
        user_id = sa.func.lower(spelling)
        first = sa.func.min(liaisons.c.id)
        found = (
            sa.select(sa.literal(office_id), channels.c.name, user_id, sa.func.min(spelling), first)
            .join_from(liaisons, channels, liaisons.c.office_id == channels.c.office_id)
            .where(liaisons.c.office_id == office_id, user_id != "", liaisons.c.active)
            .group_by(channels.c.name, user_id)
        )
        columns = ["office_id", "channel", "user_id", "spelling", "liaison_id"]
        statement = insert(accounts).from_select(columns, found)
        await self.connection.execute(
            statement.on_conflict_do_update(
                index_elements=["channel", "user_id"],
                set_={
                    "liaison_id": statement.excluded.liaison_id,
                    "spelling": statement.excluded.spelling,
                },
            )
        )
