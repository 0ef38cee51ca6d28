"""Requests for more time, and what was changed about tasks in force."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from reporting.amendment import Amended
from reporting.calendar import OFFICE_ZONE
from reporting.dossier import FiledReport
from reporting.extension import ExtensionRequest
from reporting.extension_decision import OpenExtension
from reporting.history import KeptChange
from storage.conversion import Row, task_as_row
from storage.dossier import filed_reports
from storage.tables import amendments, extensions, tasks


@dataclass(frozen=True, slots=True)
class ExtensionsTable:
    """Requests for more time (延期申请), within one transaction."""

    connection: AsyncConnection
    now: datetime

    async def keep(
        self, planned_id: int, unit: str, request: ExtensionRequest, message_id: int
    ) -> int:
        """Keep a request in place of one that waited for the same task; its id."""
        await self.connection.execute(
            sa.update(extensions)
            .where(extensions.c.task_id == planned_id, extensions.c.decided_at.is_(None))
            .values(decided_at=self.now, ending="superseded")
        )
        office = sa.select(tasks.c.office_id).where(tasks.c.id == planned_id).scalar_subquery()
        statement = (
            sa.insert(extensions)
            .values(
                office_id=office,
                task_id=planned_id,
                inbox_id=message_id,
                unit=unit,
                from_day=request.from_day,
                to_day=request.to_day,
                reason=request.reason,
                asked_at=self.now,
            )
            .returning(extensions.c.id)
        )
        return int((await self.connection.execute(statement)).scalar_one())

    async def all_open(self, office_id: int) -> Sequence[OpenExtension]:
        """Every request of the office that waits, oldest first."""
        rows = await self.connection.execute(
            sa.select(extensions, tasks.c.code)
            .join(tasks, tasks.c.id == extensions.c.task_id)
            .where(extensions.c.office_id == office_id, extensions.c.decided_at.is_(None))
            .order_by(extensions.c.id)
        )
        return [_open(row._asdict()) for row in rows]

    async def decide(self, extension_id: int, *, agreed: bool) -> None:
        """The request is decided."""
        await self.connection.execute(
            sa.update(extensions)
            .where(extensions.c.id == extension_id)
            .values(decided_at=self.now, ending="agreed" if agreed else "refused")
        )


@dataclass(frozen=True, slots=True)
class AmendmentsTable:
    """Changes to tasks in force, within one transaction."""

    connection: AsyncConnection
    now: datetime

    async def apply(self, task_id: int, amended: Amended, by: str) -> int:
        """Change the task and keep what stood before; the change's id."""
        after, change = amended.after, amended.amendment
        await self.connection.execute(
            sa.update(tasks)
            .where(tasks.c.id == task_id)
            .values(**task_as_row(after), halted=after.halted)
        )
        office = sa.select(tasks.c.office_id).where(tasks.c.id == task_id).scalar_subquery()
        statement = (
            sa.insert(amendments)
            .values(
                office_id=office,
                task_id=task_id,
                field=change.field,
                old=change.old,
                new=change.new,
                basis=change.basis,
                made_by=by,
                made_at=self.now,
            )
            .returning(amendments.c.id)
        )
        return int((await self.connection.execute(statement)).scalar_one())

    async def of_task(self, task_id: int) -> Sequence[KeptChange]:
        """What was changed about a task, oldest first."""
        rows = await self.connection.execute(
            sa.select(amendments).where(amendments.c.task_id == task_id).order_by(amendments.c.id)
        )
        return [
            KeptChange(
                day=row.made_at.astimezone(OFFICE_ZONE).date(),
                field=row.field,
                old=row.old,
                new=row.new,
                basis=row.basis,
            )
            for row in rows
        ]

    async def reports_of(self, task_id: int) -> Sequence[FiledReport]:
        """Every version of the task's reports, oldest first."""
        return await filed_reports(self.connection, task_id)


def _open(row: Row) -> OpenExtension:
    request = ExtensionRequest(
        task=row["code"],
        from_day=row["from_day"],
        to_day=row["to_day"],
        reason=row["reason"],
        asked_at=row["asked_at"].astimezone(OFFICE_ZONE),
    )
    return OpenExtension(id=row["id"], task_id=row["task_id"], unit=row["unit"], request=request)
