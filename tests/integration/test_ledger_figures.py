"""The digest's figures, counted again by an independent query over 200 random ledgers."""

import random
from collections.abc import Mapping
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from handlers.conversation import task_states
from reporting.calendar import OFFICE_ZONE, WorkCalendar
from reporting.digest import compose_digest
from reporting.office import PlannedTask
from reporting.report import Facts, Status
from reporting.repositories import UnitOfWork
from reporting.round import RoundRules, open_round
from reporting.task import Task
from storage.conversion import facts_as_row, task_as_row
from storage.database import open_engine
from storage.jobs import Jobs
from storage.seal import Seal, new_key
from storage.tables import inbox, liaisons, offices, plans, reports, reviews, rounds, tasks
from storage.unit_of_work import Store

LEDGERS = 200
NOON = datetime(2026, 6, 25, 12, tzinfo=OFFICE_ZONE)
MONTH = open_round(2026, 6, RoundRules(cutoff_day=25), WorkCalendar())
FACTS = (
    Facts(status=Status.DONE),
    Facts(status=Status.DONE, percent=80),
    Facts(status=Status.DONE, percent=100),
    Facts(status=Status.BEHIND, percent=30),
    Facts(status=Status.ON_TRACK),
    Facts(status=Status.NOT_STARTED),
    Facts(percent=50),
)
RECOUNT = """
WITH counting AS (
    SELECT r.*, o.year, o.month FROM reports r JOIN rounds o ON o.id = r.round_id
    WHERE r.withdrawn_at IS NULL AND r.returned_at IS NULL AND r.office_id = :office
), told AS (
    SELECT task_id, status FROM (
        SELECT *, row_number() OVER (PARTITION BY task_id ORDER BY version DESC) AS place
        FROM counting WHERE month = 6 AND by_lead
    ) ranked WHERE place = 1
), before AS (
    SELECT task_id, status, percent FROM (
        SELECT *, row_number() OVER (
            PARTITION BY task_id ORDER BY month DESC, by_lead::int DESC, version DESC
        ) AS place FROM counting WHERE month < 6
    ) ranked WHERE place = 1
), sent_back AS (
    SELECT DISTINCT v.task_id FROM reviews v
    WHERE v.verdict = 'returned' AND v.office_id = :office AND NOT EXISTS (
        SELECT 1 FROM counting c
        WHERE c.task_id = v.task_id AND c.by_lead AND c.reported_at >= v.made_at
    )
), standing AS (
    SELECT t.id, told.task_id IS NOT NULL AS reported, told.status AS said,
        coalesce(before.status = 'done' AND coalesce(before.percent, 100) >= 100, false) AS over,
        s.task_id IS NOT NULL AS sent_back,
        CASE WHEN told.task_id IS NOT NULL THEN told.status ELSE before.status END AS latest
    FROM tasks t
    LEFT JOIN told ON told.task_id = t.id
    LEFT JOIN before ON before.task_id = t.id
    LEFT JOIN sent_back s ON s.task_id = t.id
    WHERE t.office_id = :office AND NOT t.dropped
)
SELECT count(*) AS total,
    count(*) FILTER (WHERE latest = 'done') AS finished,
    count(*) FILTER (WHERE reported OR sent_back OR NOT over) AS expected,
    count(*) FILTER (WHERE reported) AS reported,
    count(*) FILTER (WHERE NOT reported AND (sent_back OR NOT over)) AS missing,
    count(*) FILTER (WHERE reported AND said = 'behind') AS behind,
    count(*) FILTER (WHERE reported AND said = 'not_started') AS not_started,
    count(*) FILTER (WHERE reported AND said = 'done') AS done
FROM standing
"""


async def insert(connection: AsyncConnection, table: sa.Table, **values: object) -> int:
    statement = sa.insert(table).values(**values).returning(table.c.id)
    return int((await connection.execute(statement)).scalar_one())


