"""What the import's statements promise beyond one import after another."""

import asyncio
import datetime as dt

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine

from service.roster import RosterFile, read_roster
from service.roster.applying import apply_roster
from service.roster.sample import sample_file
from store.person.importing import (
    agency_named,
    change_raters,
    keep_parents,
    keep_people,
    keep_units,
)
from tests.fixtures.agency import SmallAgency, build_agency

UNIT = {"code": "U1", "name": "Dinas", "kind": "dinas", "zone": "Asia/Jakarta"}
NOW = dt.datetime(2026, 6, 1, tzinfo=dt.UTC)

pytestmark = pytest.mark.database


async def nip_of(database: AsyncEngine, agency: SmallAgency) -> str:
    async with database.connect() as connection:
        found = await connection.scalar(
            text("SELECT nip FROM person WHERE id = :id"), {"id": agency.employee}
        )
    assert isinstance(found, str)
    return found


async def test_two_imports_of_one_agency_at_once_follow_each_other(database: AsyncEngine) -> None:
    roster = read_roster(sample_file(RosterFile.UNITS), sample_file(RosterFile.PEOPLE))
    results = await asyncio.gather(*(apply_roster(database, "Kota", roster) for _ in range(3)))
    assert sorted(result.people.new for result in results) == [0, 0, 60]
    assert sorted(result.raters.new for result in results) == [0, 0, 59]
    assert sum(result.agency_is_new for result in results) == 1


async def test_nobody_else_writes_relations_while_an_import_decides_them(database: AsyncEngine) -> None:
    await build_agency(database)
    async with database.begin() as importing:
        await agency_named(importing, "Kota Contoh", "Asia/Jakarta")
        async with database.connect() as other:
            await other.execute(text("SET lock_timeout = '100ms'"))
            assert await other.scalar(text("SELECT count(*) FROM assignment"))
            with pytest.raises(DBAPIError, match="lock timeout"):
                await other.execute(text("UPDATE assignment SET letter = 'x'"))


async def test_rows_that_refer_to_the_agency_are_written_during_an_import(database: AsyncEngine) -> None:
    await build_agency(database)
    async with database.begin() as importing:
        agency, _ = await agency_named(importing, "Kota Contoh", "Asia/Jakarta")
        async with database.begin() as other:
            await other.execute(text("SET lock_timeout = '100ms'"))
            await keep_units(other, agency, [UNIT | {"code": "U2"}])


async def test_an_agency_keeps_its_zone(database: AsyncEngine) -> None:
    async with database.begin() as transaction:
        first = await agency_named(transaction, "Kota", "Asia/Jakarta")
        second = await agency_named(transaction, "Kota", "Asia/Jayapura")
        zone = await transaction.scalar(text("SELECT zone FROM agency"))
    assert first[0] == second[0]
    assert (first[1], second[1], zone) == (True, False, "Asia/Jakarta")


async def test_units_of_another_agency_with_the_same_code_are_left_alone(database: AsyncEngine) -> None:
    other = await build_agency(database)
    async with database.begin() as transaction:
        agency, _ = await agency_named(transaction, "Kabupaten", "Asia/Jakarta")
        await keep_units(transaction, agency, [UNIT])
        name = await transaction.scalar(text("SELECT name FROM unit WHERE id = :id"), {"id": other.unit})
    assert name == "Badan Contoh"


async def test_nothing_to_import_is_no_error(database: AsyncEngine) -> None:
    agency = await build_agency(database)
    async with database.begin() as transaction:
        await keep_units(transaction, agency.agency, [])
        await keep_parents(transaction, agency.agency, [])
        await keep_people(transaction, agency.agency, [])
        await change_raters(transaction, agency.agency, [], NOW)


async def test_a_rater_who_begins_later_than_the_import_says_ends_when_he_began(
    database: AsyncEngine,
) -> None:
    agency = await build_agency(database)
    before_that = dt.datetime(2019, 1, 1, tzinfo=dt.UTC)
    nobody = [{"nip": await nip_of(database, agency), "superior": None}]
    async with database.begin() as transaction:
        await change_raters(transaction, agency.agency, nobody, before_that)
        since, until = (
            await transaction.execute(
                text("SELECT valid_from, valid_until FROM assignment WHERE employee_id = :id"),
                {"id": agency.employee},
            )
        ).one()
    assert since == until
