"""What should have left long ago is counted, and what waits on purpose is not."""

import datetime as dt

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from store.message.overdue import Backlog, backlog
from tests.fixtures.agency import build_agency
from tests.fixtures.cases import RecordedCase, many_messages, new_case, plan_all

QUARTER = dt.timedelta(minutes=15)


@pytest.fixture
async def case(database: AsyncEngine) -> RecordedCase:
    return await new_case(database, await build_agency(database))


async def found(database: AsyncEngine) -> Backlog:
    async with database.connect() as connection:
        return await backlog(connection, dt.datetime.now(dt.UTC) - QUARTER)


async def run(database: AsyncEngine, statement: str, minutes: int = 0) -> None:
    async with database.begin() as connection:
        await connection.execute(text(statement), {"minutes": minutes} if ":minutes" in statement else {})


async def due(database: AsyncEngine, minutes: int) -> None:
    """Lets what waits have been due for so long."""
    await run(
        database, "UPDATE message SET next_attempt_at = now() - make_interval(mins => :minutes)", minutes
    )


async def paused(database: AsyncEngine, resumed: str = "NULL") -> None:
    await run(
        database,
        f"""INSERT INTO channel_pause (id, channel, paused_at, paused_by, reason, resumed_at, resumed_by)
        VALUES (gen_random_uuid(), 'email', now() - interval '3 hours', 'ops', '', {resumed}, '')""",
    )


async def test_nothing_is_late_at_first(database: AsyncEngine, case: RecordedCase) -> None:
    await plan_all(database)
    assert not await found(database)


async def test_what_has_been_due_too_long_is_counted_with_its_oldest(
    database: AsyncEngine, case: RecordedCase
) -> None:
    await many_messages(database, 3)
    await due(database, 16)
    (late,) = (await found(database)).overdue
    assert (late.channel, late.messages, late.stuck) == ("email", 3, 0)
    assert QUARTER < dt.datetime.now(dt.UTC) - late.oldest < 2 * QUARTER


async def test_what_is_due_for_a_shorter_time_or_planned_for_later_is_not_late(
    database: AsyncEngine, case: RecordedCase
) -> None:
    await plan_all(database)
    for minutes in (14, -60):
        await due(database, minutes)
        assert not await found(database)


async def test_what_a_relay_left_behind_is_stuck(database: AsyncEngine, case: RecordedCase) -> None:
    await plan_all(database)
    await run(database, "UPDATE message SET state = 'sending', attempts = 1")
    await due(database, 20)
    (late,) = (await found(database)).overdue
    assert (late.messages, late.stuck) == (1, 1)


@pytest.mark.parametrize("state", ("sent", "delivered", "permanent_failure", "cancelled"))
async def test_what_has_ended_is_not_late(database: AsyncEngine, case: RecordedCase, state: str) -> None:
    await plan_all(database)
    await run(database, f"UPDATE message SET state = '{state}'")
    await due(database, 60)
    assert not await found(database)


async def test_what_a_pause_holds_back_is_not_late(database: AsyncEngine, case: RecordedCase) -> None:
    await plan_all(database)
    await due(database, 60)
    await paused(database)
    assert not await found(database)


@pytest.mark.parametrize(("ago", "late"), (("10 minutes", False), ("20 minutes", True)))
async def test_after_a_pause_there_is_time_to_catch_up(
    database: AsyncEngine, case: RecordedCase, ago: str, late: bool
) -> None:
    await plan_all(database)
    await due(database, 60)
    await paused(database, f"now() - interval '{ago}'")
    assert bool(await found(database)) is late


@pytest.mark.parametrize(("minutes", "count"), ((16, 1), (14, 0)))
async def test_a_notice_that_no_relay_has_looked_at_is_counted(
    database: AsyncEngine, case: RecordedCase, minutes: int, count: int
) -> None:
    await run(database, "UPDATE notice SET created_at = now() - make_interval(mins => :minutes)", minutes)
    assert (await found(database)) == Backlog((), count)
