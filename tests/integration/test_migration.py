"""Migrations on a real database: once, whoever else migrates, and to the tables we declare."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import procrastinate
import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from reporting.errors import NotReady
from storage.database import driver_url
from storage.migrate import is_current, migrate
from storage.tables import metadata
from tests.support.servers import DatabaseServer

# What procrastinate 3.10 calls beneath us: a release that renames them must not pass unseen.
FUNCTIONS = {
    "procrastinate_defer_jobs_v1",
    "procrastinate_defer_periodic_job_v2",
    "procrastinate_fetch_job_v2",
    "procrastinate_finish_job_v1",
    "procrastinate_retry_job_v2",
    "procrastinate_register_worker_v1",
    "procrastinate_unregister_worker_v1",
    "procrastinate_update_heartbeat_v1",
    "procrastinate_prune_stalled_workers_v1",
}


@pytest.fixture
def empty_url(database_server: DatabaseServer) -> Iterator[str]:
    name = database_server.create()
    yield database_server.url_of(name)
    database_server.drop(name)


@pytest.fixture
def connection(database_url: str) -> Iterator[sa.Connection]:
    engine = sa.create_engine(driver_url(database_url))
    with engine.connect() as opened:
        yield opened
    engine.dispose()


def test_migrating_again_changes_nothing(empty_url: str) -> None:
    assert not is_current(empty_url)
    for _ in range(2):
        migrate(empty_url)
        assert is_current(empty_url)


def test_replicas_that_start_together_migrate_once(empty_url: str) -> None:
    with ThreadPoolExecutor(4) as replicas:
        list(replicas.map(migrate, [empty_url] * 4))
    assert is_current(empty_url)


def test_the_schema_is_the_one_we_declare(connection: sa.Connection) -> None:
    def ours(_object: object, name: str | None, kind: str, *_: object) -> bool:
        return kind != "table" or not (name or "").startswith("procrastinate_")

    options = {"include_object": ours, "compare_server_default": True}
    context = MigrationContext.configure(connection, opts=options)
    assert compare_metadata(context, metadata) == []


def test_every_row_belongs_to_an_office() -> None:
    without = [table.name for table in metadata.sorted_tables if "office_id" not in table.c]
    assert without == ["offices"]


def test_what_we_rely_on_inside_the_job_engine_is_there(connection: sa.Connection) -> None:
    present = set(connection.execute(sa.text("SELECT proname FROM pg_proc")).scalars())
    assert not FUNCTIONS - present
    assert procrastinate.__version__.startswith("3.10.")


def test_a_database_that_cannot_be_reached_is_said_so() -> None:
    for ask in (migrate, is_current):
        with pytest.raises(NotReady, match="连接不上数据库"):
            ask("postgresql://nobody@127.0.0.1:1/nothing")
