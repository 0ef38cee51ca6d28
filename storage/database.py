"""The database: one engine, one way to open a transaction, one way to enqueue a job in it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import psycopg
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from reporting.errors import NotReady

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
        connect_args={"connect_timeout": 5},
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
