"""Lists for the operator: channels' people, and messages that need a hand."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import distinct_on, insert
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.tables import accounts, deliveries, liaisons, outbox

NEEDS_A_HAND = ("partly", "refused", "unknown", "retry")


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterLine:
    """A liaison with his accounts as "channel:user id", and why some cannot be reached."""

    key: str
    name: str
    units: tuple[str, ...]
    accounts: tuple[str, ...]
    stale: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TroubledDelivery:
    """A message that did not simply arrive, with what the platform said last."""

    id: int
    channel: str
    target: str
    kind: str
    state: str
    code: str
    detail: str
    written_at: datetime


async def list_liaisons(connection: AsyncConnection, office_id: int) -> Sequence[RosterLine]:
    """The office's active liaisons with their accounts."""
    account = accounts.c.channel + ":" + accounts.c.user_id
    bound = sa.func.array_agg(account).filter(accounts.c.channel.is_not(None))
    lost = sa.func.array_agg(account + "：" + accounts.c.stale_reason)
    rows = await connection.execute(
        sa.select(
            liaisons,
            bound.label("bound"),
            lost.filter(accounts.c.stale_since.is_not(None)).label("lost"),
        )
        .outerjoin(accounts, accounts.c.liaison_id == liaisons.c.id)
        .where(liaisons.c.office_id == office_id, liaisons.c.active)
        .group_by(liaisons.c.id)
        .order_by(liaisons.c.id)
    )
    return [
        RosterLine(
            key=row.key,
            name=row.name,
            units=tuple(row.units),
            accounts=tuple(row.bound or ()),
            stale=tuple(row.lost or ()),
        )
        for row in rows
    ]


async def bind_liaison(
    connection: AsyncConnection, office_id: int, key: str, channel: str, user_id: str
) -> bool:
    """Bind an account to a liaison by his key; False when the office has no such liaison."""
    liaison = await connection.scalar(
        sa.select(liaisons.c.id).where(
            liaisons.c.office_id == office_id, liaisons.c.key == key, liaisons.c.active
        )
    )
    if liaison is None:
        return False
    bound = {
        "liaison_id": liaison,
        "spelling": user_id,
        "stale_since": None,
        "stale_reason": "",
    }
    await connection.execute(
        insert(accounts)
        .values(office_id=office_id, channel=channel, user_id=user_id.lower(), **bound)
        .on_conflict_do_update(index_elements=["channel", "user_id"], set_=bound)
    )
    return True


async def list_troubled(
    connection: AsyncConnection, office_id: int, limit: int
) -> Sequence[TroubledDelivery]:
    """The newest messages that did not simply arrive."""
    last = (
        sa.select(
            deliveries.c.outbox_id, deliveries.c.state, deliveries.c.code, deliveries.c.detail
        )
        .ext(distinct_on(deliveries.c.outbox_id))
        .where(deliveries.c.office_id == office_id)
        .order_by(deliveries.c.outbox_id, deliveries.c.id.desc())
        .subquery()
    )
    rows = await connection.execute(
        sa.select(outbox, last.c.state.label("last_state"), last.c.code, last.c.detail)
        .join(last, last.c.outbox_id == outbox.c.id)
        .where(outbox.c.office_id == office_id, last.c.state.in_(NEEDS_A_HAND))
        .order_by(outbox.c.id.desc())
        .limit(limit)
    )
    return [
        TroubledDelivery(
            id=row.id,
            channel=row.channel,
            target=row.target,
            kind=row.kind,
            state=row.last_state,
            code=row.code,
            detail=row.detail,
            written_at=row.written_at,
        )
        for row in rows
    ]
