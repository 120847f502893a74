"""An agency of the demonstration is imported with its roles, and a repetition changes nothing."""

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from service.demo.systems import GERUNGGANG, PP30_NUMERIK, load_system_agency

pytestmark = pytest.mark.database

_COUNTS = text(
    "SELECT (SELECT count(*) FROM person), (SELECT count(*) FROM unit), (SELECT count(*) FROM role_grant)"
)


async def counts(database: AsyncEngine) -> tuple[int, ...]:
    async with database.connect() as connection:
        return tuple((await connection.execute(_COUNTS)).one())


async def test_its_people_units_and_roles_are_there(database: AsyncEngine) -> None:
    await load_system_agency(database, GERUNGGANG)
    assert await counts(database) == (14, 5, 6)


async def test_loading_it_twice_is_harmless(database: AsyncEngine) -> None:
    first = await load_system_agency(database, GERUNGGANG)
    before = await counts(database)
    assert await load_system_agency(database, GERUNGGANG) == first
    assert await counts(database) == before


async def test_two_agencies_stand_beside_each_other(database: AsyncEngine) -> None:
    assert await load_system_agency(database, GERUNGGANG) != await load_system_agency(database, PP30_NUMERIK)
    assert await counts(database) == (27, 9, 12)
