"""The ledger: rounds and the versioned reports of their tasks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import distinct_on, insert
from sqlalchemy.ext.asyncio import AsyncConnection

from reporting.records import NewReport, OpenedRound, ReportRecord
from reporting.round import Round
from storage.conversion import Row, facts_as_row, facts_from_row
from storage.tables import reports, rounds, tasks

_COUNTS = sa.and_(reports.c.withdrawn_at.is_(None), reports.c.returned_at.is_(None))


@dataclass(frozen=True, slots=True)
class RoundsTable:
    """Monthly rounds, within one transaction."""

    connection: AsyncConnection
    now: datetime

    async def find(self, plan_id: int, month: Round) -> OpenedRound | None:
        """The round's row, or None when nobody has needed it yet."""
        row = (
            await self.connection.execute(
                sa.select(rounds.c.id, rounds.c.cutoff_at, rounds.c.noticed_at).where(
                    rounds.c.plan_id == plan_id,
                    rounds.c.year == month.year,
                    rounds.c.month == month.month,
                )
            )
        ).first()
        if row is None:
            return None
        return OpenedRound(id=row.id, cutoff_at=row.cutoff_at, noticed_at=row.noticed_at)

    async def ensure(self, office_id: int, plan_id: int, month: Round) -> OpenedRound:
        """The round's row, opened on first use; its dates follow the office's rules."""
        found = await self.find(plan_id, month)
        if found is not None and found.cutoff_at == month.cutoff_at:
            return found
        dates = {"opens_at": month.opens_at, "cutoff_at": month.cutoff_at}
        statement = (
            insert(rounds)
            .values(
                office_id=office_id,
                plan_id=plan_id,
                year=month.year,
                month=month.month,
                noticed_at=self.now,
                **dates,
            )
            .on_conflict_do_update(index_elements=["plan_id", "year", "month"], set_=dates)
            .returning(rounds.c.id, rounds.c.cutoff_at, rounds.c.noticed_at)
        )
        row = (await self.connection.execute(statement)).one()
        return OpenedRound(id=row.id, cutoff_at=row.cutoff_at, noticed_at=row.noticed_at)


def _record(row: Row) -> ReportRecord:
    return ReportRecord(
        task_id=row["task_id"],
        version=row["version"],
        liaison_id=row["liaison_id"],
        unit=row["unit"],
        by_lead=row["by_lead"],
        late=row["late"],
        facts=facts_from_row(row),
        words=row["words"],
        evidence=tuple(row["evidence"]),
        probability=row["probability"],
        reported_at=row["reported_at"],
    )


@dataclass(frozen=True, slots=True)
class ReportsTable:
    """The reports of the rounds, within one transaction."""

    connection: AsyncConnection
    now: datetime

    async def lock(self, task_ids: Sequence[int]) -> None:
        """Make others who would write on these tasks wait."""
        await self.connection.execute(
            sa.select(tasks.c.id)
            .where(tasks.c.id.in_(task_ids))
            .order_by(tasks.c.id)
            .with_for_update()
        )

    async def add(self, round_id: int, report: NewReport, message_id: int, *, late: bool) -> int:
        """Write a report as the task's next version in the round; the version."""
        newest = (
            sa.select(sa.func.coalesce(sa.func.max(reports.c.version), 0) + 1)
            .where(reports.c.round_id == round_id, reports.c.task_id == report.task_id)
            .scalar_subquery()
        )
        office = sa.select(tasks.c.office_id).where(tasks.c.id == report.task_id).scalar_subquery()
        statement = (
            sa.insert(reports)
            .values(
                office_id=office,
                task_id=report.task_id,
                round_id=round_id,
                version=newest,
                liaison_id=report.liaison_id,
                inbox_id=message_id,
                unit=report.unit,
                by_lead=report.by_lead,
                late=late,
                words=report.words,
                evidence=list(report.evidence),
                probability=report.probability,
                reported_at=self.now,
                **facts_as_row(report.facts),
            )
            .returning(reports.c.version)
        )
        return int((await self.connection.execute(statement)).scalar_one())

    async def current(self, round_id: int, task_ids: Sequence[int]) -> Mapping[int, ReportRecord]:
        """The report that counts for each task: the newest by a lead, else the newest."""
        rows = await self.connection.execute(
            sa.select(reports)
            .ext(distinct_on(reports.c.task_id))
            .where(
                reports.c.round_id == round_id,
                reports.c.task_id.in_(task_ids),
                _COUNTS,
            )
            .order_by(reports.c.task_id, reports.c.by_lead.desc(), reports.c.version.desc())
        )
        return {row.task_id: _record(row._asdict()) for row in rows}

    async def earlier(self, before: Round, task_ids: Sequence[int]) -> Mapping[int, ReportRecord]:
        """The last report that counts of each task in the rounds before this one."""
        past = sa.tuple_(rounds.c.year, rounds.c.month) < sa.tuple_(before.year, before.month)
        rows = await self.connection.execute(
            sa.select(reports)
            .join(rounds, rounds.c.id == reports.c.round_id)
            .ext(distinct_on(reports.c.task_id))
            .where(reports.c.task_id.in_(task_ids), past, _COUNTS)
            .order_by(
                reports.c.task_id,
                rounds.c.year.desc(),
                rounds.c.month.desc(),
                reports.c.by_lead.desc(),
                reports.c.version.desc(),
            )
        )
        return {row.task_id: _record(row._asdict()) for row in rows}

    async def withdraw(
        self, round_id: int, liaison_id: int, task_ids: Sequence[int] | None
    ) -> Sequence[int]:
        """Withdraw his newest report on each task (None: those of his last message)."""
        mine = sa.and_(
            reports.c.round_id == round_id,
            reports.c.liaison_id == liaison_id,
            _COUNTS,
        )
        if task_ids is None:
            last = sa.select(sa.func.max(reports.c.inbox_id)).where(mine).scalar_subquery()
            chosen = sa.select(reports.c.id).where(mine, reports.c.inbox_id == last)
        else:
            chosen = (
                sa.select(reports.c.id)
                .ext(distinct_on(reports.c.task_id))
                .where(mine, reports.c.task_id.in_(task_ids))
                .order_by(reports.c.task_id, reports.c.version.desc())
            )
        rows = await self.connection.execute(
            sa.update(reports)
            .where(reports.c.id.in_(chosen.scalar_subquery()))
            .values(withdrawn_at=self.now)
            .returning(reports.c.task_id)
        )
        return [row.task_id for row in rows]
