"""A cycle is created with everything that its appraisals need."""

import datetime as dt
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from schemes.loading import builtin_scheme, builtin_system
from schemes.problems import SchemeError
from service.cycles.creating import CycleRefused, WorkingDaysRefused, create_cycle, system_named
from states.clock import Clock, Segment
from states.working_days import WorkingDays
from store.agency.rule_contexts import SchemeChanged
from store.cycle import repository
from store.cycle.calendars import calendar_of
from store.cycle.keeping import agencies, cycles, zones_of
from tests.fixtures.agency import SmallAgency, build_agency
from tests.fixtures.content import SMALL

NATIONAL = builtin_scheme("nasional")
SOURCE = Path("tests/fixtures/nasional-3.yaml")


@pytest.fixture
async def agency(database: AsyncEngine) -> SmallAgency:
    return await build_agency(database)


def test_a_scheme_is_found_by_its_name() -> None:
    assert system_named("nasional").book is NATIONAL


def test_a_scheme_is_read_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "daerah.yaml"
    file.write_text(SOURCE.read_text("utf-8").replace("scheme: nasional", "scheme: daerah"), "utf-8")
    assert system_named(str(file)).book.key == "daerah@3"


def test_a_file_with_mistakes_is_refused_with_their_lines(tmp_path: Path) -> None:
    file = tmp_path / "daerah.yaml"
    file.write_text("scheme: daerah\nversion: one\n", "utf-8")
    with pytest.raises(SchemeError, match=r"daerah\.yaml:2: version"):
        system_named(str(file))


def test_neither_a_scheme_nor_a_file_is_refused_with_what_there_is() -> None:
    with pytest.raises(CycleRefused, match="nasional"):
        system_named("nasionl")


@pytest.mark.database
async def test_the_calendar_of_every_zone_and_the_scheme_are_kept(
    database: AsyncEngine, agency: SmallAgency
) -> None:
    async with database.begin() as transaction:
        await transaction.execute(
            text("""INSERT INTO unit (id, agency_id, code, name, kind, zone)
            VALUES (gen_random_uuid(), :agency, 'U2', 'Perwakilan', 'badan', 'Asia/Jayapura')"""),
            {"agency": agency.agency},
        )
    await create_cycle(database, agency=agency.agency, name="SKP", year=2030, book=NATIONAL)
    async with database.connect() as connection:
        assert await zones_of(connection, agency.agency) == ["Asia/Jakarta", "Asia/Jayapura"]
        kept = set((await connection.execute(text("SELECT key FROM calendar"))).scalars())
    assert {calendar_of(2030, "Asia/Jakarta").key, calendar_of(2030, "Asia/Jayapura").key} <= kept


@pytest.mark.database
async def test_a_cycle_in_business_time_is_a_rehearsal(database: AsyncEngine, agency: SmallAgency) -> None:
    clock = Clock((Segment(dt.datetime.now(dt.UTC), dt.datetime(2026, 1, 1, tzinfo=dt.UTC), 10_000),))
    created = await create_cycle(
        database, agency=agency.agency, name="Gladi", year=2026, book=NATIONAL, clock=clock
    )
    async with database.connect() as connection:
        (line,) = await cycles(connection, cycle=str(created))
        kept = await connection.scalar(text("SELECT clock FROM cycle WHERE id = :id"), {"id": created})
    assert line.rehearsal
    assert Clock.from_data(kept) == clock


@pytest.mark.database
async def test_the_working_days_of_the_agency_are_kept_with_the_cycle_and_its_calendar(
    database: AsyncEngine, agency: SmallAgency
) -> None:
    own = WorkingDays(week="six_day", closed=(dt.date(2027, 3, 1),), source="SK 1/2026")
    created = await create_cycle(
        database, agency=agency.agency, name="SKP", year=2027, book=NATIONAL, working_days=own
    )
    async with database.connect() as connection:
        found = await repository.cycle(connection, created, agency.agency)
        kept = set((await connection.execute(text("SELECT key FROM calendar"))).scalars())
    assert found is not None
    assert found.working_days == own
    assert calendar_of(2027, "Asia/Jakarta", own).key in kept
    assert calendar_of(2027, "Asia/Jakarta").key not in kept


