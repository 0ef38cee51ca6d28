"""Drafts put before a lead's liaison, kept as he was shown them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from reporting.merged_draft import TaskDraft
from storage.conversion import facts_as_row, facts_from_row
from storage.tables import merged_drafts


@dataclass(frozen=True, slots=True)
class MergedDraftsTable:
    """Merged drafts, within one transaction."""

    connection: AsyncConnection
    now: datetime

    async def keep(
        self, office_id: int, round_id: int, liaison_id: int, drafts: Sequence[TaskDraft]
    ) -> None:
        """Keep what is put before a liaison, once in a round."""
        content = [
            {"task_id": one.task_id, "words": one.words, "facts": facts_as_row(one.facts)}
            for one in drafts
        ]
        await self.connection.execute(
            insert(merged_drafts)
            .values(
                office_id=office_id,
                round_id=round_id,
                liaison_id=liaison_id,
                content=content,
                sent_at=self.now,
            )
            .on_conflict_do_nothing()
        )

    async def find(self, round_id: int, liaison_id: int) -> Sequence[TaskDraft]:
        """What was put before a liaison in a round; nothing where nothing was."""
        rows = await self.connection.execute(
            sa.select(merged_drafts.c.content, merged_drafts.c.sent_at).where(
                merged_drafts.c.round_id == round_id, merged_drafts.c.liaison_id == liaison_id
            )
        )
        return [
            TaskDraft(
                task_id=item["task_id"],
                words=item["words"],
                facts=facts_from_row(item["facts"]),
                made_at=row.sent_at,
            )
            for row in rows
            for item in row.content
        ]
