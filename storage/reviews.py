"""The office's decisions about reports, and what they do to the reports."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.ext.asyncio import AsyncConnection

from reporting.review import Verdict
from storage.statement import Statement
from storage.tables import reports, reviews, tasks

_RETURNED = Statement("""
SELECT DISTINCT ON (v.task_id) v.task_id, v.words
FROM reviews v
WHERE v.task_id = ANY(%(task_ids)s) AND v.verdict = 'returned' AND NOT EXISTS (
    SELECT 1 FROM reports r
    WHERE r.task_id = v.task_id AND r.by_lead AND r.reported_at >= v.made_at
        AND r.withdrawn_at IS NULL AND r.returned_at IS NULL
)
ORDER BY v.task_id, v.id DESC
""")


@dataclass(frozen=True, slots=True)
class ReviewsTable:
    """Reviews, within one transaction."""

    connection: AsyncConnection
    now: datetime

    async def keep(self, round_id: int, task_id: int, verdict: Verdict, by: str, words: str) -> int:
        """Keep a decision; a return takes the task's newest reports back. Its id."""
        office = sa.select(tasks.c.office_id).where(tasks.c.id == task_id).scalar_subquery()
        statement = (
            sa.insert(reviews)
            .values(
                office_id=office,
                round_id=round_id,
                task_id=task_id,
                verdict=verdict.value,
                words=words,
                made_by=by,
                made_at=self.now,
            )
            .returning(reviews.c.id)
        )
        kept = int((await self.connection.execute(statement)).scalar_one())
        if verdict is Verdict.RETURNED:
            await self._take_back(task_id)
        return kept

    async def _take_back(self, task_id: int) -> None:
        """Every version of the newest round that has one: an older version is no better."""
        standing = (
            reports.c.task_id == task_id,
            reports.c.withdrawn_at.is_(None),
            reports.c.returned_at.is_(None),
        )
        newest = sa.select(sa.func.max(reports.c.round_id)).where(*standing).scalar_subquery()
        await self.connection.execute(
            sa.update(reports)
            .where(*standing, reports.c.round_id == newest)
            .values(returned_at=self.now)
        )

    async def latest(self, task_ids: Sequence[int]) -> Mapping[int, Verdict]:
        """The last decision about each task."""
        rows = await self.connection.execute(
            sa.select(reviews.c.task_id, reviews.c.verdict)
            .ext(distinct_on(reviews.c.task_id))
            .where(reviews.c.task_id.in_(task_ids), reviews.c.verdict != Verdict.ASKED.value)
            .order_by(reviews.c.task_id, reviews.c.id.desc())
        )
        return {row.task_id: Verdict(row.verdict) for row in rows}

    async def returned(self, task_ids: Sequence[int]) -> Mapping[int, str]:
        """The reason of each task that was returned and has not been reported since."""
        rows = await _RETURNED.run(self.connection, task_ids=list(task_ids))
        return {row["task_id"]: row["words"] for row in rows}

    async def spared(self, round_id: int, task_ids: Sequence[int]) -> Set[int]:
        """The tasks reported in time in the round, returned or not: a new version is not late."""
        rows = await self.connection.execute(
            sa.select(reports.c.task_id)
            .where(
                reports.c.round_id == round_id,
                reports.c.task_id.in_(task_ids),
                # What its own writer took back counts for nothing.
                reports.c.withdrawn_at.is_(None),
                reports.c.by_lead,
                ~reports.c.late,
            )
            .distinct()
        )
        return {row.task_id for row in rows}
