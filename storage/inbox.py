"""The inbox: callbacks remembered before they are acknowledged, answered in order."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from reporting.messages import IncomingMessage
from reporting.records import Waiting
from storage.conversion import Row, message_as_json, message_from_json
from storage.database import transaction
from storage.jobs import JobOrder, Jobs
from storage.seal import Seal
from storage.tables import inbox

ANSWER_SENDER, REPLIES = "answer_sender", "replies"
TRIES = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """A verified message and the channel it came on."""

    office_id: int
    channel: str
    message: IncomingMessage
    received_at: datetime


def sender_job(channel: str, sender_id: str) -> JobOrder:
    """The job that answers what waits from one sender; one at a time for each sender."""
    return JobOrder(
        task=ANSWER_SENDER,
        queue=REPLIES,
        arguments={"channel": channel, "sender_id": sender_id},
        lock=f"sender:{channel}:{sender_id}",
    )


class InboxWriter:
    """Remembers arrivals: one commit for a whole batch, rows and jobs together."""

    def __init__(self, engine: AsyncEngine, jobs: Jobs, seal: Seal) -> None:
        self._engine, self._jobs, self._seal = engine, jobs, seal

    async def remember(self, arrivals: Sequence[Arrival]) -> int:
        """Keep what was not known yet, with a job for each sender; how many were new.

        NotReady when the database cannot be reached: then nothing may be acknowledged.
        """
        rows = {(a.channel, a.message.key): self._row(a) for a in arrivals}
        # One order for all replicas, so that batches which share a message cannot deadlock.
        ordered = [rows[key] for key in sorted(rows)]
        statement = (
            insert(inbox)
            .on_conflict_do_nothing(index_elements=["channel", "message_key"])
            .returning(inbox.c.channel, inbox.c.sender_id)
        )
        async with transaction(self._engine) as connection:
            fresh = (await connection.execute(statement, ordered)).all()
            senders = dict.fromkeys((row.channel, row.sender_id) for row in fresh)
            await self._jobs.enqueue(connection, [sender_job(*sender) for sender in senders])
        return len(fresh)

    def _row(self, arrival: Arrival) -> dict[str, object]:
        message = arrival.message
        url = message.session_url
        return {
            "office_id": arrival.office_id,
            "channel": arrival.channel,
            "message_key": message.key,
            "sender_id": message.sender_id.lower(),
            "content": message_as_json(message),
            "sealed": self._seal.close({"session_url": url}) if url else "",
            "received_at": arrival.received_at,
        }


class InboxReader:
    """What waits in the inbox, within one transaction."""

    def __init__(self, connection: AsyncConnection, seal: Seal, now: datetime) -> None:
        self._connection, self._seal, self._now = connection, seal, now

    async def take(self, channel: str, sender_id: str) -> Waiting | None:
        """The sender's oldest message not yet answered, locked until the transaction ends."""
        row = await self._oldest(channel, sender_id)
        return None if row is None else self._waiting(row)

    async def _oldest(self, channel: str, sender_id: str) -> Row | None:
        statement = (
            sa.select(inbox)
            .where(
                inbox.c.channel == channel,
                inbox.c.sender_id == sender_id,
                inbox.c.processed_at.is_(None),
            )
            # Rows of one commit are numbered by key, not in the order they came.
            .order_by(inbox.c.received_at, inbox.c.id)
            .limit(1)
            .with_for_update()
        )
        row = (await self._connection.execute(statement)).first()
        return None if row is None else row._asdict()

    def _waiting(self, row: Row) -> Waiting:
        url = self._seal.open(row["sealed"])["session_url"] if row["sealed"] else None
        return Waiting(
            id=row["id"],
            office_id=row["office_id"],
            channel=row["channel"],
            message=message_from_json(row["content"], str(url) if url else None),
            attempts=row["attempts"],
        )

    async def finish(self, message_id: int, outcome: str) -> None:
        """The message is answered."""
        await self._connection.execute(
            sa.update(inbox)
            .where(inbox.c.id == message_id)
            .values(processed_at=self._now, outcome=outcome)
        )

    async def stumble(self, channel: str, sender_id: str, trouble: str) -> bool:
        """Note that the sender's oldest message could not be answered; True when it is given up.

        A message given up stays in the list the office sees and no longer holds its sender up.
        """
        # Not read as a message: that may be the very thing that fails.
        row = await self._oldest(channel, sender_id)
        if row is None:
            return False
        given_up: bool = row["attempts"] + 1 >= TRIES
        await self._connection.execute(
            sa.update(inbox)
            .where(inbox.c.id == row["id"])
            .values(
                attempts=row["attempts"] + 1,
                trouble=trouble,
                processed_at=self._now if given_up else None,
                outcome="failed" if given_up else "",
            )
        )
        return given_up
