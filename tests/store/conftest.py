import uuid
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from store.database import autocommit, create_engine
from tests.fixtures.servers import Template


@pytest.fixture
async def empty(template: Template) -> AsyncIterator[AsyncEngine]:
    """A database without any table."""
    name = f"empty_{uuid.uuid4().hex}"
    maker = create_engine(template.url)
    async with autocommit(maker).connect() as connection:
        await connection.execute(text(f"CREATE DATABASE {name}"))
    database = create_engine(template.url_of(name))
    yield database
    await database.dispose()
    async with autocommit(maker).connect() as connection:
        await connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    await maker.dispose()
