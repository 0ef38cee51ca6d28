"""The outbox: every message we send is first a row, its delivery job in the same transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from psycopg.types.json import Jsonb
from sqlalchemy.ext.asyncio import AsyncConnection

from reporting.messages import (
    Address,
    AddressKind,
    Card,
    Delivery,
    DeliveryState,
    OutgoingKind,
    OutgoingMessage,
)
from reporting.secrecy import screen_text
from storage.conversion import Row, card_as_json, card_from_json
from storage.jobs import JobOrder
from storage.seal import Seal
from storage.statement import Statement
from storage.tables import deliveries, outbox

DELIVER, DELIVERIES = "deliver", "deliveries"
_WRITE = Statement("""
WITH written AS (
    INSERT INTO outbox (
        office_id, key, kind, channel, target, address_kind, sealed, about, text, card,
        written_at
    ) VALUES (
        %(office_id)s, %(key)s, %(kind)s, %(channel)s, %(target)s, %(address_kind)s, %(sealed)s,
        %(about)s, %(text)s, %(card)s, %(written_at)s
    ) ON CONFLICT (office_id, key) DO NOTHING
    RETURNING id
)
SELECT procrastinate_defer_jobs_v1(ARRAY[ROW(
    %(queue)s, %(task)s, 0, %(lock)s, NULL, jsonb_build_object('parcel_id', id), NULL
)::procrastinate_job_to_defer_v1])
FROM written
""")

_TAKE = Statement(
    sa.select(outbox)
    .where(outbox.c.id == sa.bindparam("parcel_id"), outbox.c.finished_at.is_(None))
    .with_for_update()
)
_FOLLOWING = Statement("""
SELECT o.id FROM outbox this JOIN outbox o
    ON (o.channel, o.address_kind, o.target) = (this.channel, this.address_kind, this.target)
WHERE this.id = %(parcel_id)s AND o.id > %(parcel_id)s AND o.finished_at IS NULL
ORDER BY o.id LIMIT 1
""")
_UNCHANGED = dict.fromkeys(("part", "sending", "attempts", "state", "finished_at"))
_MARK = Statement("""
UPDATE outbox SET
    part = coalesce(%(part)s, part), sending = coalesce(%(sending)s, sending),
    attempts = coalesce(%(attempts)s, attempts), state = coalesce(%(state)s, state),
    finished_at = coalesce(%(finished_at)s, finished_at)
WHERE id = %(parcel_id)s
""")
_LOG = Statement("""
INSERT INTO deliveries (
    office_id, outbox_id, part, state, reference, missed, code, detail, tried_at
)
SELECT office_id, id, %(part)s, %(state)s, %(reference)s, %(missed)s, %(code)s, %(detail)s,
    %(tried_at)s
FROM outbox WHERE id = %(parcel_id)s
""")


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """An outgoing message on its way: `part` parts are out; `sending` says the next one may be.

    `attempts` are those of that part; `about` is its own key, which names the message it answers.
    """

    id: int
    office_id: int
    address: Address
    text: str
    part: int
    sending: bool
    attempts: int
    written_at: datetime
    about: str = ""
    card: Card | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A message in the outbox, as a rehearsal shows it."""

    key: str
    channel: str
    target: str
    kind: OutgoingKind
    text: str


