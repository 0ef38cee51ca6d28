"""How the database and the workers are."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncEngine

from storage.database import transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Pulse:
    """Seconds since any worker's last heartbeat (None: no worker), and the oldest waiting job's."""

    heartbeat: float | None
    queue: float


async def feel_pulse(engine: AsyncEngine) -> Pulse:
    """Ask the database; NotReady when it does not answer."""
    async with transaction(engine) as connection:
        heartbeat = await connection.scalar(
            sa.text(
                "SELECT extract(epoch FROM now() - max(last_heartbeat)) FROM procrastinate_workers"
            )
        )
        queue = await connection.scalar(
            sa.text(
                "SELECT extract(epoch FROM now() - min(greatest(e.at, j.scheduled_at)))"
                " FROM procrastinate_jobs j"
                " JOIN procrastinate_events e ON e.job_id = j.id AND e.type = 'deferred'"
                " WHERE j.status = 'todo' AND (j.scheduled_at IS NULL OR j.scheduled_at < now())"
            )
        )
    return Pulse(
        heartbeat=None if heartbeat is None else float(heartbeat),
        queue=0.0 if queue is None else float(queue),
    )
