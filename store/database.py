"""The one way to reach PostgreSQL."""

import datetime as dt

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

_NOW = text("SELECT clock_timestamp()")

_AWAY_STATES = ("08", "53", "57P")
"""SQLSTATE classes: connection exceptions, insufficient resources, and interventions such as a start-up."""


def create_engine(url: str, *, pool_size: int = 20) -> AsyncEngine:
    """A pool for ``postgresql+asyncpg://`` URLs. A dead connection fails for its first user and is replaced after that.

    ``pool_size`` bounds the connections even at a peak: opening one takes longer than waiting for one. So whoever
    holds a connection must never ask for a second. The connection used last comes next: its plans are made. Errors
    of the database end in logs, so they name a statement without what people wrote in it.
    """
    return create_async_engine(
        url,
        pool_size=pool_size,
        max_overflow=0,
        pool_timeout=10,
        pool_use_lifo=True,
        hide_parameters=True,
    )


def autocommit(database: AsyncEngine) -> AsyncEngine:
    """The same pool for single statements: each is its own transaction, in one round trip."""
    return database.execution_options(isolation_level="AUTOCOMMIT")


async def database_now(connection: AsyncConnection) -> dt.datetime:
    """The moment by the clock of the database, which all processes share."""
    moment: dt.datetime = (await connection.execute(_NOW)).scalar_one()
    return moment


def is_away(error: Exception) -> bool:
    """Whether an error says that the database is away or going away, and nothing about the statement."""
    if not isinstance(error, DBAPIError):
        return isinstance(error, SQLAlchemyError | OSError)
    if error.connection_invalidated or isinstance(error, InterfaceError | OperationalError):
        return True
    # A server that starts up or recovers from a crash refuses connections, which has no error class of its own.
    return str(getattr(error.orig, "sqlstate", None)).startswith(_AWAY_STATES)