@dataclass(frozen=True, slots=True)
class OutboxTable:
    """Messages to be sent, within one transaction."""

    connection: AsyncConnection
    seal: Seal
    now: datetime

    async def write(
        self, office_id: int, message: OutgoingMessage, *, about: Sequence[str]
    ) -> bool:
        """Keep a message and its delivery job; False when its key was written before."""
        written = await _WRITE.first(
            self.connection,
            office_id=office_id,
            about=Jsonb(list(about)),
            task=DELIVER,
            queue=DELIVERIES,
            lock=_lock(message.address),
            **self._row(message),
        )
        return written is not None

    def _row(self, message: OutgoingMessage) -> dict[str, Any]:
        address = message.address
        session = {
            "session_url": address.session_url,
            "until": address.session_until.isoformat() if address.session_until else None,
        }
        return {
            "key": message.key,
            "kind": message.kind.value,
            "channel": address.channel,
            "address_kind": address.kind.value,
            "target": address.target,
            "sealed": self.seal.close(session) if address.session_url else "",
            # Replies are screened as they come; what plans and directories hold is not.
            "text": screen_text(message.text).text or message.text,
            "card": Jsonb(card_as_json(message.card)) if message.card else None,
            "written_at": self.now,
        }

    async def about(self, channel: str, reference: str) -> Sequence[str]:
        """What a sent message, named by the platform's own id, was about."""
        row = (
            await self.connection.execute(
                sa.select(outbox.c.about)
                .join(deliveries, deliveries.c.outbox_id == outbox.c.id)
                .where(deliveries.c.reference == reference, outbox.c.channel == channel)
                .limit(1)
            )
        ).first()
        return [] if row is None else list(row.about)

    async def written_at_once(self, office_id: int) -> Sequence[Written]:
        """What was written for an office at this very moment, in order."""
        rows = await self.connection.execute(
            sa.select(outbox)
            .where(outbox.c.office_id == office_id, outbox.c.written_at == self.now)
            .order_by(outbox.c.id)
        )
        return [
            Written(
                key=row.key,
                channel=row.channel,
                target=row.target,
                kind=OutgoingKind(row.kind),
                text=row.text,
            )
            for row in rows
        ]

    async def deliver_at_once(self, office_id: int) -> None:
        """Take what was written at this very moment for delivered, in a rehearsal."""
        await self.connection.execute(
            sa.update(outbox)
            .where(outbox.c.office_id == office_id, outbox.c.written_at == self.now)
            .values(state=DeliveryState.DELIVERED.value, finished_at=self.now)
        )

    async def open(self, parcel_id: int) -> Parcel | None:
        """An unfinished message, locked until the transaction ends; None when it is finished."""
        row = await _TAKE.first(self.connection, parcel_id=parcel_id)
        return None if row is None else self._parcel(row)

    def _parcel(self, row: Row) -> Parcel:
        session = self.seal.open(row["sealed"]) if row["sealed"] else {}
        url, until = session.get("session_url"), session.get("until")
        address = Address(
            channel=row["channel"],
            kind=AddressKind(row["address_kind"]),
            target=row["target"],
            session_url=str(url) if url else None,
            session_until=datetime.fromisoformat(str(until)) if until else None,
        )
        return Parcel(
            id=row["id"],
            office_id=row["office_id"],
            address=address,
            text=row["text"],
            part=row["part"],
            sending=row["sending"],
            attempts=row["attempts"],
            written_at=row["written_at"],
            about=row["key"],
            card=card_from_json(row["card"]) if row["card"] else None,
        )

    async def next_in_line(self, parcel_id: int) -> int | None:
        """The oldest unfinished message written after this one for the same address."""
        found = await _FOLLOWING.first(self.connection, parcel_id=parcel_id)
        return None if found is None else int(found["id"])

    async def mark(self, parcel_id: int, **columns: object) -> None:
        """Move an outgoing message on: `part`, `sending`, `attempts`, `state`, `finished_at`."""
        await _MARK.run(self.connection, parcel_id=parcel_id, **{**_UNCHANGED, **columns})

    async def log(self, parcel_id: int, part: int, delivery: Delivery) -> None:
        """Keep what the platform said about one try."""
        await _LOG.run(
            self.connection,
            parcel_id=parcel_id,
            part=part,
            state=delivery.state.value,
            reference=delivery.reference,
            missed=Jsonb(list(delivery.missed)),
            code=delivery.code,
            detail=delivery.detail,
            tried_at=self.now,
        )


def delivery_job(parcel_id: int, address: Address) -> JobOrder:
    """The job that delivers a message; one at a time for each address."""
    return JobOrder(
        task=DELIVER,
        queue=DELIVERIES,
        arguments={"parcel_id": parcel_id},
        lock=_lock(address),
    )


def _lock(address: Address) -> str:
    return f"to:{address.channel}:{address.kind.value}:{address.target}"
