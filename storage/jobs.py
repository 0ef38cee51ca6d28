"""The job engine: procrastinate on the same PostgreSQL, with what it leaves to its users.

Measured with kill -9: by itself it never takes up the jobs of a killed worker, its worker ends when
the database restarts, with an error or quietly, a job whose end could not be noted stays under way
for ever, and its retries have neither jitter nor cap. Here: `rescue`, a supervised `run`, and
`Backoff`.
"""

import asyncio
import contextlib
import random
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import procrastinate
import structlog
from procrastinate.jobs import Job
from procrastinate.retry import BaseRetryStrategy, RetryDecision
from procrastinate.types import JSONDict
from sqlalchemy.ext.asyncio import AsyncConnection

from reporting.errors import DeliveryFailed, NotReady
from storage.database import connection_options, driver_connection, plain_url
from storage.lost_jobs import RunningJobs

CLOCK_QUEUE = "clock"
STALLED_SECONDS = 15.0
HEARTBEAT_SECONDS = 4.0
RECLAIM_SECONDS = 5.0
RESTART_SECONDS = 2.0
POOL_SECONDS = 10.0

log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class JobOrder:
    """One job to enqueue; jobs of one `lock` run one at a time, in order."""

    task: str
    queue: str
    arguments: Mapping[str, str | int] = field(default_factory=dict)
    lock: str | None = None
    run_at: datetime | None = None


class Backoff(BaseRetryStrategy):
    """Exponential with full jitter and a cap, honouring what the platform said about waiting."""

    def __init__(self, *, attempts: int, first: float = 1.0, cap: float = 600.0) -> None:
        self._attempts, self._first, self._cap = attempts, first, cap

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        """When to run the job again, or None when it has been tried often enough."""
        if job.attempts >= self._attempts:
            return None
        seconds = random.uniform(0.2, 1.0) * min(self._cap, self._first * 2**job.attempts)  # noqa: S311 - jitter, not a secret
        if isinstance(exception, DeliveryFailed) and exception.retry_after is not None:
            seconds = max(seconds, exception.retry_after)
        return RetryDecision(retry_in={"milliseconds": int(seconds * 1000)})


class Jobs:
    """Tasks by name, enqueued in the caller's transaction and run by any worker."""

    def __init__(self, database_url: str, *, connections: int = 6) -> None:
        connector = procrastinate.PsycopgConnector(
            conninfo=plain_url(database_url),
            kwargs=connection_options(database_url),
            min_size=1,
            max_size=connections,
            # The pool's own thirty seconds, twice in a row, kept a worker idle for a minute after
            # its database was back.
            timeout=POOL_SECONDS,
            reconnect_timeout=POOL_SECONDS / 2,
        )
        self._app = procrastinate.App(connector=connector)
        self._running = RunningJobs(self._app)

    def add(
        self, name: str, function: Callable[..., Awaitable[None]], *, queue: str, attempts: int = 10
    ) -> None:
        """Make a function known as the task of this name."""
        self._app.task(name=name, queue=queue, retry=Backoff(attempts=attempts))(function)

    def add_periodic(
        self, name: str, function: Callable[[int], Awaitable[None]], *, cron: str
    ) -> None:
        """Run a function on a cron line; one worker wins each tick, before all waiting work.

        The line is in UTC and its sixth field is seconds. The function gets the tick's timestamp.
        """
        task = self._app.task(name=name, queue=CLOCK_QUEUE, priority=100)(function)
        self._app.periodic(cron=cron)(task)

    async def enqueue(self, connection: AsyncConnection, orders: Sequence[JobOrder]) -> None:
        """Enqueue jobs in the transaction of this connection: both are kept or neither."""
        if not orders:
            return
        jobs = [
            Job(
                queue=order.queue,
                lock=order.lock,
                queueing_lock=None,
                task_name=order.task,
                task_kwargs=_json(order.arguments),
                scheduled_at=order.run_at,
            )
            for order in orders
        ]
        try:
            await self._app.job_manager.batch_defer_jobs_async(
                jobs, connection=driver_connection(connection)
            )
        except procrastinate.exceptions.ConnectorException as trouble:
            raise NotReady("数据库连接中断") from trouble

    async def open(self) -> None:
        """Connect."""
        await self._app.open_async()

    async def close(self) -> None:
        """Disconnect."""
        await self._app.close_async()

    async def run(self, *, concurrency: int = 10) -> None:
        """Work until cancelled; a worker that ends with an error is started again."""
        reclaiming = asyncio.create_task(self._reclaim_forever())
        try:
            await self._work_forever(concurrency)
        finally:
            reclaiming.cancel()
            await asyncio.gather(reclaiming, return_exceptions=True)

    async def _reclaim_forever(self) -> None:
        while True:
            await asyncio.sleep(RECLAIM_SECONDS)
            with contextlib.suppress(procrastinate.exceptions.ConnectorException):
                if reclaimed := await self._running.reclaim():
                    log.warning("jobs reclaimed", action="jobs_reclaimed", count=reclaimed)

    async def _work_forever(self, concurrency: int) -> None:
        """Only cancellation ends it: a worker whose listener lost its connection stops quietly."""
        while True:
            error = "stopped"
            try:
                await self._work(concurrency)
            except Exception as trouble:
                error = type(trouble).__name__
            log.error("worker ended", action="worker_restarted", error=error)
            await asyncio.sleep(random.uniform(0.5, 1.5) * RESTART_SECONDS)  # noqa: S311 - jitter

    async def _work(self, concurrency: int) -> None:
        await self._app.run_worker_async(
            concurrency=concurrency,
            install_signal_handlers=False,
            fetch_job_polling_interval=2.0,
            update_heartbeat_interval=HEARTBEAT_SECONDS,
            stalled_worker_timeout=STALLED_SECONDS,
            shutdown_graceful_timeout=20.0,
            delete_jobs="successful",
            worker_middleware=[self._running.accompany],
        )

    async def rescue(self) -> int:
        """Take up the jobs of workers that died; how many there were."""
        stalled = await self._app.job_manager.get_stalled_jobs(
            seconds_since_heartbeat=STALLED_SECONDS
        )
        rescued = 0
        for job in stalled:
            with contextlib.suppress(procrastinate.exceptions.ConnectorException):
                await self._app.job_manager.retry_job(job)
                rescued += 1
        return rescued


def _json(arguments: Mapping[str, str | int]) -> JSONDict:
    return dict(arguments)


def soon(now: datetime, seconds: float) -> datetime:
    """A moment some seconds from now, for a job's `run_at`."""
    return now + timedelta(seconds=seconds)
