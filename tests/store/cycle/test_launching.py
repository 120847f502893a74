"""Who enters a cycle, page by page, and why somebody does not."""

import dataclasses
import datetime as dt
import uuid

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlmodel.ext.asyncio.session import AsyncSession

from states.decide import launched
from states.triggers import RatingBasis
from store.absence.table import AbsenceRow
from store.appraisal.launching import Entrant, create
from store.cycle.launching import (
    Candidate,
    CycleUnknown,
    candidates,
    launching_cycle,
    mark_launched,
    outline,
    page_bounds,
)
from store.cycle.obstacles import EXEMPT, SkipReason
from tests.fixtures.agency import SmallAgency, build_agency

NOW = dt.datetime(2026, 1, 5, tzinfo=dt.UTC)

pytestmark = pytest.mark.database


@pytest.fixture
async def agency(database: AsyncEngine) -> SmallAgency:
    return await build_agency(database, employees=6)


async def everybody(database: AsyncEngine, agency: SmallAgency) -> dict[uuid.UUID, Candidate]:
    async with database.connect() as connection:
        page = await candidates(connection, agency.cycle, after=None, limit=100, moment=NOW)
    return {candidate.employee: candidate for candidate in page}


async def on_record(database: AsyncEngine, agency: SmallAgency, *employees: uuid.UUID) -> None:
    entrants = [
        Entrant(
            employee,
            agency.unit,
            launched(employee=str(employee), year=2026, now=NOW, rules=agency.rules),
        )
        for employee in employees
    ]
    async with database.begin() as transaction:
        await create(transaction, agency.cycle, entrants)


async def test_everybody_with_a_rater_enters_and_the_head_does_not(
    database: AsyncEngine, agency: SmallAgency
) -> None:
    found = await everybody(database, agency)
    assert len(found) == 11
    assert [each.employee for each in found.values() if each.skip] == [agency.head]
    assert found[agency.head].skip is SkipReason.NO_RATER


@pytest.mark.parametrize(("standing", "reason"), sorted(EXEMPT.items()))
async def test_an_exempt_standing_is_skipped_with_its_reason(
    database: AsyncEngine, agency: SmallAgency, standing: str, reason: SkipReason
) -> None:
    """PP 30/2019 art 23, and whoever is out of service."""
    async with database.begin() as transaction:
        await transaction.execute(
            text("UPDATE person SET legal_standing = :standing WHERE id = :id"),
            {"standing": standing, "id": agency.employee},
        )
    assert (await everybody(database, agency))[agency.employee].skip is reason


@pytest.mark.parametrize("standing", ("01", "03", "15", "52"))
async def test_any_other_standing_is_appraised(
    database: AsyncEngine, agency: SmallAgency, standing: str
) -> None:
    async with database.begin() as transaction:
        await transaction.execute(
            text("UPDATE person SET legal_standing = :standing WHERE id = :id"),
            {"standing": standing, "id": agency.employee},
        )
    assert (await everybody(database, agency))[agency.employee].skip is None


async def test_whoever_studies_is_rated_on_the_academic_record(
    database: AsyncEngine, agency: SmallAgency
) -> None:
    """PP 30/2019 art 43."""
    async with database.begin() as transaction:
        await transaction.execute(
            text("UPDATE person SET legal_standing = '03' WHERE id = :id"), {"id": agency.employee}
        )
    found = await everybody(database, agency)
    assert found[agency.employee].basis is RatingBasis.ACADEMIC_RECORD
    assert [each.basis for each in found.values()].count(None) == len(found) - 1


@pytest.mark.parametrize(
    ("kind", "basis"),
    (
        ("study", RatingBasis.ACADEMIC_RECORD),
        ("secondment", RatingBasis.HOST_MATERIAL),
        ("leave", None),
    ),
)
async def test_an_absence_says_on_what_somebody_is_rated(
    database: AsyncEngine, agency: SmallAgency, kind: str, basis: RatingBasis | None
) -> None:
    """PP 30/2019 arts 43 and 44."""
    await absent(database, agency.employee, kind, until=NOW + dt.timedelta(days=90))
    assert (await everybody(database, agency))[agency.employee].basis is basis


async def test_an_absence_that_is_over_says_nothing(database: AsyncEngine, agency: SmallAgency) -> None:
    await absent(database, agency.employee, "secondment", until=NOW)
    assert (await everybody(database, agency))[agency.employee].basis is None


async def absent(database: AsyncEngine, person: uuid.UUID, kind: str, until: dt.datetime) -> None:
    since = NOW - dt.timedelta(days=30)
    async with AsyncSession(database) as session:
        session.add(AbsenceRow(person_id=person, kind=kind, valid_from=since, valid_until=until))
        await session.commit()


