"""Jobs the database believes a living worker runs, though it does not.

A connection cut at the wrong moment loses either the answer that gave a worker its job or the note
that the job is done. The worker lives, so nobody takes the job up, and its lock would hold back
all later jobs of the same sender or address until that worker ends.
"""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

import structlog
from procrastinate import App
from procrastinate.exceptions import ConnectorException
from procrastinate.job_context import JobContext
from procrastinate.worker import Worker

from reporting.errors import DeliveryFailed

_MINE = "SELECT id FROM procrastinate_jobs WHERE status = 'doing' AND worker_id = %(worker_id)s"

_AT_ONCE = datetime.min.replace(tzinfo=UTC)

log = structlog.get_logger()


class RunningJobs:
    """What the worker of this process really runs."""

    def __init__(self, app: App) -> None:
        self._app = app
        self._worker_id: int | None = None
        self._running: set[int | None] = set()
        self._suspects: set[int] = set()

    async def accompany(
        self, run: Callable[[], Awaitable[object]], context: JobContext, worker: Worker
    ) -> object:
        """Run one job, known as running meanwhile; a failure is logged before it is repeated."""
        self._worker_id = worker.worker_id
        self._running.add(context.job.id)
        try:
            return await run()
        except DeliveryFailed:
            raise  # logged where it happened, with the platform's reason
        except Exception as fault:
            log.warning(
                "job failed",
                action="job_failed",
                task=context.job.task_name,
                attempt=context.job.attempts + 1,
                error=type(fault).__name__,
            )
            raise
        finally:
            self._running.discard(context.job.id)

    async def reclaim(self) -> int:
        """Make waiting again what was lost at this call and the one before; how many there were.

        Between being fetched and run, and between being run and noted as done, a job looks lost for
        a moment: hence two looks. A job repeated needlessly finds its work done.
        """
        if self._worker_id is None:
            return 0
        found = await self._app.connector.execute_query_all_async(_MINE, worker_id=self._worker_id)
        lost = {int(row["id"]) for row in found} - self._running
        again, self._suspects = lost & self._suspects, lost - self._suspects
        for job_id in again:
            try:
                await self._app.job_manager.retry_job_by_id_async(job_id, _AT_ONCE)
            except ConnectorException:
                # Noted as done after all, or no connection: then the next look finds it again.
                self._suspects.add(job_id)
        return len(again - self._suspects)
