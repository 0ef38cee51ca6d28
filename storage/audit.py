"""The audit as it is kept: append-only lines, chained within each office."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from reporting.audit_chain import (
    AuditEntry,
    AuditLine,
    ChainHead,
    head_after,
    seal_entry,
)
from storage.conversion import Row
from storage.tables import audit, audit_heads


@dataclass(frozen=True, slots=True)
class AuditTable:
    """Who did what, within one transaction; the lines are chained when it ends."""

    connection: AsyncConnection
    now: datetime
    waiting: list[AuditEntry] = field(default_factory=list)

    async def note(
        self, office_id: int, actor: str, action: str, subject: str, details: Mapping[str, object]
    ) -> None:
        """Add a line."""
        entry = AuditEntry(
            office_id=office_id,
            at=self.now,
            actor=actor,
            action=action,
            subject=subject,
            details=dict(details),
        )
        self.waiting.append(entry)

    async def seal(self) -> None:
        """Chain the waiting lines and write them.

        The head's lock is the last one a transaction takes: held for a moment, no deadlock.
        """
        self.waiting.sort(key=lambda entry: entry.office_id)
        for office_id, entries in groupby(self.waiting, key=lambda entry: entry.office_id):
            head = await self._lock_head(office_id)
            rows = []
            for entry in entries:
                line = seal_entry(entry, head)
                head = head_after(line)
                rows.append(_row(line))
            await self.connection.execute(sa.insert(audit), rows)
            await self.connection.execute(
                sa.update(audit_heads)
                .where(audit_heads.c.office_id == office_id)
                .values(number=head.number, hash=head.hash)
            )
        self.waiting.clear()

    async def _lock_head(self, office_id: int) -> ChainHead:
        statement = insert(audit_heads).values(office_id=office_id, number=0, hash="")
        row = (
            await self.connection.execute(
                statement.on_conflict_do_update(
                    index_elements=["office_id"], set_={"office_id": office_id}
                ).returning(audit_heads.c.number, audit_heads.c.hash)
            )
        ).one()
        return ChainHead(number=row.number, hash=row.hash)

    async def head(self, office_id: int) -> ChainHead:
        """How far the office's chain has come."""
        row = (
            await self.connection.execute(
                sa.select(audit_heads).where(audit_heads.c.office_id == office_id)
            )
        ).first()
        return ChainHead() if row is None else ChainHead(number=row.number, hash=row.hash)

    async def lines(self, office_id: int) -> Sequence[AuditLine]:
        """Every line of the office by number, as it stands now."""
        rows = await self.connection.execute(
            sa.select(audit)
            .where(audit.c.office_id == office_id)
            .order_by(audit.c.number, audit.c.id)
        )
        return [_line(row._asdict()) for row in rows]

    async def about(self, office_id: int, subject: str, code: str) -> Sequence[AuditLine]:
        """The lines about one task, by its own row or by its code among others."""
        named = audit.c.details["tasks"].contains([code])
        rows = await self.connection.execute(
            sa.select(audit)
            .where(audit.c.office_id == office_id, sa.or_(audit.c.subject == subject, named))
            .order_by(audit.c.number)
        )
        return [_line(row._asdict()) for row in rows]


def _row(line: AuditLine) -> dict[str, object]:
    entry = line.entry
    return {
        "office_id": entry.office_id,
        "number": line.number,
        "at": entry.at,
        "actor": entry.actor,
        "action": entry.action,
        "subject": entry.subject,
        "details": dict(entry.details),
        "prev_hash": line.prev_hash,
        "hash": line.hash,
    }


def _line(row: Row) -> AuditLine:
    entry = AuditEntry(
        office_id=row["office_id"],
        at=row["at"],
        actor=row["actor"],
        action=row["action"],
        subject=row["subject"],
        details=row["details"],
    )
    return AuditLine(
        number=row["number"], entry=entry, prev_hash=row["prev_hash"], hash=row["hash"]
    )
