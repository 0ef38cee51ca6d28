"""Numbered questions that wait for an answer, and complaints that wait for a reader."""

from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from reporting.records import Complaint, OpenQuestion, Waiting
from reporting.understanding.outcome import Doubt
from storage.conversion import Row, doubt_as_json, doubt_from_json
from storage.statement import Statement
from storage.tables import complaints, liaisons, questions

REMEMBERED = timedelta(days=7)
_OPEN = Statement("""
SELECT id, inbox_id, doubts, asked_at, closed_at, ending FROM questions
WHERE liaison_id = %(liaison_id)s AND closed_at IS NULL AND expires_at > %(now)s
ORDER BY id DESC LIMIT 1
""")


def _question(row: Row) -> OpenQuestion:
    return OpenQuestion(
        id=row["id"],
        message_id=row["inbox_id"],
        doubts=tuple(doubt_from_json(doubt) for doubt in row["doubts"]),
        asked_at=row["asked_at"],
        closed_at=row["closed_at"],
        ending=row["ending"],
    )


@dataclass(frozen=True, slots=True)
class QuestionsTable:
    """Open questions, within one transaction."""

    connection: AsyncConnection
    now: datetime

    async def open_for(self, liaison_id: int) -> OpenQuestion | None:
        """The question the liaison has not answered yet, unless it has expired."""
        row = await _OPEN.first(self.connection, liaison_id=liaison_id, now=self.now)
        return None if row is None else _question(row)

    async def recent(self, liaison_id: int) -> Sequence[OpenQuestion]:
        """Every question of the last days, closed or not, the newest first."""
        rows = await self.connection.execute(
            sa.select(questions)
            .where(questions.c.liaison_id == liaison_id, questions.c.expires_at > self.now)
            .order_by(questions.c.id.desc())
        )
        return [_question(row._asdict()) for row in rows]

    async def waiting(self, office_id: int) -> Set[int]:
        """The liaisons who have a question to answer."""
        rows = await self.connection.execute(
            sa.select(questions.c.liaison_id).where(
                questions.c.office_id == office_id,
                questions.c.closed_at.is_(None),
                questions.c.expires_at > self.now,
            )
        )
        return {row.liaison_id for row in rows}

    async def ask(
        self, office_id: int, liaison_id: int, message_id: int, doubts: Sequence[Doubt]
    ) -> None:
        """Remember a question; any older one of the liaison is superseded."""
        await self.connection.execute(
            sa.update(questions)
            .where(questions.c.liaison_id == liaison_id, questions.c.closed_at.is_(None))
            .values(closed_at=self.now, ending="superseded")
        )
        await self.connection.execute(
            sa.insert(questions).values(
                office_id=office_id,
                liaison_id=liaison_id,
                inbox_id=message_id,
                doubts=[doubt_as_json(doubt) for doubt in doubts],
                asked_at=self.now,
                expires_at=self.now + REMEMBERED,
            )
        )

    async def close(self, question_id: int, ending: str) -> None:
        """The question is answered or dropped."""
        await self.connection.execute(
            sa.update(questions)
            .where(questions.c.id == question_id)
            .values(closed_at=self.now, ending=ending)
        )


@dataclass(frozen=True, slots=True)
class ComplaintsTable:
    """Complaints (投诉建议), within one transaction."""

    connection: AsyncConnection
    now: datetime

    async def all(self, office_id: int) -> Sequence[Complaint]:
        """Every complaint of the office, the newest first."""
        rows = await self.connection.execute(
            sa.select(complaints, liaisons.c.name, liaisons.c.units)
            .outerjoin(liaisons, liaisons.c.id == complaints.c.liaison_id)
            .where(complaints.c.office_id == office_id)
            .order_by(complaints.c.id.desc())
        )
        return [
            Complaint(
                words=row.words,
                made_at=row.made_at,
                name=row.name or row.sender,
                units=tuple(row.units or ()),
            )
            for row in rows
        ]

    async def add(
        self, office_id: int, liaison_id: int | None, sender: str, waiting: Waiting
    ) -> None:
        """Keep what a message complains of; `sender` is his name where he is no liaison."""
        await self.connection.execute(
            sa.insert(complaints).values(
                office_id=office_id,
                liaison_id=liaison_id,
                sender=sender,
                inbox_id=waiting.id,
                words=waiting.message.text,
                made_at=self.now,
            )
        )
