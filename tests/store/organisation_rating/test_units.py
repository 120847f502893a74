"""Who leads a unit, and who stands one level above, by the relations of today."""

import uuid

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from store.database import autocommit
from store.organisation_rating.units import UnitInCycle, unit_in
from tests.fixtures.agency import build_agency
from tests.fixtures.rated import Division, build_division

pytestmark = pytest.mark.database


@pytest.fixture
async def division(database: AsyncEngine) -> Division:
    return await build_division(database, "Kota Bidang", employees=5, below=2)


async def found(database: AsyncEngine, division: Division, unit: uuid.UUID) -> UnitInCycle:
    async with autocommit(database).connect() as connection:
        read = await unit_in(connection, division.agency.cycle, unit, division.agency.agency)
    assert read is not None
    return read


async def run(database: AsyncEngine, statement: str, **parameters: object) -> None:
    async with database.begin() as connection:
        await connection.execute(text(statement), parameters)


async def test_the_head_rates_in_the_unit_and_is_rated_from_outside(
    database: AsyncEngine, division: Division
) -> None:
    unit = await found(database, division, division.unit)
    assert (unit.head_id, unit.superior_id) == (division.agency.rater, division.agency.superior)
    assert unit.unit == "Bidang U2"


async def test_at_the_top_stands_nobody_above(database: AsyncEngine, division: Division) -> None:
    unit = await found(database, division, division.agency.unit)
    assert (unit.head_id, unit.superior_id) == (division.agency.head, None)


async def test_a_unit_in_which_nobody_rates_has_no_head(database: AsyncEngine, division: Division) -> None:
    unit = await found(database, division, division.section)
    assert (unit.head_id, unit.head, unit.superior_id) == (None, None, None)


async def test_who_rates_only_in_the_unit_below_leads_the_unit(
    database: AsyncEngine, division: Division
) -> None:
    await run(
        database,
        "UPDATE person SET unit_id = :unit WHERE id = ANY (:people)",
        unit=division.section,
        people=list(division.staff),
    )
    unit = await found(database, division, division.unit)
    assert unit.head_id == division.agency.rater


async def test_of_two_who_could_lead_none_is_taken(database: AsyncEngine, division: Division) -> None:
    moved = division.staff[0]
    await run(
        database,
        "UPDATE assignment SET holder_id = :officer WHERE employee_id = :moved AND capacity = 'rater'",
        officer=division.agency.officer,
        moved=moved,
    )
    unit = await found(database, division, division.unit)
    assert (unit.head_id, unit.superior_id) == (None, None)


async def test_who_is_rated_in_the_unit_does_not_lead_it(database: AsyncEngine, division: Division) -> None:
    deputy, employee = division.staff[:2]
    await run(
        database,
        "UPDATE assignment SET holder_id = :deputy WHERE employee_id = :employee AND capacity = 'rater'",
        deputy=deputy,
        employee=employee,
    )
    assert (await found(database, division, division.unit)).head_id == division.agency.rater


async def test_a_relation_that_ended_makes_no_head(database: AsyncEngine, division: Division) -> None:
    await run(
        database,
        "UPDATE assignment SET valid_until = valid_from WHERE holder_id = :rater",
        rater=division.agency.rater,
    )
    assert (await found(database, division, division.unit)).head_id is None


async def test_who_acts_for_the_superior_stands_above_in_his_place(
    database: AsyncEngine, division: Division
) -> None:
    agency = division.agency
    await run(
        database,
        "INSERT INTO substitution (id, agency_id, official_id, substitute_id, kind, valid_from, letter, reason,"
        " recorded_at) VALUES (gen_random_uuid(), :agency, :official, :substitute, 'plt', '2020-01-01', 'SPT 1',"
        " '', now())",
        agency=agency.agency,
        official=agency.superior,
        substitute=agency.director,
    )
    assert (await found(database, division, division.unit)).superior_id == agency.director


async def test_a_unit_or_cycle_of_another_agency_is_not_there(
    database: AsyncEngine, division: Division
) -> None:
    other = await build_agency(database, name="Kabupaten Lain")
    agency = division.agency
    async with autocommit(database).connect() as connection:
        assert await unit_in(connection, agency.cycle, other.unit, agency.agency) is None
        assert await unit_in(connection, other.cycle, agency.unit, agency.agency) is None
        assert await unit_in(connection, agency.cycle, agency.unit, other.agency) is None
