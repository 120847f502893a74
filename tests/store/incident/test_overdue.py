"""A task whose deadline has passed its last escalation stands in the queue of the personnel officers."""

import datetime as dt

import pytest
import pytest_asyncio
from sqlalchemy.ext.asyncio import AsyncEngine

from states.rules import Rulebook
from states.stages import Capacity
from states.triggers import Trigger
from store.incident.kinds import IncidentKind
from store.incident.reading import Incident, incident_counts, incidents
from tests.fixtures.agency import SmallAgency, build_agency
from tests.fixtures.cases import RecordedCase, new_case
from tests.states.builders import CALENDAR, NATIONAL, local

pytestmark = pytest.mark.database

AFTER_THE_SECOND = local("2026-01-23 09:00")
LAST_RUNG = local("2026-01-27 08:00")
"""Five working days after 20 January, on which the plan was due: the personnel officers are told."""


@pytest_asyncio.fixture(loop_scope="session")
async def agency(database: AsyncEngine) -> SmallAgency:
    return await build_agency(database)


async def overdue(database: AsyncEngine, agency: SmallAgency) -> list[Incident]:
    async with database.connect() as connection:
        return await incidents(
            connection,
            agency.agency,
            dt.datetime.now(dt.UTC),
            kind=IncidentKind.OVERDUE,
            after=None,
            limit=10,
        )


async def stuck(database: AsyncEngine, agency: SmallAgency) -> RecordedCase:
    case = await new_case(database, agency)
    await case.wake(LAST_RUNG + dt.timedelta(hours=1))
    return case


async def test_a_task_past_the_last_rung_is_listed_since_that_rung(
    database: AsyncEngine, agency: SmallAgency
) -> None:
    case = await stuck(database, agency)
    (incident,) = await overdue(database, agency)
    assert (incident.kind, str(incident.appraisal_id)) == (IncidentKind.OVERDUE, case.appraisal.id)
    assert (incident.stage, incident.capacity, incident.overdue) == ("plan_drafting", "employee", True)
    assert incident.since == LAST_RUNG
    assert (incident.employee_id, incident.due_on) == (agency.employee, dt.date(2026, 1, 20))


async def test_a_task_that_is_late_but_still_escalates_is_not_listed(
    database: AsyncEngine, agency: SmallAgency
) -> None:
    case = await new_case(database, agency)
    await case.wake(AFTER_THE_SECOND)
    assert case.appraisal.deadline is not None
    assert case.appraisal.deadline.lapsed
    assert await overdue(database, agency) == []


async def test_what_is_done_is_not_listed_any_more(database: AsyncEngine, agency: SmallAgency) -> None:
    case = await stuck(database, agency)
    await case.act(Trigger.SUBMIT_PLAN, Capacity.EMPLOYEE, LAST_RUNG + dt.timedelta(days=1))
    assert await overdue(database, agency) == []


async def test_what_is_extended_is_not_listed_until_its_new_last_rung(
    database: AsyncEngine, agency: SmallAgency
) -> None:
    case = await stuck(database, agency)
    await case.act(
        Trigger.EXTEND,
        Capacity.HR,
        LAST_RUNG + dt.timedelta(days=1),
        until=dt.date(2026, 2, 27),
    )
    assert await overdue(database, agency) == []
    await case.wake(local("2026-03-10 09:00"))
    assert len(await overdue(database, agency)) == 1


async def test_a_scheme_without_rungs_has_nobody_to_tell_after_the_lapse(
    database: AsyncEngine,
) -> None:
    bare = {name: ladder.model_copy(update={"rungs": ()}) for name, ladder in NATIONAL.ladders.items()}
    book: Rulebook = NATIONAL.model_copy(update={"ladders": bare, "version": 90})
    agency = await build_agency(database, book=book)
    await stuck(database, agency)
    (incident,) = await overdue(database, agency)
    assert incident.since == local("2026-01-21 00:00")


async def test_an_incident_of_another_agency_stays_there(database: AsyncEngine, agency: SmallAgency) -> None:
    await stuck(database, agency)
    other = await build_agency(database, name="Kota Lain")
    assert await overdue(database, other) == []


async def test_the_summary_counts_them(database: AsyncEngine, agency: SmallAgency) -> None:
    await stuck(database, agency)
    async with database.connect() as connection:
        counts = await incident_counts(connection, agency.agency, dt.datetime.now(dt.UTC))
    assert [(each.kind, each.count, each.oldest) for each in counts] == [(IncidentKind.OVERDUE, 1, LAST_RUNG)]


def test_the_last_rung_is_what_the_calendar_says() -> None:
    assert CALENDAR.add_working_days(dt.date(2026, 1, 20), 5) == LAST_RUNG.date()
