"""What the import's statements promise beyond one import after another."""

import asyncio
import datetime as dt

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from service.roster import RosterFile, read_roster
from service.roster.applying import apply_roster
from service.roster.sample import sample_file
from store.person.importing import Changes, agency_named, keep_people, keep_raters, keep_units
from tests.fixtures.agency import build_agency

pytestmark = pytest.mark.database


def test_changes_add_up() -> None:
    assert Changes(1, 2, 3) + Changes(4, 0, 1) == Changes(5, 2, 4)


async def test_two_imports_of_one_agency_at_once_follow_each_other(database: AsyncEngine) -> None:
    roster = read_roster(sample_file(RosterFile.UNITS), sample_file(RosterFile.PEOPLE))
    results = await asyncio.gather(*(apply_roster(database, "Kota", roster) for _ in range(3)))
    assert sorted(result.people.new for result in results) == [0, 0, 60]
    assert sorted(result.raters.new for result in results) == [0, 0, 59]
    assert sum(result.agency_is_new for result in results) == 1


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
        row = {"code": "U1", "name": "Dinas", "kind": "dinas", "zone": "Asia/Jakarta", "parent": None}
        assert await keep_units(transaction, agency, [row]) == Changes(new=1)
        name = await transaction.scalar(text("SELECT name FROM unit WHERE id = :id"), {"id": other.unit})
    assert name == "Badan Contoh"


async def test_nothing_to_import_is_no_error(database: AsyncEngine) -> None:
    agency = await build_agency(database)
    async with database.begin() as transaction:
        assert await keep_units(transaction, agency.agency, []) == Changes()
        assert await keep_people(transaction, agency.agency, []) == Changes()
        assert await keep_raters(transaction, agency.agency, [], dt.datetime.now(dt.UTC)) == Changes()


async def test_a_rater_who_begins_later_than_the_import_says_ends_when_he_began(
    database: AsyncEngine,
) -> None:
    agency = await build_agency(database)
    before_that = dt.datetime(2019, 1, 1, tzinfo=dt.UTC)
    async with database.begin() as transaction:
        nip = await transaction.scalar(text("SELECT nip FROM person WHERE id = :id"), {"id": agency.employee})
        changes = await keep_raters(transaction, agency.agency, [{"nip": nip, "superior": None}], before_that)
        since, until = (
            await transaction.execute(
                text("SELECT valid_from, valid_until FROM assignment WHERE employee_id = :id"),
                {"id": agency.employee},
            )
        ).one()
    assert changes == Changes(changed=1)
    assert since == until
