"""What the engine must be told of, on a real PostgreSQL: new things, and things whose moment passed unseen."""

import datetime as dt
import uuid

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from store.attending.kinds import AttendedKind
from store.attending.repository import begin, claim_untold, set_due, untell
from tests.fixtures.agency import SmallAgency, build_agency

PAST, FUTURE = dt.datetime(2020, 1, 1, tzinfo=dt.UTC), dt.datetime(2100, 1, 1, tzinfo=dt.UTC)
MINUTE = dt.timedelta(minutes=1)

pytestmark = pytest.mark.database


@pytest.fixture
async def agency(database: AsyncEngine) -> SmallAgency:
    return await build_agency(database)


async def begun(database: AsyncEngine, agency: SmallAgency, due: dt.datetime) -> uuid.UUID:
    noun = uuid.uuid4()
    async with database.begin() as connection:
        await begin(connection, noun, AttendedKind.TEAM_RESULT, agency.cycle, due)
    return noun


async def claimed(database: AsyncEngine, most: int = 10) -> set[uuid.UUID]:
    async with database.begin() as connection:
        return {each.id for each in await claim_untold(connection, most, MINUTE)}


async def told_long_ago(database: AsyncEngine) -> None:
    async with database.begin() as connection:
        await connection.execute(text("UPDATE attended SET told_at = now() - interval '2 minutes'"))


async def test_what_is_new_is_told_once_whenever_it_is_due(
    database: AsyncEngine, agency: SmallAgency
) -> None:
    new = {await begun(database, agency, due) for due in (PAST, FUTURE)}
    assert await claimed(database) == new
    assert await claimed(database) == set()


async def test_what_passed_unseen_is_told_again_after_a_while(
    database: AsyncEngine, agency: SmallAgency
) -> None:
    passed, _waits = await begun(database, agency, PAST), await begun(database, agency, FUTURE)
    await claimed(database)
    await told_long_ago(database)
    assert await claimed(database) == {passed}
    assert await claimed(database) == set()


async def test_what_has_ended_is_not_told_of(database: AsyncEngine, agency: SmallAgency) -> None:
    noun = await begun(database, agency, PAST)
    async with database.begin() as connection:
        await set_due(connection, noun, None)
    assert await claimed(database) == set()


async def test_what_the_engine_could_not_be_told_of_is_new_again(
    database: AsyncEngine, agency: SmallAgency
) -> None:
    noun = await begun(database, agency, FUTURE)
    await claimed(database)
    async with database.begin() as connection:
        await untell(connection, [noun])
    assert await claimed(database) == {noun}


async def test_a_batch_holds_no_more_than_asked(database: AsyncEngine, agency: SmallAgency) -> None:
    for _ in range(3):
        await begun(database, agency, PAST)
    assert [len(await claimed(database, most=2)) for _ in range(3)] == [2, 1, 0]


async def test_two_processes_claim_nothing_twice(database: AsyncEngine, agency: SmallAgency) -> None:
    new = {await begun(database, agency, PAST) for _ in range(4)}
    async with database.begin() as first, database.begin() as second:
        one = {each.id for each in await claim_untold(first, 2, MINUTE)}
        other = {each.id for each in await claim_untold(second, 10, MINUTE)}
    assert (one & other, one | other) == (set(), new)
