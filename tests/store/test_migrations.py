"""The tables as migrated are the tables as declared, and the way there and back is open."""

import asyncio
from collections.abc import Sequence
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import AsyncEngine

from store.migrating import configuration, upgrade
from store.tables import METADATA

pytestmark = pytest.mark.database

OBJECTS = """
    SELECT 'table ' || table_name FROM information_schema.tables WHERE table_schema = 'public'
    UNION SELECT 'function ' || proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace
    UNION SELECT 'trigger ' || tgname FROM pg_trigger WHERE NOT tgisinternal
    UNION SELECT 'index ' || indexname FROM pg_indexes WHERE schemaname = 'public'
"""


async def objects_in(database: AsyncEngine) -> set[str]:
    async with database.connect() as connection:
        return set((await connection.execute(text(OBJECTS))).scalars())


async def downgrade(database: AsyncEngine) -> None:
    async with database.begin() as connection:
        await connection.run_sync(lambda sync: command.downgrade(configuration(sync), "base"))


async def test_autogenerate_finds_no_difference(database: AsyncEngine) -> None:
    def differences(connection: Connection) -> Sequence[Any]:
        found: Sequence[Any] = compare_metadata(MigrationContext.configure(connection), METADATA)
        return found

    async with database.connect() as connection:
        assert await connection.run_sync(differences) == []


async def test_a_second_upgrade_is_harmless(database: AsyncEngine) -> None:
    before = await objects_in(database)
    await upgrade(database)
    assert await objects_in(database) == before


async def test_the_way_down_to_nothing_and_up_again(empty: AsyncEngine) -> None:
    await upgrade(empty)
    full = await objects_in(empty)
    await downgrade(empty)
    assert await objects_in(empty) == {"table alembic_version", "index alembic_version_pkc"}
    await upgrade(empty)
    assert await objects_in(empty) == full


async def test_several_processes_may_upgrade_at_once(empty: AsyncEngine) -> None:
    await asyncio.gather(*(upgrade(empty) for _ in range(3)))
    assert "table appraisal" in await objects_in(empty)


@pytest.mark.parametrize("table", ("event", "document", "attempt"))
@pytest.mark.parametrize("statement", ("DELETE FROM {}", "TRUNCATE {} CASCADE"))
async def test_what_is_on_record_cannot_be_removed(database: AsyncEngine, table: str, statement: str) -> None:
    with pytest.raises(Exception, match="append-only"):
        async with database.begin() as transaction:
            await transaction.execute(text(statement.format(table)))
