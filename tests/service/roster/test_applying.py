"""A roster goes into the database as a whole, any number of times."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from service.roster import Roster, RosterFile, read_roster
from service.roster.applying import RosterRefused, apply_roster
from service.roster.sample import sample_file
from store.person.importing import FIRST_VALID_FROM, Changes
from tests.service.roster.test_reading import HEAD, OFFICER, OFFICER_POST, people, person, read, units

SECOND = "198902022013031903"
SECOND_POST = OFFICER_POST | {"nip": SECOND}
LATER = dt.datetime(2026, 6, 1, 3, tzinfo=dt.UTC)

pytestmark = pytest.mark.database


def three(**officer: str) -> Roster:
    """A head, a second person, and an officer who reports to the head unless told otherwise."""
    lines = (person(), person(**SECOND_POST), person(**(OFFICER_POST | officer)))
    return read(units(), people(*lines))


async def rows(database: AsyncEngine, sql: str, **parameters: Any) -> Sequence[Any]:
    async with database.connect() as connection:
        return (await connection.execute(text(sql), parameters)).all()


async def raters_of(
    database: AsyncEngine, nip: str
) -> list[tuple[str, str, dt.datetime, dt.datetime | None]]:
    found = await rows(
        database,
        """SELECT holder.nip, assignment.kind, valid_from, valid_until FROM assignment
        JOIN person AS employee ON employee.id = employee_id JOIN person AS holder ON holder.id = holder_id
        WHERE employee.nip = :nip ORDER BY valid_from, assignment.kind""",
        nip=nip,
    )
    return [(row[0], row[1], row[2], row[3]) for row in found]


@pytest.fixture(scope="module")
def sample() -> Roster:
    return read_roster(sample_file(RosterFile.UNITS), sample_file(RosterFile.PEOPLE))


async def test_a_first_import_writes_everybody(database: AsyncEngine, sample: Roster) -> None:
    result = await apply_roster(database, "Kota Contoh", sample)
    assert result.agency_is_new
    assert result.units == Changes(new=12)
    assert result.people == Changes(new=60)
    assert result.raters == Changes(new=59)
    assert await rows(database, "SELECT count(*) FROM person") == [(60,)]


async def test_the_same_import_again_changes_nothing(database: AsyncEngine, sample: Roster) -> None:
    await apply_roster(database, "Kota Contoh", sample)
    result = await apply_roster(database, "Kota Contoh", sample)
    assert not result.agency_is_new
    assert result.units == Changes(unchanged=12)
    assert result.people == Changes(unchanged=60)
    assert result.raters == Changes(unchanged=59)


async def test_a_unit_stands_below_its_parent_whatever_the_order_of_the_lines(database: AsyncEngine) -> None:
    below_first = units("U2,Dinas,U1,dinas,Asia/Makassar", "U1,Pemerintah Kota,,pemda,Asia/Jakarta")
    await apply_roster(database, "Kota", read(below_first))
    tree = await rows(
        database,
        "SELECT unit.code, unit.zone, parent.code FROM unit "
        "LEFT JOIN unit AS parent ON parent.id = unit.parent_id ORDER BY 1",
    )
    assert tree == [("U1", "Asia/Jakarta", None), ("U2", "Asia/Makassar", "U1")]


async def test_an_agency_is_in_the_zone_of_its_topmost_unit(database: AsyncEngine) -> None:
    eastern = units("U1,Pemerintah Kota,,pemda,Asia/Jayapura", "U2,Perwakilan,U1,badan,Asia/Jakarta")
    await apply_roster(database, "Kota", read(eastern))
    assert await rows(database, "SELECT zone FROM agency") == [("Asia/Jayapura",)]


async def test_a_unit_that_moved_or_was_renamed_counts_once_as_changed(database: AsyncEngine) -> None:
    top, first, second = (
        "U1,Pemerintah Kota,,pemda,Asia/Jakarta",
        "U2,Dinas,U1,dinas,Asia/Jakarta",
        "U3,Bidang,U1,bidang,Asia/Jakarta",
    )
    await apply_roster(database, "Kota", read(units(top, first, second)))
    moved_and_renamed = "U3,Bidang Baru,U2,bidang,Asia/Jakarta"
    result = await apply_roster(database, "Kota", read(units(top, first, moved_and_renamed)))
    assert result.units == Changes(changed=1, unchanged=2)


async def test_a_changed_person_is_corrected_and_keeps_the_id(database: AsyncEngine) -> None:
    await apply_roster(database, "Kota", three())
    before = await rows(database, "SELECT id FROM person WHERE nip = :nip", nip=OFFICER)
    result = await apply_roster(database, "Kota", three(golongan="III/c", email=""))
    assert result.people == Changes(changed=1, unchanged=2)
    after = await rows(database, "SELECT id, grade, email FROM person WHERE nip = :nip", nip=OFFICER)
    assert after == [(before[0][0], "III/c", "")]


async def test_a_first_rater_counts_from_before_every_cycle(database: AsyncEngine) -> None:
    await apply_roster(database, "Kota", three())
    assert await raters_of(database, OFFICER) == [(HEAD, "definitive", FIRST_VALID_FROM, None)]


async def test_a_new_superior_ends_the_old_one_at_the_moment_of_the_import(database: AsyncEngine) -> None:
    await apply_roster(database, "Kota", three())
    result = await apply_roster(database, "Kota", three(atasan_nip=SECOND), now=LATER)
    assert result.raters == Changes(changed=1, unchanged=1)
    assert await raters_of(database, OFFICER) == [
        (HEAD, "definitive", FIRST_VALID_FROM, LATER),
        (SECOND, "definitive", LATER, None),
    ]


async def test_a_person_without_superior_loses_the_rater_and_gets_one_back_later(
    database: AsyncEngine,
) -> None:
    await apply_roster(database, "Kota", three())
    ended = await apply_roster(database, "Kota", three(atasan_nip=""), now=LATER)
    assert ended.raters == Changes(changed=1, unchanged=1)
    again = LATER + dt.timedelta(days=1)
    begun = await apply_roster(database, "Kota", three(), now=again)
    assert begun.raters == Changes(new=1, unchanged=1)
    assert await raters_of(database, OFFICER) == [
        (HEAD, "definitive", FIRST_VALID_FROM, LATER),
        (HEAD, "definitive", again, None),
    ]


async def test_an_acting_rater_is_never_touched(database: AsyncEngine) -> None:
    await apply_roster(database, "Kota", three())
    async with database.begin() as transaction:
        await transaction.execute(
            text("""INSERT INTO assignment
                (id, employee_id, capacity, holder_id, kind, valid_from, letter, recorded_at)
            SELECT gen_random_uuid(), employee.id, 'rater', holder.id, 'plh', :since, '', now()
            FROM person AS employee, person AS holder WHERE employee.nip = :nip AND holder.nip = :acting"""),
            {"since": LATER, "nip": OFFICER, "acting": SECOND},
        )
    await apply_roster(database, "Kota", three(atasan_nip=""), now=LATER + dt.timedelta(days=1))
    assert (SECOND, "plh", LATER, None) in await raters_of(database, OFFICER)


async def test_the_same_person_may_serve_in_two_agencies(database: AsyncEngine) -> None:
    await apply_roster(database, "Kota", three())
    result = await apply_roster(database, "Kabupaten", three())
    assert result.people == Changes(new=3)
    assert await rows(database, "SELECT count(*) FROM agency") == [(2,)]


async def test_a_roster_with_problems_writes_nothing(database: AsyncEngine) -> None:
    broken = read(people_text=people(person(nip="1")))
    with pytest.raises(RosterRefused, match="1 problems; nothing was written"):
        await apply_roster(database, "Kota", broken)
    assert await rows(database, "SELECT count(*) FROM agency") == [(0,)]


async def test_an_import_that_fails_half_way_leaves_nothing_behind(
    database: AsyncEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(*_arguments: object) -> None:
        raise ConnectionError("the wire was cut")

    monkeypatch.setattr("service.roster.applying.keep_raters", fail)
    with pytest.raises(ConnectionError):
        await apply_roster(database, "Kota", three())
    assert await rows(database, "SELECT count(*) FROM person") == [(0,)]
    assert await rows(database, "SELECT count(*) FROM agency") == [(0,)]


async def test_more_people_than_go_into_one_statement_are_all_written(
    database: AsyncEngine, monkeypatch: pytest.MonkeyPatch, sample: Roster
) -> None:
    monkeypatch.setattr("service.roster.applying._ROWS_AT_ONCE", 7)
    result = await apply_roster(database, "Kota", sample)
    assert (result.people, result.raters) == (Changes(new=60), Changes(new=59))
