"""One transaction with everything the handlers keep and look up in it."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from storage.accounts import AccountsTable
from storage.alarms import AlarmsTable
from storage.aliases import AliasesTable
from storage.attachments import AttachmentsTable
from storage.audit import AuditTable
from storage.cards import CardsTable
from storage.channels import ChannelsTable
from storage.claims import ClaimsTable
from storage.concerns import ConcernsTable
from storage.database import transaction
from storage.escalations import EscalationsTable
from storage.extensions import AmendmentsTable, ExtensionsTable
from storage.follow_ups import FollowUpsTable
from storage.inbox import InboxReader
from storage.instructions import InstructionsTable
from storage.jobs import Jobs
from storage.leaves import LeavesTable
from storage.merged_drafts import MergedDraftsTable
from storage.outbox import OutboxTable
from storage.overseers import OverseersTable
from storage.people import PeopleTable
from storage.plans import PlansTable
from storage.previews import PreviewsTable
from storage.questions import ComplaintsTable, QuestionsTable
from storage.reach import ReachTable
from storage.registry import RegistryTable
from storage.reports import ReportsTable, RoundsTable
from storage.reviews import ReviewsTable
from storage.seal import Seal
from storage.signings import SigningsTable


@dataclass(frozen=True, slots=True, kw_only=True)
class PostgresUnitOfWork:
    """The repositories of one transaction at one moment."""

    now: datetime
    connection: AsyncConnection
    inbox: InboxReader
    people: PeopleTable
    plans: PlansTable
    rounds: RoundsTable
    reports: ReportsTable
    questions: QuestionsTable
    follow_ups: FollowUpsTable
    reviews: ReviewsTable
    reach: ReachTable
    leaves: LeavesTable
    escalations: EscalationsTable
    signings: SigningsTable
    instructions: InstructionsTable
    overseers: OverseersTable
    outbox: OutboxTable
    cards: CardsTable
    claims: ClaimsTable
    audit: AuditTable
    complaints: ComplaintsTable
    registry: RegistryTable
    channels: ChannelsTable
    accounts: AccountsTable
    alarms: AlarmsTable
    aliases: AliasesTable
    attachments: AttachmentsTable
    extensions: ExtensionsTable
    amendments: AmendmentsTable
    concerns: ConcernsTable
    merged_drafts: MergedDraftsTable
    previews: PreviewsTable

    async def database_time(self) -> datetime:
        """What the database's own clock says."""
        told = await self.connection.scalar(sa.select(sa.func.clock_timestamp()))
        assert isinstance(told, datetime)
        return told


@dataclass(frozen=True, slots=True, kw_only=True)
class Store:
    """The database as the process holds it: opens units of work."""

    engine: AsyncEngine
    jobs: Jobs
    seal: Seal

    @asynccontextmanager
    async def unit_of_work(self, now: datetime) -> AsyncIterator[PostgresUnitOfWork]:
        """A transaction: committed at the end, rolled back on any exception."""
        async with transaction(self.engine) as connection:
            work = self._work(connection, now)
            yield work
            await work.audit.seal()

    @asynccontextmanager
    async def rehearsal(self) -> AsyncIterator[Callable[[datetime], PostgresUnitOfWork]]:
        """Units of work at any moments that see each other's changes; nothing of it is kept."""
        async with self.engine.connect() as connection:
            try:
                yield lambda now: self._work(connection, now)
            finally:
                await connection.rollback()

    def _work(self, connection: AsyncConnection, now: datetime) -> PostgresUnitOfWork:
        return PostgresUnitOfWork(
            now=now,
            connection=connection,
            inbox=InboxReader(connection, self.seal, now),
            people=PeopleTable(connection, now),
            plans=PlansTable(connection),
            rounds=RoundsTable(connection, now),
            reports=ReportsTable(connection, now),
            questions=QuestionsTable(connection, now),
            follow_ups=FollowUpsTable(connection, now),
            reviews=ReviewsTable(connection, now),
            reach=ReachTable(connection),
            leaves=LeavesTable(connection, now),
            escalations=EscalationsTable(connection, now),
            signings=SigningsTable(connection, now),
            instructions=InstructionsTable(connection, now),
            overseers=OverseersTable(connection),
            outbox=OutboxTable(connection, self.seal, now),
            cards=CardsTable(connection, self.seal, now),
            claims=ClaimsTable(connection, now),
            audit=AuditTable(connection, now),
            complaints=ComplaintsTable(connection, now),
            registry=RegistryTable(connection, now),
            channels=ChannelsTable(connection, self.seal),
            accounts=AccountsTable(connection, self.seal, now),
            alarms=AlarmsTable(connection, now),
            aliases=AliasesTable(connection, now),
            attachments=AttachmentsTable(connection, now),
            extensions=ExtensionsTable(connection, now),
            amendments=AmendmentsTable(connection, now),
            concerns=ConcernsTable(connection, now),
            merged_drafts=MergedDraftsTable(connection, now),
            previews=PreviewsTable(connection, now),
        )
