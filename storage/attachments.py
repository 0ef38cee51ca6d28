"""Attachments: stored files and the reports they belong to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from reporting.attachment import WAITS, Attachment
from storage.tables import attachments, reports


@dataclass(frozen=True, slots=True)
class AttachmentsTable:
    """Attachments, within one transaction."""

    connection: AsyncConnection
    now: datetime

    async def add(
        self, office_id: int, liaison_id: int, round_id: int, attachment: Attachment
    ) -> Sequence[int]:
        """Keep the file with the sender's latest report of the round; the tasks it reports on."""
        # A form is a report itself, about to be written: it belongs to no earlier one.
        latest = None if attachment.form else await self._latest(liaison_id, round_id)
        await self.connection.execute(
            insert(attachments)
            .values(
                office_id=office_id,
                liaison_id=liaison_id,
                inbox_id=attachment.message_id,
                report_inbox_id=latest,
                name=attachment.name,
                content_type=attachment.content_type,
                size=attachment.size,
                sha256=attachment.sha256,
                path=attachment.path,
                received_at=self.now,
            )
            .on_conflict_do_nothing(index_elements=["inbox_id"])
        )
        if latest is None:
            return []
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
        adopted = await self.connection.execute(
            sa.update(attachments)
            .where(
                attachments.c.liaison_id == liaison_id,
                attachments.c.report_inbox_id.is_(None),
                attachments.c.received_at > self.now - WAITS,
            )
            .values(report_inbox_id=message_id)
        )
        return adopted.rowcount
