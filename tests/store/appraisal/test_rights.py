"""The functions of the database that rights rest on."""

import datetime as dt
import json
import uuid
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from states.clock import Clock
from tests.fixtures.agency import SmallAgency, build_agency

NOW = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)
ALL = ["employee", "rater", "rater_superior", "appeals_officer", "hr"]
FIRST = "2026-01-01T00:00:00+00:00"
CLOCKS: tuple[list[list[Any]], ...] = (
    [],
    [["2026-02-01T00:00:00+00:00", FIRST, 1.0]],
    [["2026-02-01T00:00:00+00:00", FIRST, 40_000.0]],
    [
        ["2026-02-01T00:00:00+00:00", FIRST, 10.0],
        ["2026-02-02T00:00:00+00:00", "2026-01-11T00:00:00+00:00", 0.5],
    ],
    [["2026-06-01T00:00:00+00:00", FIRST, 10.0]],
)


@pytest.mark.parametrize("clock", CLOCKS)
async def test_the_database_reads_a_clock_as_the_core_does(
    database: AsyncEngine, clock: list[list[Any]]
) -> None:
    async with database.connect() as connection:
        moment = await connection.scalar(
            text("SELECT business_at(CAST(:clock AS jsonb), :now)"), {"clock": json.dumps(clock), "now": NOW}
        )
    assert abs(moment - Clock.from_data(clock).business(NOW)) < dt.timedelta(milliseconds=1)


async def held(
    database: AsyncEngine, agency: SmallAgency, person: uuid.UUID, excluded: list[uuid.UUID] | None = None
) -> list[str]:
    async with database.connect() as connection:
        capacities = await connection.scalar(
            text(
                "SELECT capacities_held(:person, :employee, NULL, NULL, CAST(:wanted AS text[]), :now, :excluded)"
            ),
            {
                "person": person,
                "employee": agency.employee,
                "wanted": ALL,
                "now": NOW,
                "excluded": excluded or [],
            },
        )
    return list(capacities)


async def test_each_relation_gives_its_capacities_and_no_other(database: AsyncEngine) -> None:
    agency = await build_agency(database)
    assert await held(database, agency, agency.employee) == ["employee"]
    assert await held(database, agency, agency.rater) == ["rater"]
    assert await held(database, agency, agency.superior) == ["rater_superior", "appeals_officer"]
    assert await held(database, agency, agency.director) == []
    assert await held(database, agency, agency.officer) == ["hr"]
    assert await held(database, agency, uuid.uuid4()) == []


async def test_who_set_the_result_is_passed_over_level_by_level(database: AsyncEngine) -> None:
    agency = await build_agency(database)
    excluded = [agency.rater, agency.superior]
    assert await held(database, agency, agency.superior, excluded) == ["rater_superior"]
    assert await held(database, agency, agency.director, excluded) == ["appeals_officer"]


async def test_an_hr_officer_of_another_agency_holds_nothing(database: AsyncEngine) -> None:
    agency = await build_agency(database)
    elsewhere = await build_agency(database, name="Lain")
    assert await held(database, agency, elsewhere.officer) == []


async def test_signers_are_read_from_the_snapshot(database: AsyncEngine) -> None:
    person = str(uuid.uuid4())
    async with database.connect() as connection:
        for snapshot, expected in (({}, []), ({"result_by": [person]}, [uuid.UUID(person)])):
            found = await connection.scalar(
                text("SELECT signers(CAST(:snapshot AS jsonb))"), {"snapshot": json.dumps(snapshot)}
            )
            assert list(found) == expected
