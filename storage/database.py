"""The database: one engine, one way to open a transaction, one way to enqueue a job in it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import psycopg
from psycopg.conninfo import conninfo_to_dict
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from reporting.errors import NotReady

# A host that is cut off answers nothing and refuses nothing. Both ends give up after 25 seconds of
# silence: ours to try again, the server's to let go of the locks an unfinished transaction holds.
_OURS = {
    "connect_timeout": 5,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 25_000,
}
_THEIRS = {
    "tcp_keepalives_idle": "10s",
    "tcp_keepalives_interval": "5s",
    "tcp_keepalives_count": "3",
    "tcp_user_timeout": "25s",
    "idle_in_transaction_session_timeout": "120s",
}
_OF_SQLALCHEMY = (OperationalError, InterfaceError)
_OF_THE_DRIVER = (psycopg.OperationalError, psycopg.InterfaceError)


def driver_url(database_url: str) -> str:
    """The URL for SQLAlchemy on psycopg 3, whichever common form it is given in."""
    _, _, rest = database_url.partition("://")
    return f"postgresql+psycopg://{rest}"


def plain_url(database_url: str) -> str:
    """The URL for libpq and psycopg itself."""
    _, _, rest = database_url.partition("://")
    return f"postgresql://{rest}"


def connection_options(database_url: str) -> dict[str, str | int]:
    """What every connection is opened with, beside its address; the address's own options stay."""
    given = conninfo_to_dict(plain_url(database_url)).get("options")
    settings = [f"-c {name}={value}" for name, value in _THEIRS.items()]
    return _OURS | {"options": " ".join([*settings, str(given or "")]).strip()}


def open_engine(database_url: str, *, connections: int = 20) -> AsyncEngine:
    """An engine that checks idle connections before use, so a restarted server is no error."""
    return create_async_engine(
        driver_url(database_url),
        pool_size=connections,
        max_overflow=0,
        pool_pre_ping=True,
        pool_timeout=10,
        # What people wrote stays out of errors, and so out of logs.
        hide_parameters=True,
        connect_args=connection_options(database_url),
    )


@asynccontextmanager
async def transaction(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    """One transaction, rolled back on any exception; NotReady if the server is unreachable."""
    try:
        async with engine.begin() as connection:
            yield connection
    except (*_OF_SQLALCHEMY, *_OF_THE_DRIVER, TimeoutError) as trouble:
        raise NotReady("数据库暂时无法访问") from trouble
    except DBAPIError as trouble:
        if trouble.connection_invalidated:
            raise NotReady("数据库连接中断") from trouble
        raise


def driver_connection(connection: AsyncConnection) -> psycopg.AsyncConnection[object]:
    """The psycopg connection beneath: what runs on it is in the same transaction."""
    assert connection.sync_connection is not None
    driver = connection.sync_connection.connection.driver_connection
    if not isinstance(driver, psycopg.AsyncConnection):
        raise NotReady("数据库驱动不是 psycopg")
    return driver
