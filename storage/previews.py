"""Digests that wait for the office's approval, kept as they were shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from reporting.preview import DigestKind, Preview
from storage.conversion import Row
from storage.tables import digests, previews, rounds

HELD, POSTED = "held", "posted"


@dataclass(frozen=True, slots=True)
class PreviewsTable:
    """Previews of digests, within one transaction."""

    connection: AsyncConnection
    now: datetime

    async def find(self, round_id: int, kind: DigestKind) -> Preview | None:
        """What the office was shown of a round's digest, if anything."""
        rows = await self._all(previews.c.round_id == round_id, previews.c.kind == kind.value)
        return rows[0] if rows else None

    async def keep(self, office_id: int, round_id: int, kind: DigestKind, text: str) -> None:
        """Keep what the office is shown, once for a round and kind."""
        await self.connection.execute(
            insert(previews)
            .values(
                office_id=office_id,
                round_id=round_id,
                kind=kind.value,
                text=text,
                shown_at=self.now,
            )
            .on_conflict_do_nothing()
        )

    async def waiting(self, office_id: int) -> Sequence[Preview]:
        """Everything of the office that is not out, oldest first; locked."""
        for_leaders = previews.c.kind != DigestKind.OFFICE.value
        return await self._all(
            previews.c.office_id == office_id, previews.c.verdict != POSTED, for_leaders
        )

    async def is_posted(self, round_id: int, kind: DigestKind) -> bool:
        """Whether a leadership group has got it, before previews were asked for."""
        posted = sa.exists().where(digests.c.round_id == round_id, digests.c.kind == kind.value)
        return bool(await self.connection.scalar(sa.select(posted)))

    async def revise(self, preview_id: int, text: str, note: str) -> None:
        """The office is shown this instead."""
        await self._set(preview_id, text=text, note=note, shown_at=self.now, verdict="")

    async def hold(self, preview_id: int, by: str) -> None:
        """The digest is to wait."""
        await self._set(preview_id, verdict=HELD, decided_by=by, decided_at=self.now)

    async def release(self, preview_id: int, by: str) -> None:
        """The digest is approved and out."""
        await self._set(preview_id, verdict=POSTED, decided_by=by, decided_at=self.now)

    async def _set(self, preview_id: int, **values: object) -> None:
        await self.connection.execute(
            sa.update(previews).where(previews.c.id == preview_id).values(**values)
        )

    async def _all(self, *which: sa.ColumnElement[bool]) -> Sequence[Preview]:
        rows = await self.connection.execute(
            sa.select(previews, rounds.c.plan_id, rounds.c.year, rounds.c.month)
            .join(rounds, rounds.c.id == previews.c.round_id)
            .where(*which)
            .order_by(previews.c.id)
            .with_for_update(of=previews)
        )
        return [_preview(row._asdict()) for row in rows]


def _preview(row: Row) -> Preview:
    return Preview(
        id=row["id"],
        round_id=row["round_id"],
        plan_id=row["plan_id"],
        year=row["year"],
        month=row["month"],
        kind=DigestKind(row["kind"]),
        text=row["text"],
        note=row["note"],
        held=row["verdict"] == HELD,
        posted=row["verdict"] == POSTED,
    )
