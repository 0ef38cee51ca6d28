"""Drafts put before a lead's liaison, kept as he was shown them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from reporting.merged_draft import TaskDraft
from storage.conversion import facts_as_row, facts_from_row
from storage.statement import Statement
from storage.tables import merged_drafts

_FIND = Statement(
    "SELECT content, sent_at FROM merged_drafts"
    " WHERE round_id = %(round_id)s AND liaison_id = %(liaison_id)s"
)


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
        rows = await _FIND.run(self.connection, round_id=round_id, liaison_id=liaison_id)
        return [
            TaskDraft(
                task_id=item["task_id"],
                words=item["words"],
                facts=facts_from_row(item["facts"]),
                made_at=row["sent_at"],
            )
            for row in rows
            for item in row["content"]
        ]
