"""What waits without a job: the rows are the truth, and a job lost or given up is made anew."""

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncEngine

from reporting.messages import Address, AddressKind
from storage.database import transaction
from storage.inbox import sender_job
from storage.jobs import Jobs
from storage.outbox import delivery_job

SENDERS = sa.text("""
SELECT DISTINCT channel, sender_id FROM inbox WHERE processed_at IS NULL AND NOT EXISTS (
  SELECT 1 FROM procrastinate_jobs
  WHERE status IN ('todo', 'doing') AND lock = 'sender:' || channel || ':' || sender_id)
""")
ADDRESSES = sa.text("""
SELECT min(id) AS id, channel, address_kind, target FROM outbox
WHERE finished_at IS NULL AND NOT EXISTS (
  SELECT 1 FROM procrastinate_jobs
  WHERE status IN ('todo', 'doing')
    AND lock = 'to:' || channel || ':' || address_kind || ':' || target)
GROUP BY channel, address_kind, target
""")


async def sweep(engine: AsyncEngine, jobs: Jobs) -> int:
    """Enqueue a job for every sender and address that waits for none; how many there were.

    A row comes with its job in one transaction, so a row without one has had a job that the engine
    gave up: after hours without the right key or database, say.
    """
    async with transaction(engine) as connection:
        senders = await connection.execute(SENDERS)
        orders = [sender_job(row.channel, row.sender_id) for row in senders]
        for row in await connection.execute(ADDRESSES):
            kind = AddressKind(row.address_kind)
            address = Address(channel=row.channel, kind=kind, target=row.target)
            orders.append(delivery_job(row.id, address))
        await jobs.enqueue(connection, orders)
    return len(orders)
