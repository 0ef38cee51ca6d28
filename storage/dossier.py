"""Reading everything that is kept about one task."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from reporting.dossier import FiledMessage, FiledReport
from reporting.explanation import evidence_words
from reporting.wording import facts_words
from storage.conversion import facts_from_row
from storage.tables import liaisons, outbox, reports, rounds


async def filed_reports(connection: AsyncConnection, task_id: int) -> Sequence[FiledReport]:
    """Every version of the task's reports, oldest first."""
    rows = await connection.execute(
        sa.select(reports, rounds.c.year, rounds.c.month, liaisons.c.name.label("liaison"))
        .join(rounds, rounds.c.id == reports.c.round_id)
        .join(liaisons, liaisons.c.id == reports.c.liaison_id)
        .where(reports.c.task_id == task_id)
        .order_by(reports.c.id)
    )
    return [
        FiledReport(
            month=f"{row.year}-{row.month:02d}",
            version=row.version,
            unit=row.unit,
            liaison=row.liaison,
            words=row.words,
            said=facts_words(facts_from_row(row._asdict())),
            evidence=evidence_words(row.evidence),
            probability=row.probability,
            late=row.late,
            reported_at=row.reported_at,
            withdrawn_at=row.withdrawn_at,
            returned_at=row.returned_at,
        )
        for row in rows
    ]


async def filed_messages(
    connection: AsyncConnection, office_id: int, code: str
) -> Sequence[FiledMessage]:
    """Every message that speaks of the task, oldest first."""
    rows = await connection.execute(
        sa.select(outbox)
        .where(outbox.c.office_id == office_id, outbox.c.about.contains([code]))
        .order_by(outbox.c.id)
    )
    return [
        FiledMessage(
            kind=row.kind,
            channel=row.channel,
            target=row.target,
            text=row.text,
            state=row.state,
            written_at=row.written_at,
        )
        for row in rows
    ]
