"""Aliases of tasks as they are kept, within one transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from reporting.alias import LearnedAlias, Lesson, Source
from reporting.calendar import OFFICE_ZONE
from storage.conversion import Row
from storage.statement import Statement
from storage.tables import aliases, plans, tasks

_IDS = sa.ARRAY(sa.BigInteger)
_IN_FORCE = aliases.c.forgotten_at.is_(None)
_READ = (
    sa.select(
        *(aliases.c[name] for name in ("words", "task_id", "source", "confirmed", "made_by")),
        *(aliases.c.learned_at, tasks.c.code, tasks.c.title),
    )
    .join(tasks, tasks.c.id == aliases.c.task_id)
    .where(_IN_FORCE, ~tasks.c.dropped)
    .order_by(tasks.c.position, aliases.c.id)
)
_OF = Statement(_READ.where(aliases.c.task_id == sa.any_(sa.bindparam("task_ids", type_=_IDS))))
_newest = (
    sa.select(plans.c.id)
    .where(plans.c.office_id == sa.bindparam("office_id"), plans.c.year <= sa.bindparam("year"))
    .order_by(plans.c.year.desc())
    .limit(1)
)
_ALL = Statement(_READ.where(tasks.c.plan_id == _newest.scalar_subquery()))


@dataclass(frozen=True, slots=True)
class AliasesTable:
    """What the office has been taught; a task that left the plan takes its aliases along."""

    connection: AsyncConnection
    now: datetime

    async def of(self, task_ids: Sequence[int]) -> Sequence[LearnedAlias]:
        """The aliases of these tasks that are in force."""
        return [_learned(row) for row in await _OF.run(self.connection, task_ids=list(task_ids))]

    async def all(self, office_id: int) -> Sequence[LearnedAlias]:
        """Every alias of the office's plan in force."""
        year = self.now.astimezone(OFFICE_ZONE).year
        rows = await _ALL.run(self.connection, office_id=office_id, year=year)
        return [_learned(row) for row in rows]

    async def learn(self, office_id: int, lesson: Lesson) -> bool:
        """Keep a lesson or count it again; False where the operator barred it."""
        taught = {
            "source": lesson.source.value,
            "made_by": lesson.by,
            "learned_at": self.now,
        }
        statement = insert(aliases).values(
            office_id=office_id, task_id=lesson.task_id, words=lesson.words, confirmed=1, **taught
        )
        # An answer does not make less of what was taught outright and still holds.
        kept = _IN_FORCE if lesson.source is Source.ANSWER else sa.false()
        counted = statement.on_conflict_do_update(
            index_elements=["office_id", "words", "task_id"],
            set_={
                "confirmed": sa.case((_IN_FORCE, aliases.c.confirmed + 1), else_=1),
                "forgotten_at": None,
                "barred": False,
                **{
                    name: sa.case((kept, aliases.c[name]), else_=statement.excluded[name])
                    for name in taught
                },
            },
            where=sa.or_(~aliases.c.barred, sa.literal(lesson.source is Source.OPERATOR)),
        ).returning(aliases.c.id)
        return (await self.connection.execute(counted)).first() is not None

    async def carry(self, office_id: int, tasks: Mapping[int, int]) -> None:
        """What was taught of the first of each pair of tasks holds of the second as well."""
        copied = ("words", "source", "made_by", "confirmed", "learned_at", "forgotten_at", "barred")
        for old, new in tasks.items():
            held = sa.select(
                sa.literal(office_id), sa.literal(new), *(aliases.c[name] for name in copied)
            ).where(aliases.c.task_id == old, sa.or_(_IN_FORCE, aliases.c.barred))
            await self.connection.execute(
                insert(aliases)
                .from_select(["office_id", "task_id", *copied], held)
                .on_conflict_do_nothing()
            )

    async def forget(self, task_id: int, words: Sequence[str]) -> Sequence[str]:
        """These aliases of a task are wrong; those that were in force."""
        return await self._end(task_id, words, barred=False)

    async def bar(self, task_id: int, words: str) -> bool:
        """Remove an alias for good: no answer teaches it again. Whether it was in force."""
        return bool(await self._end(task_id, [words], barred=True))

    async def _end(self, task_id: int, words: Sequence[str], *, barred: bool) -> Sequence[str]:
        rows = await self.connection.execute(
            sa.update(aliases)
            .where(aliases.c.task_id == task_id, aliases.c.words.in_(words), _IN_FORCE)
            .values(forgotten_at=self.now, barred=barred)
            .returning(aliases.c.words)
        )
        return [row.words for row in rows]


def _learned(row: Row) -> LearnedAlias:
    return LearnedAlias(**{**row, "source": Source(row["source"])})
