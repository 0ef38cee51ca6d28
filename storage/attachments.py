"""Attachments: stored files and the reports they belong to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from reporting.attachment import WAITS, Attachment
from storage.statement import Statement
from storage.tables import attachments, reports

_ADOPT = Statement("""
UPDATE attachments SET report_inbox_id = %(message_id)s
WHERE liaison_id = %(liaison_id)s AND report_inbox_id IS NULL AND received_at > %(since)s
RETURNING id
""")


@dataclass(frozen=True, slots=True)
class AttachmentsTable:
    """Attachments, within one transaction."""

    connection: AsyncConnection
    now: datetime

    async def add(self, office_id: int, liaison_id: int, attachment: Attachment) -> None:
        """Keep a file; it waits for a report."""
        await self.connection.execute(
            insert(attachments)
            .values(
                office_id=office_id,
                liaison_id=liaison_id,
                inbox_id=attachment.message_id,
                name=attachment.name,
                content_type=attachment.content_type,
                size=attachment.size,
                sha256=attachment.sha256,
                path=attachment.path,
                received_at=self.now,
            )
            .on_conflict_do_nothing(index_elements=["inbox_id", "sha256"])
        )

    async def join(self, liaison_id: int, round_id: int, message_id: int) -> Sequence[int]:
        """Give a message's files to the sender's latest report; the tasks it reports on."""
        latest = await self._latest(liaison_id, round_id)
        if latest is None:
            return []
        await self.connection.execute(
            sa.update(attachments)
            .where(attachments.c.inbox_id == message_id)
            .values(report_inbox_id=latest)
        )
        told = sa.select(reports.c.task_id).where(
            reports.c.inbox_id == latest, reports.c.withdrawn_at.is_(None)
        )
        return list(await self.connection.scalars(told.order_by(reports.c.id)))

    async def _latest(self, liaison_id: int, round_id: int) -> int | None:
        found: int | None = await self.connection.scalar(
            sa.select(sa.func.max(reports.c.inbox_id)).where(
                reports.c.liaison_id == liaison_id,
                reports.c.round_id == round_id,
                reports.c.withdrawn_at.is_(None),
            )
        )
        return found

    async def adopt(self, liaison_id: int, message_id: int) -> int:
        """Give a new report what its sender sent shortly before; how many files."""
        adopted = await _ADOPT.run(
            self.connection,
            message_id=message_id,
            liaison_id=liaison_id,
            since=self.now - WAITS,
        )
        return len(adopted)
