"""Operators, and whatever watches for them, ask whether messages or the engine are late."""

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from tests.fixtures.agency import build_agency
from tests.fixtures.cases import many_messages, new_case
from tests.service.cli.conftest import CommandLine

pytestmark = pytest.mark.database


async def late(database: AsyncEngine) -> None:
    """Three messages of which one is stuck, and a notice without a plan."""
    await new_case(database, await build_agency(database))
    await many_messages(database, 3)
    async with database.begin() as connection:
        await connection.execute(text("UPDATE message SET next_attempt_at = now() - interval '30 minutes'"))
        await connection.execute(
            text("UPDATE message SET state = 'sending' WHERE id = (SELECT id FROM message LIMIT 1)")
        )
        await connection.execute(
            text("""
                UPDATE notice SET message_id = NULL, created_at = now() - interval '1 hour'
                WHERE id = (SELECT id FROM notice WHERE channel = 'email' LIMIT 1)""")
        )


async def test_nothing_is_late_where_nothing_waits(kinerja: CommandLine) -> None:
    answer = await kinerja("health", "messages")
    assert (answer.code, answer.out, answer.err) == (0, "", "")


async def test_what_is_late_is_told_with_what_to_look_at(kinerja: CommandLine, database: AsyncEngine) -> None:
    await late(database)
    answer = await kinerja("health", "messages")
    assert answer.code == 1
    assert (
        "email: 3 messages, 1 of them stuck with a relay that ended, the oldest for 30 minutes" in answer.err
    )
    assert "1 notices without a plan" in answer.err
    assert "kinerja channel list" in answer.err


async def test_a_pause_is_no_fault(kinerja: CommandLine, database: AsyncEngine) -> None:
    await late(database)
    async with database.begin() as connection:
        await connection.execute(text("UPDATE notice SET created_at = now()"))
    await kinerja("channel", "pause", "email", "--reason", "Server surel dipindahkan")
    assert (await kinerja("health", "messages")).code == 0


async def test_an_engine_in_line_is_told_with_its_lag(kinerja: CommandLine, database: AsyncEngine) -> None:
    answer = await kinerja("health", "following")
    assert answer.code == 0
    assert "0 cases not followed" in answer.out


async def test_an_engine_that_is_behind_is_told_with_what_to_look_at(
    kinerja: CommandLine, database: AsyncEngine
) -> None:
    await new_case(database, await build_agency(database))
    async with database.begin() as connection:
        await connection.execute(
            text("UPDATE following SET followed = NULL, marked_at = now() - interval '1 hour'")
        )
    answer = await kinerja("health", "following")
    assert answer.code == 1
    assert "1 cases not followed, the oldest for 3600" in answer.err
    assert "kinerja health worker" in answer.err
