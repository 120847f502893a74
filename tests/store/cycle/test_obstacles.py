"""What keeps somebody out of a cycle: one expression, and what comes first when there are several reasons."""

import datetime as dt
import uuid

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from states.absences import AbsenceKind
from store.base import new_id
from store.cycle.obstacles import ABSENT, LAUNCH_OBSTACLE, OBSTACLE_BINDS, SkipReason
from tests.fixtures.agency import LONG_AGO, SmallAgency, build_agency

NOW = dt.datetime(2026, 1, 5, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)

pytestmark = pytest.mark.database

_OBSTACLE = text(
    f"SELECT {LAUNCH_OBSTACLE} FROM person JOIN unit ON unit.id = person.unit_id WHERE person.id = :person"
).bindparams(*OBSTACLE_BINDS)


@pytest.fixture
async def agency(database: AsyncEngine) -> SmallAgency:
    return await build_agency(database, employees=2)


async def obstacle(
    database: AsyncEngine, agency: SmallAgency, *, person: uuid.UUID | None = None, moment: dt.datetime = NOW
) -> str | None:
    async with database.connect() as connection:
        found: str | None = await connection.scalar(
            _OBSTACLE, {"person": person or agency.employee, "moment": moment}
        )
        return found


async def run(database: AsyncEngine, statement: str, **parameters: object) -> None:
    async with database.begin() as connection:
        await connection.execute(text(statement), parameters)


async def absent(
    database: AsyncEngine,
    person: uuid.UUID,
    kind: AbsenceKind,
    since: dt.datetime = LONG_AGO,
    until: dt.datetime | None = None,
) -> None:
    await run(
        database,
        """
        INSERT INTO absence (id, person_id, kind, valid_from, valid_until, letter, reason, recorded_at)
        VALUES (:id, :person, :kind, :since, :until, '', '', now())
        """,
        id=new_id(),
        person=person,
        kind=kind,
        since=since,
        until=until,
    )


async def find(database: AsyncEngine, agency: SmallAgency, person: uuid.UUID, *causes: str) -> None:
    roster = new_id()
    await run(
        database,
        """
        INSERT INTO roster_import (id, agency_id, digest, counts, applied_at)
        VALUES (:id, :agency, repeat('0', 64), '{}', now())
        """,
        id=roster,
        agency=agency.agency,
    )
    for cause in causes:
        await run(
            database,
            """
            INSERT INTO roster_finding (id, agency_id, person_id, import_id, cause, line, parameters, found_at)
            VALUES (:id, :agency, :person, :roster, :cause, 2, '{}', now())
            """,
            id=new_id(),
            agency=agency.agency,
            person=person,
            roster=roster,
            cause=cause,
        )


async def without_rater(database: AsyncEngine, agency: SmallAgency) -> None:
    await run(database, "DELETE FROM assignment WHERE employee_id = :id", id=agency.employee)


async def test_nothing_keeps_somebody_out_who_serves_and_has_a_rater(
    database: AsyncEngine, agency: SmallAgency
) -> None:
    assert await obstacle(database, agency) is None


@pytest.mark.parametrize(("kind", "reason"), sorted(ABSENT.items()))
async def test_an_absence_in_force_exempts(
    database: AsyncEngine, agency: SmallAgency, kind: AbsenceKind, reason: SkipReason
) -> None:
    """PP 30/2019 art 23, and whoever is out of service."""
    await absent(database, agency.employee, kind)
    assert await obstacle(database, agency) == reason


@pytest.mark.parametrize("kind", (AbsenceKind.LEAVE, AbsenceKind.STUDY))
async def test_leave_and_study_keep_nobody_out(
    database: AsyncEngine, agency: SmallAgency, kind: AbsenceKind
) -> None:
    """PP 30/2019 arts 28(2) and 43: who is on them is appraised."""
    await absent(database, agency.employee, kind, until=NOW + 90 * DAY)
    assert await obstacle(database, agency) is None


@pytest.mark.parametrize(
    ("since", "until", "kept_out"),
    (
        (NOW + DAY, None, False),
        (NOW, None, True),
        (NOW - DAY, NOW + DAY, True),
        (NOW - DAY, NOW, False),
    ),
    ids=("to come", "begins now", "lasts", "ends now"),
)
async def test_an_absence_counts_from_its_beginning_to_before_its_end(
    database: AsyncEngine, agency: SmallAgency, since: dt.datetime, until: dt.datetime | None, kept_out: bool
) -> None:
    await absent(database, agency.employee, AbsenceKind.SUSPENDED, since, until)
    assert (await obstacle(database, agency) is not None) == kept_out


