"""Concerns with their owners, days and results."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from reporting.calendar import OFFICE_ZONE
from reporting.concern import ConcernKind, NewConcern, OpenConcern, Opened
from storage.conversion import Row
from storage.statement import Statement
from storage.tables import concerns, reports, tasks

_OPEN = concerns.c.closed_at.is_(None)
# An id is above every number given before it, so a row without a number can go by its id.
_NUMBER = sa.func.coalesce(concerns.c.number, concerns.c.id)
# Two who open at once must not count alike; two keys, so that no other lock is meant.
_LOCK = Statement(
    "SELECT pg_advisory_xact_lock('concerns'::regclass::oid::int, %(office_id)s::int)"
)


@dataclass(frozen=True, slots=True)
class ConcernsTable:
    """Concerns (问题建议台账), within one transaction."""

    connection: AsyncConnection
    now: datetime

    async def open(self, office_id: int, concern: NewConcern) -> Opened | None:
        """Open a concern, or bring the open one of its key up to date (None)."""
        await _LOCK.run(self.connection, office_id=office_id)
        counted = sa.select(sa.func.coalesce(sa.func.max(_NUMBER), 0) + 1).where(
            concerns.c.office_id == office_id
        )
        values = {
            "office_id": office_id,
            "number": counted.scalar_subquery(),
            "task_id": concern.task_id,
            "kind": concern.kind.value,
            "key": concern.key,
            "tasks": list(concern.tasks),
            "owner": concern.owner,
            "words": concern.words,
            "due": concern.due,
            "inbox_id": concern.message_id,
            "opened_at": self.now,
        }
        statement = insert(concerns).values(**values)
        row = (
            await self.connection.execute(
                statement.on_conflict_do_update(
                    index_elements=["office_id", "key"],
                    index_where=_OPEN,
                    set_={
                        "words": statement.excluded.words,
                        "tasks": statement.excluded.tasks,
                        "inbox_id": statement.excluded.inbox_id,
                    },
                ).returning(
                    concerns.c.id, concerns.c.number, sa.literal_column("xmax = 0").label("opened")
                )
            )
        ).one()
        return Opened(id=row.id, kind=concern.kind, number=row.number) if row.opened else None

    async def all_open(self, office_id: int) -> Sequence[OpenConcern]:
        """Everything of the office that waits for a result, oldest first."""
        rows = await self.connection.execute(
            sa.select(concerns, _NUMBER.label("shown"), tasks.c.code)
            .outerjoin(tasks, tasks.c.id == concerns.c.task_id)
            .where(concerns.c.office_id == office_id, _OPEN)
            .order_by(concerns.c.id)
        )
        return [_concern(row._asdict()) for row in rows]

    async def closed_since(self, office_id: int, since: datetime) -> int:
        """How many concerns of the office got their result since a moment."""
        counted = await self.connection.scalar(
            sa.select(sa.func.count())
            .select_from(concerns)
            .where(concerns.c.office_id == office_id, concerns.c.closed_at >= since)
        )
        return int(counted or 0)

    async def close(self, ids: Sequence[int], result: str, by: str) -> None:
        """These concerns have their result."""
        await self._close(concerns.c.id.in_(ids), result, by)

    async def assign(self, ids: Sequence[int], owner: str, due: date) -> None:
        """These concerns go to a unit, to be answered by a day."""
        await self.connection.execute(
            sa.update(concerns).where(concerns.c.id.in_(ids)).values(owner=owner, due=due)
        )

    async def settle(self, prefix: str, still: Sequence[str], result: str) -> None:
        """Close what is open under a key's prefix and holds no more."""
        gone = sa.and_(concerns.c.key.startswith(prefix), concerns.c.key.not_in(still))
        await self._close(gone, result, "system")

    async def drop_withdrawn(self, task_ids: Sequence[int]) -> None:
        """Close what no report of its task states any more, since it was withdrawn."""
        stated = sa.exists().where(
            reports.c.task_id == concerns.c.task_id,
            reports.c.withdrawn_at.is_(None),
            concerns.c.key.endswith(":" + reports.c.unit),
            sa.case(
                (concerns.c.kind == ConcernKind.PROBLEM.value, reports.c.problem),
                else_=reports.c.suggestion,
            ).is_not(None),
        )
        kinds = (ConcernKind.PROBLEM.value, ConcernKind.SUGGESTION.value)
        gone = sa.and_(concerns.c.task_id.in_(task_ids), concerns.c.kind.in_(kinds), ~stated)
        await self._close(gone, "填报已撤回", "system")

    async def _close(self, which: sa.ColumnElement[bool], result: str, by: str) -> None:
        await self.connection.execute(
            sa.update(concerns)
            .where(which, _OPEN)
            .values(closed_at=self.now, result=result, closed_by=by)
        )


def _concern(row: Row) -> OpenConcern:
    return OpenConcern(
        id=row["id"],
        number=row["shown"],
        kind=ConcernKind(row["kind"]),
        tasks=(row["code"],) if row["code"] else tuple(row["tasks"]),
        owner=row["owner"],
        words=row["words"],
        due=row["due"],
        opened_at=row["opened_at"].astimezone(OFFICE_ZONE),
    )
