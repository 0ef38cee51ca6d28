"""The ledger: rounds and the versioned reports of their tasks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from psycopg.types.json import Jsonb
from sqlalchemy.dialects.postgresql import distinct_on, insert
from sqlalchemy.ext.asyncio import AsyncConnection

from reporting.records import NewReport, OpenedRound, ReportRecord, Standing, WrittenReport
from reporting.round import Round
from storage.conversion import Row, facts_as_row, facts_from_row
from storage.statement import Statement
from storage.tables import reports, rounds

_COUNTS = sa.and_(reports.c.withdrawn_at.is_(None), reports.c.returned_at.is_(None))
_ROUND = Statement(
    "SELECT id, plan_id, cutoff_at, noticed_at FROM rounds"
    " WHERE plan_id = %(plan_id)s AND year = %(year)s AND month = %(month)s"
)
# Where a new year's plan came within a month, it is that one's round which was reported to.
_KEPT = Statement("""
SELECT r.id, r.plan_id, r.cutoff_at, r.noticed_at FROM rounds r JOIN plans p ON p.id = r.plan_id
WHERE r.office_id = %(office_id)s AND r.year = %(year)s AND r.month = %(month)s
ORDER BY p.year DESC LIMIT 1
""")
_LOCK = Statement("SELECT id FROM tasks WHERE id = ANY(%(task_ids)s) ORDER BY id FOR UPDATE")
# Not one statement with the lock: it would not see what was written while it waited.
_ADD = Statement("""
INSERT INTO reports (
    office_id, task_id, round_id, version, liaison_id, inbox_id, unit, by_lead, late, percent,
    status, problem, next_step, suggestion, figures, words, evidence, probability, reported_at
)
SELECT t.office_id, t.id, %(round_id)s,
    (SELECT coalesce(max(version), 0) + 1 FROM reports
     WHERE round_id = %(round_id)s AND task_id = t.id),
    %(liaison_id)s, %(inbox_id)s, %(unit)s, %(by_lead)s, %(late)s, %(percent)s, %(status)s,
    %(problem)s, %(next_step)s, %(suggestion)s, %(figures)s, %(words)s, %(evidence)s,
    %(probability)s, %(reported_at)s
FROM tasks t WHERE t.id = %(task_id)s
RETURNING version
""")
_BY_UNITS = Statement(
    sa.select(reports)
    .ext(distinct_on(reports.c.task_id, reports.c.by_lead, reports.c.unit))
    .where(
        reports.c.round_id == sa.bindparam("round_id"),
        reports.c.task_id == sa.any_(sa.bindparam("task_ids", type_=sa.ARRAY(sa.BigInteger))),
        _COUNTS,
    )
    .order_by(reports.c.task_id, reports.c.by_lead.desc(), reports.c.unit, reports.c.version.desc())
)
_STANDING = Statement("""
SELECT DISTINCT ON (r.task_id, period)
    r.task_id, r.unit, r.by_lead, r.percent, r.status, r.problem, r.next_step, r.suggestion,
    r.figures, r.reported_at,
    CASE WHEN r.round_id = %(round_id)s THEN 'current' ELSE 'earlier' END AS period
FROM reports r JOIN rounds m ON m.id = r.round_id
WHERE r.task_id = ANY(%(task_ids)s) AND r.withdrawn_at IS NULL AND r.returned_at IS NULL
    AND (r.round_id = %(round_id)s OR (m.year, m.month) < (%(year)s, %(month)s))
ORDER BY r.task_id, period, m.year DESC, m.month DESC, r.by_lead DESC, r.version DESC
""")


@dataclass(frozen=True, slots=True)
class RoundsTable:
    """Monthly rounds, within one transaction."""

    connection: AsyncConnection
    now: datetime

    async def find(self, plan_id: int, month: Round) -> OpenedRound | None:
        """The round's row, or None when nobody has needed it yet."""
        row = await _ROUND.first(
            self.connection, plan_id=plan_id, year=month.year, month=month.month
        )
        return None if row is None else OpenedRound(**row)

    async def kept(self, office_id: int, month: Round) -> OpenedRound | None:
        """The office's round of a month, under whatever plan it was kept."""
        row = await _KEPT.first(
            self.connection, office_id=office_id, year=month.year, month=month.month
        )
        return None if row is None else OpenedRound(**row)

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
        return OpenedRound(
            id=row.id, plan_id=plan_id, cutoff_at=row.cutoff_at, noticed_at=row.noticed_at
        )


def _record(row: Row) -> ReportRecord:
    return ReportRecord(
        unit=row["unit"],
        by_lead=row["by_lead"],
        facts=facts_from_row(row),
        reported_at=row["reported_at"],
    )


def _written(row: Row) -> WrittenReport:
    return WrittenReport(
        task_id=row["task_id"],
        liaison_id=row["liaison_id"],
        version=row["version"],
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
        await _LOCK.run(self.connection, task_ids=list(task_ids))

    async def add(self, round_id: int, report: NewReport, message_id: int, *, late: bool) -> int:
        """Write a report as the task's next version in the round; the version."""
        facts = facts_as_row(report.facts)
        written = await _ADD.first(
            self.connection,
            **{**facts, "figures": Jsonb(facts["figures"])},
            task_id=report.task_id,
            round_id=round_id,
            liaison_id=report.liaison_id,
            inbox_id=message_id,
            unit=report.unit,
            by_lead=report.by_lead,
            late=late,
            words=report.words,
            evidence=Jsonb(list(report.evidence)),
            probability=report.probability,
            reported_at=self.now,
        )
        if written is None:
            raise LookupError(report.task_id)
        return int(written["version"])

    async def standing(
        self, round_id: int, month: Round, task_ids: Sequence[int]
    ) -> Mapping[int, Standing]:
        """What counts of each task reported: a round's newest by a lead, else its newest."""
        rows = await _STANDING.run(
            self.connection,
            round_id=round_id,
            year=month.year,
            month=month.month,
            task_ids=list(task_ids),
        )
        told: dict[int, dict[str, ReportRecord]] = {}
        for row in rows:
            told.setdefault(row["task_id"], {})[row["period"]] = _record(row)
        return {task_id: Standing(**records) for task_id, records in told.items()}

    async def by_liaison(self, round_id: int, liaison_id: int) -> Sequence[WrittenReport]:
        """His reports of the round that count, the newest first."""
        rows = await self.connection.execute(
            sa.select(reports)
            .where(
                reports.c.round_id == round_id,
                reports.c.liaison_id == liaison_id,
                _COUNTS,
            )
            .order_by(reports.c.id.desc())
        )
        return [_written(row._asdict()) for row in rows]

    async def counting(self, round_id: int, task_id: int) -> WrittenReport | None:
        """The report of a task that counts in the round: the newest by a lead, else the newest."""
        row = (
            await self.connection.execute(
                sa.select(reports)
                .where(reports.c.round_id == round_id, reports.c.task_id == task_id, _COUNTS)
                .order_by(reports.c.by_lead.desc(), reports.c.version.desc())
                .limit(1)
            )
        ).first()
        return None if row is None else _written(row._asdict())

    async def by_units(self, round_id: int, task_ids: Sequence[int]) -> Sequence[WrittenReport]:
        """The newest report of each unit on each task in the round, leads' first."""
        if not task_ids:
            return []
        rows = await _BY_UNITS.run(self.connection, round_id=round_id, task_ids=list(task_ids))
        return [_written(row) for row in rows]

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
