"""Migrations on a real database: once, whoever else migrates, and to the tables we declare."""

from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path

import procrastinate
import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext

import storage
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

PREVIOUS = "0002"  # the schema of the release before this one
ANYTHING = {
    int: 1,
    str: "x",
    bool: True,
    float: 1.0,
    object: {},  # JSON
    date: date(2026, 6, 2),
    datetime: datetime(2026, 6, 2, tzinfo=UTC),
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


def test_replicas_that_start_together_migrate_once(empty_url: str) -> None:
    with ThreadPoolExecutor(4) as replicas:
        list(replicas.map(migrate, [empty_url] * 4))
    assert is_current(empty_url)


def test_what_the_previous_release_writes_and_reads_is_taken_by_the_new_schema(
    empty_url: str,
) -> None:
    """While replicas are replaced one by one, its code goes on over the new schema."""
    engine = sa.create_engine(driver_url(empty_url))
    with engine.begin() as connection:
        command.upgrade(_to_migrate(connection), PREVIOUS)
    previous = sa.MetaData()
    previous.reflect(engine, resolve_fks=False)
    ours = [t for t in previous.sorted_tables if not t.name.startswith(("procrast", "alembic"))]
    assert not is_current(empty_url)
    for _ in range(2):
        migrate(empty_url)
        assert is_current(empty_url)
    kept: dict[str, Mapping[str, object]] = {}
    with engine.begin() as connection:
        for table in ours:
            written = {c.name: _value(c, kept) for c in table.c if _is_required(c)}
            row = connection.execute(sa.insert(table).values(written).returning(table)).one()
            kept[table.name] = row._asdict()
            connection.execute(sa.update(table).values(written))
    engine.dispose()
    assert len(kept) > 30


def _to_migrate(connection: sa.Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(storage.__path__[0]) / "migrations"))
    config.attributes["connection"] = connection
    return config


def _is_required(column: sa.Column[object]) -> bool:
    return not (column.nullable or column.server_default is not None or column.identity)


def _value(column: sa.Column[object], kept: Mapping[str, Mapping[str, object]]) -> object:
    """Something to write: what the row it refers to has, else anything of its type."""
    for key in column.foreign_keys:
        table, name = key.target_fullname.split(".")
        return kept[table][name]
    return ANYTHING[column.type.python_type]


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
