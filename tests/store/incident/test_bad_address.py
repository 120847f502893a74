"""Whom e-mail does not reach stands in the queue of the personnel officers, whatever his appraisals."""

import datetime as dt
import uuid

import pytest
import pytest_asyncio
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from store.incident.kinds import IncidentKind
from store.incident.reading import Incident, incident_counts, incidents
from tests.fixtures.agency import SmallAgency, build_agency
from tests.fixtures.cases import new_case

pytestmark = pytest.mark.database

SINCE = dt.datetime(2026, 3, 2, 8, 30, tzinfo=dt.UTC)


@pytest_asyncio.fixture(loop_scope="session")
async def agency(database: AsyncEngine) -> SmallAgency:
    return await build_agency(database, employees=3)


async def unreached(
    database: AsyncEngine, agency: SmallAgency, limit: int = 10, after: tuple[dt.datetime, str] | None = None
) -> list[Incident]:
    async with database.connect() as connection:
        return await incidents(
            connection,
            agency.agency,
            dt.datetime.now(dt.UTC),
            kind=IncidentKind.BAD_ADDRESS,
            after=after,
            limit=limit,
        )


async def run(database: AsyncEngine, statement: str, **parameters: object) -> None:
    async with database.begin() as connection:
        await connection.execute(text(statement), parameters)


async def bounced(
    database: AsyncEngine, person: uuid.UUID, *, address: str | None = None, since: dt.datetime = SINCE
) -> None:
    await run(
        database,
        """INSERT INTO contact (id, person_id, channel, address, added_at, bad_since, bad_answer)
        SELECT gen_random_uuid(), id, 'email', COALESCE(:address, email), now(), :since, '550 no such user'
        FROM person WHERE id = :person""",
        person=person,
        address=address,
        since=since,
    )


async def without_email(database: AsyncEngine, agency: SmallAgency, person: uuid.UUID) -> None:
    """Somebody without an address to whom the opening of his plan could not be sent."""
    await run(database, "UPDATE person SET email = '' WHERE id = :person", person=person)
    await new_case(database, agency, person)
    await run(
        database,
        "UPDATE notice SET state = 'permanent_failure' WHERE recipient_id = :person AND channel = 'email'",
        person=person,
    )


async def test_a_person_whose_address_is_bad_is_listed_without_an_appraisal(
    database: AsyncEngine, agency: SmallAgency
) -> None:
    await bounced(database, agency.employee)
    (incident,) = await unreached(database, agency)
    assert (incident.kind, incident.employee_id) == (IncidentKind.BAD_ADDRESS, agency.employee)
    assert (incident.appraisal_id, incident.stage, incident.capacity, incident.cycle) == (
        None,
        None,
        None,
        None,
    )
    assert (incident.since, incident.overdue, incident.unit_id) == (SINCE, False, agency.unit)
    assert incident.moment > SINCE


async def test_an_address_that_the_roster_has_replaced_is_no_incident(
    database: AsyncEngine, agency: SmallAgency
) -> None:
    await bounced(database, agency.employee, address="lama@contoh.example")
    assert await unreached(database, agency) == []


async def test_an_address_that_works_again_is_no_incident(database: AsyncEngine, agency: SmallAgency) -> None:
    await bounced(database, agency.employee)
    await run(database, "UPDATE contact SET bad_since = NULL")
    assert await unreached(database, agency) == []


async def test_a_person_without_an_address_is_one_once_something_could_not_be_sent(
    database: AsyncEngine, agency: SmallAgency
) -> None:
    await run(database, "UPDATE person SET email = '' WHERE id = :person", person=agency.employees[1])
    await without_email(database, agency, agency.employee)
    assert [incident.employee_id for incident in await unreached(database, agency)] == [agency.employee]


async def test_a_person_without_an_address_who_is_reached_by_another_way_is_none(
    database: AsyncEngine, agency: SmallAgency
) -> None:
    await without_email(database, agency, agency.employee)
    await run(
        database,
        """INSERT INTO contact (id, person_id, channel, address, added_at, confirmed_at, bad_answer)
        VALUES (gen_random_uuid(), :person, 'telegram', '4711', now(), now(), '')""",
        person=agency.employee,
    )
    assert await unreached(database, agency) == []


async def test_a_person_without_an_address_whose_other_way_is_bad_is_one(
    database: AsyncEngine, agency: SmallAgency
) -> None:
    await without_email(database, agency, agency.employee)
    await run(
        database,
        """INSERT INTO contact (id, person_id, channel, address, added_at, confirmed_at, bad_since, bad_answer)
        VALUES (gen_random_uuid(), :person, 'telegram', '4711', now(), now(), now(), '')""",
        person=agency.employee,
    )
    assert len(await unreached(database, agency)) == 1


async def test_what_a_rehearsal_could_not_send_is_none(database: AsyncEngine, agency: SmallAgency) -> None:
    await without_email(database, agency, agency.employee)
    await run(database, "UPDATE notice SET rehearsal = true")
    assert await unreached(database, agency) == []


async def test_people_of_another_agency_stay_there(database: AsyncEngine, agency: SmallAgency) -> None:
    await bounced(database, agency.employee)
    assert await unreached(database, await build_agency(database, name="Kota Lain")) == []


async def test_pages_go_on_with_the_oldest_first(database: AsyncEngine, agency: SmallAgency) -> None:
    for day, person in enumerate(agency.employees):
        await bounced(database, person, since=SINCE - dt.timedelta(days=day))
    found: list[uuid.UUID] = []
    after: tuple[dt.datetime, str] | None = None
    for _ in agency.employees:
        (row,) = await unreached(database, agency, limit=1, after=after)
        found.append(row.employee_id)
        after = row.since, row.key
    assert found == list(reversed(agency.employees))


async def test_the_summary_counts_them(database: AsyncEngine, agency: SmallAgency) -> None:
    await bounced(database, agency.employee)
    async with database.connect() as connection:
        (count,) = await incident_counts(connection, agency.agency, dt.datetime.now(dt.UTC))
    assert (count.kind, count.count, count.oldest) == (IncidentKind.BAD_ADDRESS, 1, SINCE)
