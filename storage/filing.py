"""The office's attachments as the operator lists and exports them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.tables import attachments, liaisons, reports, rounds, tasks


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """One attachment, who sent it, and the tasks of the reports it belongs to."""

    id: int
    received_at: datetime
    name: str
    content_type: str
    size: int
    sha256: str
    path: str
    sender: str
    units: tuple[str, ...]
    codes: tuple[str, ...]


async def list_filed(
    connection: AsyncConnection, office_id: int, month: tuple[int, int] | None
) -> Sequence[Filed]:
    """The office's attachments, the oldest first; of one round's reports only where named."""
    told = (
        sa.select(sa.func.array_agg(sa.distinct(tasks.c.code)))
        .select_from(reports)
        .join(tasks, tasks.c.id == reports.c.task_id)
        .where(
            reports.c.inbox_id == attachments.c.report_inbox_id, reports.c.withdrawn_at.is_(None)
        )
        .scalar_subquery()
    )
    statement = (
        sa.select(
            attachments, liaisons.c.name.label("sender"), liaisons.c.units, told.label("codes")
        )
        .join(liaisons, liaisons.c.id == attachments.c.liaison_id)
        .where(attachments.c.office_id == office_id)
        .order_by(attachments.c.id)
    )
    if month is not None:
        statement = statement.where(_belongs_to(month))
    return [
        Filed(
            id=row.id,
            received_at=row.received_at,
            name=row.name,
            content_type=row.content_type,
            size=row.size,
            sha256=row.sha256,
            path=row.path,
            sender=row.sender,
            units=tuple(row.units),
            codes=tuple(sorted(row.codes or ())),
        )
        for row in await connection.execute(statement)
    ]


def _belongs_to(month: tuple[int, int]) -> sa.ColumnElement[bool]:
    """Whether an attachment's report is of this month's round."""
    return sa.exists(
        sa.select(reports.c.id)
        .join(rounds, rounds.c.id == reports.c.round_id)
        .where(
            reports.c.inbox_id == attachments.c.report_inbox_id,
            rounds.c.year == month[0],
            rounds.c.month == month[1],
        )
    )