async def test_of_two_absences_the_later_one_is_named(database: AsyncEngine, agency: SmallAgency) -> None:
    await absent(database, agency.employee, AbsenceKind.SUSPENDED)
    await absent(database, agency.employee, AbsenceKind.RETIRED, NOW - DAY)
    assert await obstacle(database, agency) == SkipReason.LEFT_SERVICE


async def test_an_absence_that_exempts_counts_beside_one_that_does_not(
    database: AsyncEngine, agency: SmallAgency
) -> None:
    await absent(database, agency.employee, AbsenceKind.SUSPENDED)
    await absent(database, agency.employee, AbsenceKind.LEAVE, NOW - DAY, NOW + DAY)
    assert await obstacle(database, agency) == SkipReason.SUSPENDED


async def test_a_unit_without_a_zone_has_no_calendar(database: AsyncEngine, agency: SmallAgency) -> None:
    await run(database, "UPDATE unit SET zone = ''")
    assert await obstacle(database, agency) == SkipReason.NO_CALENDAR


async def test_a_unit_keeps_its_people_out_from_its_merger_on(
    database: AsyncEngine, agency: SmallAgency
) -> None:
    other = new_id()
    await run(
        database,
        "INSERT INTO unit (id, agency_id, code, name, kind, zone) VALUES (:id, :agency, 'U2', 'B', '', 'Asia/Jakarta')",
        id=other,
        agency=agency.agency,
    )
    await run(
        database,
        "UPDATE unit SET merged_into = :other, merged_at = :at WHERE id = :unit",
        other=other,
        at=NOW,
        unit=agency.unit,
    )
    assert await obstacle(database, agency, moment=NOW - DAY) is None
    assert await obstacle(database, agency) == SkipReason.UNIT_MERGED


@pytest.mark.parametrize(
    "cause",
    (
        SkipReason.OWN_SUPERIOR,
        SkipReason.SUPERIOR_UNKNOWN,
        SkipReason.SUPERIOR_LOOP,
        SkipReason.SUPERIOR_DAMAGED,
    ),
)
async def test_the_roster_tells_why_there_is_no_rater(
    database: AsyncEngine, agency: SmallAgency, cause: SkipReason
) -> None:
    await without_rater(database, agency)
    await find(database, agency, agency.employee, "email_missing", cause)
    assert await obstacle(database, agency) == cause


@pytest.mark.parametrize("cause", ("superior_unknown", "email_missing", "superior_missing", "two_units"))
async def test_no_finding_keeps_somebody_out_who_has_a_rater(
    database: AsyncEngine, agency: SmallAgency, cause: str
) -> None:
    await find(database, agency, agency.employee, cause)
    assert await obstacle(database, agency) is None


async def test_somebody_whom_the_roster_gives_no_superior_has_no_rater(
    database: AsyncEngine, agency: SmallAgency
) -> None:
    await without_rater(database, agency)
    await find(database, agency, agency.employee, "superior_missing")
    assert await obstacle(database, agency) == SkipReason.NO_RATER


async def test_a_finding_about_somebody_else_says_nothing(database: AsyncEngine, agency: SmallAgency) -> None:
    await without_rater(database, agency)
    await find(database, agency, agency.employees[1], "superior_loop")
    assert await obstacle(database, agency) == SkipReason.NO_RATER


async def test_a_rater_who_is_away_keeps_nobody_out(database: AsyncEngine, agency: SmallAgency) -> None:
    """His superior steps in (PP 30/2019 art 46(3))."""
    await absent(database, agency.rater, AbsenceKind.DIED)
    assert await obstacle(database, agency) is None
    assert await obstacle(database, agency, person=agency.rater) == SkipReason.LEFT_SERVICE


async def test_what_the_law_exempts_comes_before_what_has_to_be_repaired(
    database: AsyncEngine, agency: SmallAgency
) -> None:
    await without_rater(database, agency)
    await find(database, agency, agency.employee, "superior_loop")
    await run(database, "UPDATE unit SET zone = ''")
    assert await obstacle(database, agency) == SkipReason.NO_CALENDAR
    await absent(database, agency.employee, AbsenceKind.STATE_OFFICIAL)
    assert await obstacle(database, agency) == SkipReason.STATE_OFFICIAL
    await run(database, "UPDATE person SET legal_standing = '20' WHERE id = :id", id=agency.employee)
    assert await obstacle(database, agency) == SkipReason.PRE_RETIREMENT