async def test_a_rater_whose_term_ended_counts_as_none(database: AsyncEngine, agency: SmallAgency) -> None:
    async with database.begin() as transaction:
        await transaction.execute(
            text("UPDATE assignment SET valid_until = :now WHERE employee_id = :id"),
            {"now": NOW, "id": agency.employee},
        )
    assert (await everybody(database, agency))[agency.employee].skip is SkipReason.NO_RATER


async def test_pages_together_show_everybody_once(database: AsyncEngine, agency: SmallAgency) -> None:
    seen: list[uuid.UUID] = []
    async with database.connect() as connection:
        while True:
            page = await candidates(
                connection, agency.cycle, after=seen[-1] if seen else None, limit=4, moment=NOW
            )
            seen += [candidate.employee for candidate in page]
            if len(page) < 4:
                break
    assert len(seen) == len(set(seen)) == 11
    assert seen == sorted(seen)


async def test_bounds_part_everybody_who_is_missing_into_full_pages(
    database: AsyncEngine, agency: SmallAgency
) -> None:
    await on_record(database, agency, agency.employee)
    people = sorted(await everybody(database, agency))
    async with database.begin() as connection:
        bounds = await page_bounds(connection, agency.cycle, size=3)
        assert bounds == [people[2], people[5], people[8]]
        page = await candidates(
            connection, agency.cycle, after=bounds[0], until=bounds[1], limit=100, moment=NOW
        )
        assert [candidate.employee for candidate in page] == people[3:6]
        assert await page_bounds(connection, agency.cycle, size=100) == []


async def test_people_of_another_agency_are_no_candidates(database: AsyncEngine, agency: SmallAgency) -> None:
    await build_agency(database, name="Kabupaten Contoh", employees=3)
    assert len(await everybody(database, agency)) == 11


async def test_whoever_is_on_record_is_started_and_no_candidate_any_more(
    database: AsyncEngine, agency: SmallAgency
) -> None:
    await on_record(database, agency, agency.employees[0])
    found = await everybody(database, agency)
    assert agency.employees[0] not in found
    assert agency.employees[1] in found
    async with database.connect() as connection:
        before = await outline(connection, agency.cycle)
    assert (before.people, before.started) == (11, 1)


async def test_whoever_is_on_record_stays_started_whatever_became_of_him(
    database: AsyncEngine, agency: SmallAgency
) -> None:
    await on_record(database, agency, agency.employee)
    async with database.begin() as transaction:
        await transaction.execute(
            text("UPDATE person SET legal_standing = '98' WHERE id = :id"), {"id": agency.employee}
        )
    assert agency.employee not in await everybody(database, agency)
    async with database.connect() as connection:
        assert (await outline(connection, agency.cycle)).started == 1


async def test_an_appraisal_of_another_cycle_keeps_nobody_back(
    database: AsyncEngine, agency: SmallAgency
) -> None:
    async with database.begin() as transaction:
        other = await transaction.scalar(
            text("""
                INSERT INTO cycle (id, agency_id, name, year, scheme, clock, rehearsal, created_at)
                SELECT gen_random_uuid(), agency_id, 'other', year, scheme, clock, true, now()
                FROM cycle WHERE id = :cycle RETURNING id"""),
            {"cycle": agency.cycle},
        )
    await on_record(database, dataclasses.replace(agency, cycle=other), agency.employee)
    assert agency.employee in await everybody(database, agency)


async def test_the_moments_of_the_start_and_of_the_first_launch_are_kept(
    database: AsyncEngine, agency: SmallAgency
) -> None:
    moments = []
    for _ in range(2):
        await on_record(database, agency, agency.employee)
        async with database.begin() as transaction:
            await mark_launched(transaction, agency.cycle)
            moments.append(
                (
                    await transaction.scalar(text("SELECT started_at FROM appraisal")),
                    await transaction.scalar(text("SELECT launched_at FROM cycle")),
                )
            )
    assert moments[0] == moments[1]
    assert None not in moments[0]


async def test_a_cycle_is_read_with_its_scheme(database: AsyncEngine, agency: SmallAgency) -> None:
    async with database.connect() as connection:
        cycle = await launching_cycle(connection, agency.cycle)
        assert (cycle.year, cycle.agency_id, cycle.clock) == (2026, agency.agency, [])
        assert cycle.scheme["scheme"] == "nasional"
        with pytest.raises(CycleUnknown):
            await launching_cycle(connection, uuid.uuid4())


@pytest.mark.parametrize(("days", "away"), ((2, True), (1, False)))
async def test_whoever_is_on_leave_for_longer_than_a_month_is_launched_as_away(
    database: AsyncEngine, agency: SmallAgency, days: int, away: bool
) -> None:
    """The leave began thirty days ago, on 6 December; a month of it ends on 6 January."""
    await absent(database, agency.employee, "leave", until=NOW + dt.timedelta(days=days))
    assert (await everybody(database, agency))[agency.employee].away is away
