"""Bringing a database's schema up to date, once over all replicas."""

from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from reporting.errors import NotReady
from storage.database import connection_options, driver_url

# Any fixed number: all replicas wait on the same advisory lock while one migrates.
_LOCK = 4_207_115


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return config


def migrate(database_url: str) -> None:
    """Run every missing step; waits while another process does so; NotReady if unreachable."""
    engine = sa.create_engine(
        driver_url(database_url), connect_args=connection_options(database_url)
    )
    try:
        with engine.connect() as connection:
            connection.execute(sa.text("SELECT pg_advisory_lock(:lock)"), {"lock": _LOCK})
            connection.commit()
            try:
                config = _config()
                config.attributes["connection"] = connection
                command.upgrade(config, "head")
                connection.commit()
            finally:
                connection.rollback()
                connection.execute(sa.text("SELECT pg_advisory_unlock(:lock)"), {"lock": _LOCK})
                connection.commit()
    except sa.exc.OperationalError as trouble:
        raise NotReady("连接不上数据库：请检查 DATABASE_URL 与数据库服务") from trouble
    finally:
        engine.dispose()


def is_current(database_url: str) -> bool:
    """Whether the schema is the newest this code knows; NotReady if unreachable."""
    engine = sa.create_engine(
        driver_url(database_url), connect_args=connection_options(database_url)
    )
    try:
        with engine.connect() as connection:
            present = MigrationContext.configure(connection).get_current_revision()
        return present == ScriptDirectory.from_config(_config()).get_current_head()
    except sa.exc.OperationalError as trouble:
        raise NotReady("连接不上数据库：请检查 DATABASE_URL 与数据库服务") from trouble
    finally:
        engine.dispose()
