"""Counting what a ledger holds, for summaries and for the operator."""

from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from storage.database import transaction
from storage.tables import deliveries, digests, inbox, outbox, questions, reminders, reports, tasks


@dataclass(frozen=True, slots=True, kw_only=True)
class Statistics:
    """One office counted: `reminders` by step, `deliveries` by state; `reached` are people."""

    messages: int
    reports: int
    withdrawn: int
    asked: int
    answered: int
    reminders: Mapping[str, int]
    digests: int
    deliveries: Mapping[str, int]
    reached: int


async def count_office(engine: AsyncEngine, office_id: int) -> Statistics:
    """Count everything of one office."""
    async with transaction(engine) as connection:
        counts = _Counts(connection, office_id)
        sent = sa.and_(outbox.c.address_kind != "group", deliveries.c.state == "delivered")
        return Statistics(
            messages=await counts.of(inbox),
            reports=await counts.of(reports),
            withdrawn=await counts.of(reports, reports.c.withdrawn_at.is_not(None)),
            asked=await counts.of(questions),
            answered=await counts.of(questions, questions.c.ending == "answered"),
            reminders=await counts.by(reminders.c.step),
            # A leader's own portfolio is claimed there too; this counts what groups got.
            digests=await counts.of(digests, digests.c.kind != "portfolio"),
            deliveries=await counts.by(deliveries.c.state),
            reached=int(
                await connection.scalar(
                    sa.select(sa.func.count(sa.distinct(outbox.c.channel + ":" + outbox.c.target)))
                    .join(deliveries, deliveries.c.outbox_id == outbox.c.id)
                    .where(outbox.c.office_id == office_id, sent)
                )
                or 0
            ),
        )


@dataclass(frozen=True, slots=True)
class _Counts:
    connection: AsyncConnection
    office_id: int

    async def of(self, table: sa.Table, *where: sa.ColumnElement[bool]) -> int:
        statement = sa.select(sa.func.count()).select_from(table)
        statement = statement.where(table.c.office_id == self.office_id, *where)
        return int(await self.connection.scalar(statement) or 0)

    async def by(self, column: sa.Column[str]) -> dict[str, int]:
        rows = await self.connection.execute(
            sa.select(column, sa.func.count())
            .where(column.table.c.office_id == self.office_id)
            .group_by(column)
            .order_by(column)
        )
        return {str(name): int(count) for name, count in rows}


async def count_unfinished(engine: AsyncEngine) -> int:
    """How many messages still wait for an answer or for their delivery."""
    waiting = sa.select(sa.func.count()).select_from(inbox).where(inbox.c.processed_at.is_(None))
    unsent = sa.select(sa.func.count()).select_from(outbox).where(outbox.c.finished_at.is_(None))
    async with transaction(engine) as connection:
        return int(await connection.scalar(waiting) or 0) + int(
            await connection.scalar(unsent) or 0
        )


async def read_ledger(
    engine: AsyncEngine, round_id: int
) -> dict[str, tuple[float | None, str | None]]:
    """Percent and status of each task's newest report that stands, by code."""
    statement = (
        sa.select(tasks.c.code, reports.c.percent, reports.c.status)
        .join(reports, reports.c.task_id == tasks.c.id)
        .ext(distinct_on(tasks.c.id))
        .where(reports.c.round_id == round_id, reports.c.withdrawn_at.is_(None))
        .order_by(tasks.c.id, reports.c.version.desc())
    )
    async with transaction(engine) as connection:
        rows = await connection.execute(statement)
        return {row.code: (row.percent, row.status) for row in rows}