class Ledger:
    """One office with random reports of May and June, some withdrawn, some sent back."""

    def __init__(self, connection: AsyncConnection, number: int) -> None:
        self.connection, self.chance = connection, random.Random(number)
        self.office = self.liaison = self.june = 0
        self.tasks: list[PlannedTask] = []
        self.number = number

    async def write(self) -> None:
        """Write it all."""
        name = f"督查室{self.number}"
        self.office = await insert(self.connection, offices, name=name)
        mine = {"office_id": self.office}
        self.liaison = await insert(self.connection, liaisons, key="l1", name="甲", **mine)
        plan = await insert(self.connection, plans, year=2026, title="计划", version=1, **mine)
        for position in range(self.chance.randint(1, 15)):
            task = Task(code=str(position + 1), title="修路", leads=("甲局",), supports=("乙局",))
            row = {**task_as_row(task), "position": position, "plan_id": plan, **mine}
            self.tasks.append(
                PlannedTask(id=await insert(self.connection, tasks, **row), task=task)
            )
        for month in (4, 5, 6):
            at = MONTH.cutoff_at
            values = {"opens_at": at, "cutoff_at": at, "noticed_at": at, "plan_id": plan}
            round_id = await insert(
                self.connection, rounds, year=2026, month=month, **values, **mine
            )
            self.june = round_id
            for planned in self.tasks:
                await self._report(planned, round_id, NOON - timedelta(days=30 * (6 - month)))

    async def _report(self, planned: PlannedTask, round_id: int, at: datetime) -> None:
        for version in range(1, self.chance.choice((0, 0, 1, 1, 2, 3)) + 1):
            at += timedelta(minutes=1)
            lost = self.chance.random() < 0.15
            await self._add(planned, (round_id, version), at, withdrawn=at if lost else None)
            if self.chance.random() < 0.2:
                await self._return(planned, round_id, at + timedelta(seconds=1))

    async def _add(
        self,
        planned: PlannedTask,
        place: tuple[int, int],
        at: datetime,
        *,
        withdrawn: datetime | None,
    ) -> None:
        message = await insert(
            self.connection, inbox, office_id=self.office, channel="c", sender_id="l1",
            message_key=f"{planned.id}-{place[0]}-{place[1]}", content={}, received_at=at,
        )  # fmt: skip
        by_lead = self.chance.random() < 0.75
        await insert(
            self.connection, reports, office_id=self.office, task_id=planned.id,
            round_id=place[0], version=place[1], liaison_id=self.liaison, inbox_id=message,
            unit="甲局" if by_lead else "乙局", by_lead=by_lead, late=False, words="",
            probability=1.0, reported_at=at, withdrawn_at=withdrawn,
            **facts_as_row(self.chance.choice(FACTS)),
        )  # fmt: skip

    async def _return(self, planned: PlannedTask, round_id: int, at: datetime) -> None:
        here = sa.and_(reports.c.task_id == planned.id, reports.c.round_id == round_id)
        await self.connection.execute(sa.update(reports).where(here).values(returned_at=at))
        await insert(
            self.connection, reviews, office_id=self.office, round_id=round_id,
            task_id=planned.id, verdict="returned", words="请核实", made_by="王敏", made_at=at,
        )  # fmt: skip

    async def digest(self, work: UnitOfWork) -> Mapping[str, int]:
        """The figures as the leaders read them."""
        states = await task_states(work, self.june, MONTH, self.tasks)
        digest = compose_digest("督查室", MONTH, list(states.values()))
        counted = ("total", "finished", "expected", "reported", "missing")
        figures = {name: int(getattr(digest, name)) for name in counted}
        listed = ("behind", "not_started", "done")
        return figures | {name: len(getattr(digest, name)) for name in listed}


@pytest.mark.timeout(240)
async def test_no_figure_of_two_hundred_digests_differs_from_its_recount(
    database_url: str,
) -> None:
    engine = open_engine(database_url)
    different = []
    store = Store(engine=engine, jobs=Jobs(database_url), seal=Seal(new_key()))
    async with store.unit_of_work(NOON) as work:
        ledgers = [Ledger(work.connection, number) for number in range(LEDGERS)]
        for ledger in ledgers:
            await ledger.write()
        for ledger in ledgers:
            counts = {"office": ledger.office}
            row = (await work.connection.execute(sa.text(RECOUNT), counts)).one()
            recounted = {name: int(value) for name, value in row._asdict().items()}
            posted = await ledger.digest(work)
            if recounted != posted:
                different.append((ledger.number, recounted, posted))
    await engine.dispose()
    assert different == []
