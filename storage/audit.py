"""The audit as it is kept: append-only lines, chained within each office."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby

import sqlalchemy as sa
from psycopg.types.json import Jsonb
from sqlalchemy.ext.asyncio import AsyncConnection

from reporting.audit_chain import (
    AuditEntry,
    AuditLine,
    ChainHead,
    head_after,
    seal_entry,
)
from storage.conversion import Row
from storage.statement import Statement
from storage.tables import audit, audit_heads

_HEAD = Statement("""
INSERT INTO audit_heads (office_id, number, hash) VALUES (%(office_id)s, 0, '')
ON CONFLICT (office_id) DO UPDATE SET office_id = EXCLUDED.office_id
RETURNING number, hash
""")
_CHAIN = Statement("""
WITH lines AS (
    INSERT INTO audit (office_id, number, at, actor, action, subject, details, prev_hash, hash)
    SELECT %(office_id)s, number, at, actor, action, subject, details, prev_hash, hash
    FROM jsonb_to_recordset(%(lines)s) AS line (
        number bigint, at timestamptz, actor text, action text, subject text, details jsonb,
        prev_hash text, hash text
    ) ORDER BY number
)
UPDATE audit_heads SET number = %(number)s, hash = %(hash)s WHERE office_id = %(office_id)s
""")


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
            await _CHAIN.run(
                self.connection,
                office_id=office_id,
                lines=Jsonb(rows),
                number=head.number,
                hash=head.hash,
            )
        self.waiting.clear()

    async def _lock_head(self, office_id: int) -> ChainHead:
        row = await _HEAD.first(self.connection, office_id=office_id)
        return ChainHead() if row is None else ChainHead(**row)

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
        "number": line.number,
        "at": entry.at.isoformat(),
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
