"""One database for a module: each test has an agency of its own in it."""

import uuid
from collections.abc import AsyncIterator

import pytest_asyncio
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from store.database import autocommit, create_engine
from tests.fixtures.servers import Template


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def shared(template: Template) -> AsyncIterator[AsyncEngine]:
    name = f"surveys_{uuid.uuid4().hex}"
    maker = create_engine(template.url)
    async with autocommit(maker).connect() as connection:
        await connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {template.name}"))
    database = create_engine(template.url_of(name))
    yield database
    await database.dispose()
    async with autocommit(maker).connect() as connection:
        await connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    await maker.dispose()
