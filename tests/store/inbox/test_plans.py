"""The inbox of one person is read by its own indexes, however many notices there are."""

import uuid

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

pytestmark = pytest.mark.database

PAGE = """SELECT id FROM notice WHERE recipient_id = :person AND channel = 'inbox'
    ORDER BY created_at DESC, id DESC LIMIT 51"""
UNSEEN = """SELECT template, stage, count(*) FROM notice
    WHERE recipient_id = :person AND channel = 'inbox' AND state = 'delivered' GROUP BY template, stage"""


@pytest.mark.parametrize(("query", "index"), ((PAGE, "ix_notice_inbox"), (UNSEEN, "ix_notice_unseen")))
async def test_an_index_serves_it(database: AsyncEngine, query: str, index: str) -> None:
    async with database.connect() as connection:
        await connection.execute(text("SET LOCAL enable_seqscan = off"))
        await connection.execute(text("SET LOCAL enable_bitmapscan = off"))
        plan = await connection.scalars(text(f"EXPLAIN {query}"), {"person": uuid.uuid4()})
        assert index in "\n".join(plan)