@pytest.mark.database
async def test_days_outside_the_years_of_the_calendar_are_refused_and_nothing_is_created(
    database: AsyncEngine, agency: SmallAgency
) -> None:
    own = WorkingDays(closed=(dt.date(2027, 3, 1), dt.date(2072, 3, 1)))
    with pytest.raises(WorkingDaysRefused, match=r"2072-03-01 \(closed\): outside 2026 to 2029"):
        await create_cycle(
            database, agency=agency.agency, name="SKP", year=2027, book=NATIONAL, working_days=own
        )
    async with database.connect() as connection:
        assert [line.name for line in await cycles(connection)] == ["2026"]


@pytest.mark.database
async def test_a_name_in_use_is_refused(database: AsyncEngine, agency: SmallAgency) -> None:
    await create_cycle(database, agency=agency.agency, name="SKP", year=2027, book=NATIONAL)
    with pytest.raises(CycleRefused, match="SKP"):
        await create_cycle(database, agency=agency.agency, name=" SKP ", year=2028, book=NATIONAL)


@pytest.mark.database
@pytest.mark.parametrize("year", (2018, 2044))
async def test_a_year_that_calendars_do_not_cover_is_refused(
    database: AsyncEngine, agency: SmallAgency, year: int
) -> None:
    with pytest.raises(CycleRefused, match="2019 to 2043"):
        await create_cycle(database, agency=agency.agency, name="SKP", year=year, book=NATIONAL)


@pytest.mark.database
@pytest.mark.parametrize("year", (2019, 2043))
async def test_the_first_and_the_last_year_are_possible(
    database: AsyncEngine, agency: SmallAgency, year: int
) -> None:
    created = await create_cycle(database, agency=agency.agency, name="SKP", year=year, book=NATIONAL)
    async with database.connect() as connection:
        (line,) = await cycles(connection, cycle=str(created))
    assert line.year == year


@pytest.mark.database
async def test_an_empty_name_is_refused(database: AsyncEngine, agency: SmallAgency) -> None:
    with pytest.raises(CycleRefused, match="1 to 120"):
        await create_cycle(database, agency=agency.agency, name="  ", year=2027, book=NATIONAL)


@pytest.mark.database
async def test_an_agency_without_units_has_no_cycle(database: AsyncEngine) -> None:
    async with database.begin() as transaction:
        await transaction.execute(
            text(
                "INSERT INTO agency (id, name, zone, created_at) "
                "VALUES (gen_random_uuid(), 'Kosong', 'Asia/Jakarta', now())"
            )
        )
        (empty,) = await agencies(transaction)
    with pytest.raises(CycleRefused, match="import its roster"):
        await create_cycle(database, agency=empty.id, name="SKP", year=2027, book=NATIONAL)


@pytest.mark.database
async def test_other_rules_under_the_same_version_are_refused_and_nothing_is_created(
    database: AsyncEngine, agency: SmallAgency
) -> None:
    await create_cycle(database, agency=agency.agency, name="SKP 2026", year=2026, book=NATIONAL)
    changed = NATIONAL.model_copy(update={"moderation": not NATIONAL.moderation})
    with pytest.raises(SchemeChanged, match="higher version"):
        await create_cycle(database, agency=agency.agency, name="SKP", year=2027, book=changed)
    async with database.connect() as connection:
        assert sorted(line.name for line in await cycles(connection)) == ["2026", "SKP 2026"]


@pytest.mark.database
async def test_other_forms_under_the_same_version_are_refused_and_nothing_is_created(
    database: AsyncEngine, agency: SmallAgency
) -> None:
    system = builtin_system("nasional")
    await create_cycle(
        database, agency=agency.agency, name="SKP 2026", year=2026, book=system.book, content=system.content
    )
    with pytest.raises(SchemeChanged, match="higher version"):
        await create_cycle(
            database, agency=agency.agency, name="SKP", year=2027, book=system.book, content=SMALL
        )
    async with database.connect() as connection:
        assert sorted(line.name for line in await cycles(connection)) == ["2026", "SKP 2026"]


@pytest.mark.database
async def test_cycles_are_listed_by_agency_and_found_by_name_or_id(
    database: AsyncEngine, agency: SmallAgency
) -> None:
    created = await create_cycle(database, agency=agency.agency, name="SKP", year=2027, book=NATIONAL)
    async with database.connect() as connection:
        assert [line.year for line in await cycles(connection, agency="Kota Contoh")] == [2026, 2027]
        assert await cycles(connection, agency="Kabupaten") == []
        by_name, by_id = await cycles(connection, cycle="SKP"), await cycles(connection, cycle=str(created))
    assert by_name == by_id
    assert (by_name[0].appraisals, by_name[0].started, by_name[0].closed) == (0, 0, 0)
