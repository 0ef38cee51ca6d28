"""The inbox: callbacks remembered before they are acknowledged, answered in order."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from reporting.messages import IncomingKind, IncomingMessage
from reporting.records import Waiting
from storage.conversion import Row, message_as_json, message_from_json, message_secrets
from storage.database import transaction
from storage.jobs import JobOrder
from storage.seal import Seal
from storage.statement import Statement
from storage.tables import inbox

ANSWER_SENDER, REPLIES = "answer_sender", "replies"
SENDER_LOCK = "sender:%s:%s"
SENDER_JOB = {"queue": REPLIES, "task": ANSWER_SENDER, "lock": SENDER_LOCK}
# The rows come as one JSON text, so that a batch of any size is the same prepared statement. One
# order for all replicas: batches that share a message cannot deadlock.
REMEMBER = """
WITH arrived AS (
    SELECT * FROM json_to_recordset(%(rows)s::json) AS row (
        office_id bigint, channel text, message_key text, sender_id text,
        content jsonb, sealed text, received_at timestamptz
    )
), fresh AS (
    INSERT INTO inbox
        (office_id, channel, message_key, sender_id, content, sealed, received_at)
    SELECT * FROM arrived ORDER BY channel, message_key
    ON CONFLICT (channel, message_key) DO NOTHING
    RETURNING id, channel, message_key, sender_id
), senders AS (
    SELECT DISTINCT channel, sender_id FROM fresh
)
SELECT
    (SELECT array_agg(ARRAY[id::text, channel, message_key]) FROM fresh),
    procrastinate_defer_jobs_v1(array_agg(ROW(
        %(queue)s, %(task)s, 0, format(%(lock)s, channel, sender_id), NULL,
        jsonb_build_object('channel', channel, 'sender_id', sender_id), NULL
    )::procrastinate_job_to_defer_v1))
FROM senders
"""
TRIES = 5
COMMAND_LINE = "command line"
_other = inbox.alias("other")
_OLDEST = Statement(
    sa.select(
        inbox,
        # What comes after this look has a job of its own.
        sa.exists()
        .where(
            _other.c.channel == inbox.c.channel,
            _other.c.sender_id == inbox.c.sender_id,
            _other.c.processed_at.is_(None),
            _other.c.id != inbox.c.id,
        )
        .label("followed"),
    )
    .where(
        inbox.c.channel == sa.bindparam("channel"),
        inbox.c.sender_id == sa.bindparam("sender_id"),
        inbox.c.processed_at.is_(None),
    )
    # Rows of one commit are numbered by key, not in the order they came.
    .order_by(inbox.c.received_at, inbox.c.id)
    .limit(1)
    .with_for_update(of=inbox)
)
_FINISH = Statement(
    "UPDATE inbox SET processed_at = %(now)s, outcome = %(outcome)s WHERE id = %(message_id)s"
)


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
        lock=SENDER_LOCK % (channel, sender_id),
    )


class InboxWriter:
    """Remembers arrivals: one statement for a whole batch, rows and jobs together.

    A statement is a transaction of its own: one round trip makes all of it durable.
    """

    def __init__(self, engine: AsyncEngine, seal: Seal) -> None:
        self._engine = engine.execution_options(isolation_level="AUTOCOMMIT")
        self._seal = seal

    async def remember(self, arrivals: Sequence[Arrival]) -> Mapping[tuple[str, str], int]:
        """Keep what was not known yet, with a job for each sender; the ids by channel and key.

        NotReady when the database cannot be reached: then nothing may be acknowledged.
        """
        rows = json.dumps([self._row(arrival) for arrival in arrivals], ensure_ascii=False)
        async with transaction(self._engine) as connection:
            kept = await connection.exec_driver_sql(REMEMBER, {**SENDER_JOB, "rows": rows})
            fresh = kept.one()[0] or ()
        return {(channel, key): int(message_id) for message_id, channel, key in fresh}

    def _row(self, arrival: Arrival) -> dict[str, object]:
        message = arrival.message
        secrets = message_secrets(message)
        return {
            "office_id": arrival.office_id,
            "channel": arrival.channel,
            "message_key": message.key,
            "sender_id": message.sender_id.lower(),
            "content": message_as_json(message),
            "sealed": self._seal.close({**secrets}) if secrets else "",
            "received_at": arrival.received_at.isoformat(),
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
        return await _OLDEST.first(self._connection, channel=channel, sender_id=sender_id)

    def _waiting(self, row: Row) -> Waiting:
        secrets = self._seal.open(row["sealed"]) if row["sealed"] else {}
        return Waiting(
            id=row["id"],
            office_id=row["office_id"],
            channel=row["channel"],
            message=message_from_json(row["content"], secrets),
            attempts=row["attempts"],
            followed=row["followed"],
        )

    async def redact(self, message_id: int, text: str, quoted_text: str) -> None:
        """Keep these words instead of what was written."""
        words = {"text": text, "quoted_text": quoted_text}
        content = inbox.c.content.concat(sa.cast(words, inbox.c.content.type))
        await self._connection.execute(
            sa.update(inbox).where(inbox.c.id == message_id).values(content=content)
        )

    async def finish(self, message_id: int, outcome: str) -> None:
        """The message is answered."""
        await _FINISH.run(self._connection, now=self._now, outcome=outcome, message_id=message_id)

    async def keep_order(self, office_id: int, by: str, words: str) -> int:
        """Keep an order that came in no message as one that is answered; its id.

        Whatever the ledger holds stems from somebody's words.
        """
        key = f"{office_id}:{by}:{self._now.isoformat()}"
        message = IncomingMessage(
            key=key, kind=IncomingKind.TEXT, sender_id=by, sent_at=self._now, text=words
        )
        statement = (
            sa.insert(inbox)
            .values(
                office_id=office_id,
                channel=COMMAND_LINE,
                message_key=key,
                sender_id=by,
                content=message_as_json(message),
                received_at=self._now,
                processed_at=self._now,
                outcome="order",
            )
            .returning(inbox.c.id)
        )
        return int((await self._connection.execute(statement)).scalar_one())

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
