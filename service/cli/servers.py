"""Finds the servers for commands: in the settings, or through a running ``kinerja serve``."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Literal

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from service.cli.problems import CommandFailed
from service.configuration.settings import Settings, load_settings
from service.runtime.state import with_running_servers
from store.database import create_engine
from translations import mark as _

Needed = Literal["database_url", "temporal_address", "smtp_url"]


def reachable(*needed: Needed) -> Settings:
    """The settings, completed with the addresses that a command needs.

    Raises `NothingServing` when one is not set and no ``kinerja serve`` runs on the state directory.
    """
    settings = load_settings()
    if all(getattr(settings, name) is not None for name in needed):
        return settings
    return with_running_servers(settings)


@asynccontextmanager
async def open_database(
    settings: Settings | None = None, *, migrated: bool = True, pool_size: int = 5
) -> AsyncIterator[AsyncEngine]:
    """The database. It has answered and, if ``migrated``, has its tables."""
    settings = settings or reachable("database_url")
    if settings.database_url is None:
        raise ValueError("the settings name no database; use reachable first")
    database = create_engine(settings.database_url.get_secret_value(), pool_size=pool_size)
    try:
        has_tables = await _ask(database)
        if migrated and not has_tables:
            raise CommandFailed(_("The database has no tables yet; run `kinerja migrate` first."))
        yield database
    finally:
        await database.dispose()


async def _ask(database: AsyncEngine) -> bool:
    try:
        async with database.connect() as connection:
            return bool(await connection.scalar(text("SELECT to_regclass('alembic_version') IS NOT NULL")))
    except (OSError, SQLAlchemyError) as error:
        cause = error.orig if isinstance(error, DBAPIError) and error.orig else error
        lines = str(cause).strip().splitlines()
        raise CommandFailed(
            _("The database does not answer; check that it runs and that its address is right ({reason})."),
            reason=lines[0] if lines else type(cause).__name__,
        ) from error
