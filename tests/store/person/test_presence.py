"""What an agency has, as its roster is compared with it."""

import uuid

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from store.person.presence import (
    PresentPerson,
    PresentUnit,
    known_agency,
    ordered_raters,
    present_people,
    present_units,
)
from tests.fixtures.agency import build_agency, nip

pytestmark = pytest.mark.database


async def everybody(database: AsyncEngine, agency: uuid.UUID) -> dict[str, PresentPerson]:
    async with database.connect() as connection:
        return {person.nip: person async for page in present_people(connection, agency) for person in page}


async def test_everybody_of_the_agency_and_nobody_else_is_there(database: AsyncEngine) -> None:
    agency = await build_agency(database, employees=3)
    await build_agency(database, name="Kabupaten", employees=1)
    assert (await everybody(database, agency.agency)).keys() == {nip(number) for number in range(8)}


async def test_everybody_has_the_values_and_the_rater(database: AsyncEngine) -> None:
    agency = await build_agency(database)
    employee = (await everybody(database, agency.agency))[nip(5)]
    assert (employee.unit, employee.name) == ("U1", "Employee 1 Kota Contoh")
    assert (employee.rater, employee.ordered) == (nip(3), False)


async def test_who_has_no_rater_is_there_too(database: AsyncEngine) -> None:
    agency = await build_agency(database)
    assert (await everybody(database, agency.agency))[nip(0)].rater is None


async def test_more_people_than_a_page_are_all_there(
    database: AsyncEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("store.person.presence._ROWS_AT_ONCE", 3)
    agency = await build_agency(database, employees=5)
    assert len(await everybody(database, agency.agency)) == 10
    async with database.connect() as connection:
        assert [len(page) async for page in present_people(connection, agency.agency)] == [3, 3, 3, 1]


async def test_units_are_there_with_their_parents(database: AsyncEngine) -> None:
    agency = await build_agency(database)
    async with database.connect() as connection:
        found = await present_units(connection, agency.agency)
    assert found == [PresentUnit("U1", "Badan Contoh", "", "Asia/Jakarta", None, None)]


async def test_without_operations_nobody_has_an_ordered_rater(database: AsyncEngine) -> None:
    agency = await build_agency(database)
    async with database.connect() as connection:
        assert await ordered_raters(connection, agency.agency) == {}


async def test_an_agency_is_known_by_its_name(database: AsyncEngine) -> None:
    agency = await build_agency(database)
    async with database.connect() as connection:
        assert await known_agency(connection, "Kota Contoh") == agency.agency
        assert await known_agency(connection, "Kota Lain") is None
