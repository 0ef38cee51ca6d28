"""Accounts: bound by one-time codes, stale when the platform has lost them, renamed by it."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from reporting.binding import ATTEMPTS_WITHIN, CODE_LIVES, Bound, Grant, bare_code
from reporting.messages import IncomingMessage
from storage.conversion import Row
from storage.seal import Seal
from storage.tables import accounts, binding_codes, binding_failures, liaisons


@dataclass(frozen=True, slots=True)
class AccountsTable:
    """Accounts and the codes that bind them, within one transaction."""

    connection: AsyncConnection
    seal: Seal
    now: datetime

    async def issue(self, office_id: int, code: str, grant: Grant) -> datetime:
        """Keep a fresh code, hashed; when it expires. `grant.id` is not looked at."""
        expires = self.now + CODE_LIVES
        await self.connection.execute(
            sa.insert(binding_codes).values(
                office_id=office_id,
                digest=self.seal.fingerprint(bare_code(code)),
                unit=grant.unit,
                name=grant.name,
                liaison_key=grant.liaison_key,
                issued_at=self.now,
                expires_at=expires,
            )
        )
        return expires

    async def redeem(self, office_id: int, code: str) -> Grant | None:
        """Use a code up: what it gives, or None when it is wrong, used or expired."""
        # One statement: of two who send the same code at once, one gets the row.
        row = (
            await self.connection.execute(
                sa.update(binding_codes)
                .where(
                    binding_codes.c.office_id == office_id,
                    binding_codes.c.digest == self.seal.fingerprint(code),
                    binding_codes.c.used_at.is_(None),
                    binding_codes.c.expires_at > self.now,
                )
                .values(used_at=self.now)
                .returning(binding_codes)
            )
        ).first()
        if row is None:
            return None
        return Grant(id=row.id, unit=row.unit, name=row.name, liaison_key=row.liaison_key)

    async def count_failures(self, channel: str, user_id: str) -> int:
        """How many codes of this account failed lately."""
        return int(
            await self.connection.scalar(
                sa.select(sa.func.count())
                .select_from(binding_failures)
                .where(
                    binding_failures.c.channel == channel,
                    binding_failures.c.user_id == user_id.lower(),
                    binding_failures.c.failed_at > self.now - ATTEMPTS_WITHIN,
                )
            )
            or 0
        )

    async def note_failure(self, office_id: int, channel: str, user_id: str) -> None:
        """Remember that a code of this account failed."""
        await self.connection.execute(
            sa.insert(binding_failures).values(
                office_id=office_id, channel=channel, user_id=user_id.lower(), failed_at=self.now
            )
        )

    async def bind(
        self, grant: Grant, office_id: int, channel: str, message: IncomingMessage
    ) -> Bound | None:
        """Bind the sender's account; None when the liaison the code was issued for is gone.

        Whoever is bound already gets the unit added to his own.
        """
        found = await self._meant(grant, office_id, channel, message.sender_id)
        if found is None and grant.liaison_key:
            return None
        row = (
            await self._joined(found, grant)
            if found
            else await self._new(grant, office_id, message)
        )
        bound = {
            "liaison_id": row["id"],
            "spelling": message.sender_id,
            "stale_since": None,
            "stale_reason": "",
        }
        await self.connection.execute(
            insert(accounts)
            .values(
                office_id=office_id, channel=channel, user_id=message.sender_id.lower(), **bound
            )
            .on_conflict_do_update(index_elements=["channel", "user_id"], set_=bound)
        )
        return Bound(liaison_id=row["id"], name=row["name"], units=tuple(row["units"]))

    async def _meant(self, grant: Grant, office_id: int, channel: str, user_id: str) -> Row | None:
        """The liaison the code names, else the one the account is bound to."""
        statement = sa.select(liaisons).where(liaisons.c.office_id == office_id, liaisons.c.active)
        if grant.liaison_key:
            statement = statement.where(liaisons.c.key == grant.liaison_key)
        else:
            statement = statement.join(accounts, accounts.c.liaison_id == liaisons.c.id).where(
                accounts.c.channel == channel, accounts.c.user_id == user_id.lower()
            )
        row = (await self.connection.execute(statement.with_for_update(of=liaisons))).first()
        return None if row is None else row._asdict()

    async def _joined(self, liaison: Row, grant: Grant) -> Row:
        if grant.unit in liaison["units"]:
            return liaison
        units = [*liaison["units"], grant.unit]
        await self.connection.execute(
            sa.update(liaisons).where(liaisons.c.id == liaison["id"]).values(units=units)
        )
        return {**liaison, "units": units}

    async def _new(self, grant: Grant, office_id: int, message: IncomingMessage) -> Row:
        values = {
            "office_id": office_id,
            "key": f"code{grant.id}",
            "name": grant.name or message.sender_name or f"{grant.unit}联络员",
            "units": [grant.unit],
        }
        statement = sa.insert(liaisons).values(**values).returning(liaisons)
        row: Row = (await self.connection.execute(statement)).one()._asdict()
        return row

    async def mark_stale(self, channel: str, user_id: str, reason: str) -> bool:
        """The account cannot be reached any more; False when it is unknown or known as such."""
        columns = {"stale_since": self.now, "stale_reason": reason}
        return await self._change(channel, user_id, accounts.c.stale_since.is_(None), columns)

    async def revive(self, channel: str, user_id: str) -> bool:
        """The account can be reached again; False when it was not stale."""
        columns = {"stale_since": None, "stale_reason": ""}
        return await self._change(channel, user_id, accounts.c.stale_since.is_not(None), columns)

    async def rename(self, channel: str, old: str, new: str) -> bool:
        """The platform gave the account another id; False when nobody is bound to it."""
        if old.lower() != new.lower():
            # Ids are unique on the platform: whatever we knew under the new one is out of date.
            await self.connection.execute(
                sa.delete(accounts).where(
                    accounts.c.channel == channel, accounts.c.user_id == new.lower()
                )
            )
        columns = {"user_id": new.lower(), "spelling": new}
        return await self._change(channel, old, sa.true(), columns)

    async def unbind(self, office_id: int, channel: str, user_id: str) -> bool:
        """Nobody is behind the account any more; False when nobody was."""
        gone = await self.connection.execute(
            sa.delete(accounts).where(
                accounts.c.office_id == office_id,
                accounts.c.channel == channel,
                accounts.c.user_id == user_id.lower(),
            )
        )
        return gone.rowcount > 0

    async def _change(
        self, channel: str, user_id: str, when: sa.ColumnElement[bool], columns: Row
    ) -> bool:
        changed = await self.connection.execute(
            sa.update(accounts)
            .where(accounts.c.channel == channel, accounts.c.user_id == user_id.lower(), when)
            .values(**columns)
        )
        return changed.rowcount > 0
