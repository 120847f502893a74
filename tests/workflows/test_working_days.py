"""What an agency decides about its working days moves the due days of its appraisals."""

import asyncio
import datetime as dt
import uuid
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine
from temporalio.client import Client

from activities.sweeping import sweeping
from schemes.loading import builtin_scheme
from service.cycles.creating import create_cycle
from service.launches.launching import launch_cycle
from service.temporal.registry import appraisal_worker
from service.temporal.worker import sandboxed
from states.clock import Clock, Segment
from states.working_days import NATIONAL_DAYS, WorkingDays
from store.cycle.calendars import calendar_of
from tests.fixtures.agency import SmallAgency, build_agency

pytestmark = [pytest.mark.database, pytest.mark.engine]

FRIDAY_NOON = dt.datetime(2026, 1, 23, 5, tzinfo=dt.UTC)
"""Past the twentieth: the plan is due three working days after the launch."""
FRIDAY_NIGHT = dt.datetime(2026, 1, 23, 15, 10, tzinfo=dt.UTC)
"""22.10 in Jakarta, and ten minutes past midnight in Jayapura."""
RATE = 30.0
"""The faster business time passes, the less are wake-ups spread; midnight in Jakarta stays far."""
OWN = WorkingDays(
    week="six_day",
    closed=(dt.date(2026, 1, 26), dt.date(2026, 1, 27)),
    source="Surat Bupati Contoh 800/1/2026",
)


@pytest.fixture
def queue() -> str:
    return f"launch-{uuid.uuid4()}"


@pytest_asyncio.fixture
async def agency(database: AsyncEngine) -> SmallAgency:
    return await build_agency(database, employees=2)


@pytest_asyncio.fixture
async def working(client: Client, database: AsyncEngine, queue: str) -> AsyncIterator[None]:
    worker = appraisal_worker(client, database, queue=queue, runner=sandboxed())
    async with worker, sweeping(database, client, queue=queue, pause=dt.timedelta(milliseconds=100)):
        yield


async def cycle_from(
    database: AsyncEngine, agency: SmallAgency, business: dt.datetime, own: WorkingDays
) -> uuid.UUID:
    clock = Clock((Segment(dt.datetime.now(dt.UTC), business, RATE),))
    return await create_cycle(
        database,
        agency=agency.agency,
        name=f"SKP {own.week}",
        year=2026,
        book=builtin_scheme("nasional"),
        clock=clock,
        working_days=own,
    )


async def deadlines(database: AsyncEngine, cycle: uuid.UUID, count: int) -> dict[uuid.UUID, Any]:
    """The recorded deadline of each employee's plan, once ``count`` are on record."""

    for _ in range(1_000):
        async with database.connect() as connection:
            rows = await connection.execute(
                text("""
                    SELECT appraisal.employee_id, appraisal.calendar, deadline.due_on
                    FROM appraisal JOIN deadline ON deadline.appraisal_id = appraisal.id
                    WHERE appraisal.cycle_id = :cycle AND deadline.rule = 'plan-drafting'"""),
                {"cycle": cycle},
            )
            found = {row.employee_id: row for row in rows}
        if len(found) == count:
            return found
        await asyncio.sleep(0.05)
    raise AssertionError("the plans have no deadlines")


async def test_an_agency_with_a_six_day_week_and_closed_days_has_other_due_days(
    client: Client, database: AsyncEngine, agency: SmallAgency, queue: str, working: None
) -> None:
    due = {}
    for own in (NATIONAL_DAYS, OWN):
        cycle = await cycle_from(database, agency, FRIDAY_NOON, own)
        await (await launch_cycle(client, cycle, queue=queue)).result()
        found = await deadlines(database, cycle, 6)
        due[own.week] = {row.due_on for row in found.values()}
        assert {row.calendar for row in found.values()} == {calendar_of(2026, "Asia/Jakarta", own).key}
    # Monday to Wednesday; or Saturday, Wednesday and Thursday.
    assert due == {"five_day": {dt.date(2026, 1, 28)}, "six_day": {dt.date(2026, 1, 29)}}


async def test_units_in_the_west_and_the_east_count_the_same_rules_by_their_own_clocks(
    client: Client, database: AsyncEngine, agency: SmallAgency, queue: str, working: None
) -> None:
    west, east = agency.employees
    await _move_to_jayapura(database, agency, east)
    cycle = await cycle_from(database, agency, FRIDAY_NIGHT, OWN)
    await (await launch_cycle(client, cycle, queue=queue)).result()
    found = await deadlines(database, cycle, 6)
    assert found[west].calendar == calendar_of(2026, "Asia/Jakarta", OWN).key
    assert found[east].calendar == calendar_of(2026, "Asia/Jayapura", OWN).key
    # In the east Saturday has begun and no longer counts.
    assert (found[west].due_on, found[east].due_on) == (dt.date(2026, 1, 29), dt.date(2026, 1, 30))


async def test_whoever_enters_by_a_second_launch_has_the_rules_of_the_first(
    client: Client, database: AsyncEngine, agency: SmallAgency, queue: str, working: None
) -> None:
    first, later = agency.employees
    await _stand(database, later, "02")
    cycle = await cycle_from(database, agency, FRIDAY_NOON, OWN)
    assert (await (await launch_cycle(client, cycle, queue=queue)).result())["started"] == 5
    await _stand(database, later, "01")
    assert (await (await launch_cycle(client, cycle, queue=queue)).result())["started"] == 1
    found = await deadlines(database, cycle, 6)
    assert found[later].calendar == found[first].calendar
    assert found[later].due_on == found[first].due_on == dt.date(2026, 1, 29)


async def _move_to_jayapura(database: AsyncEngine, agency: SmallAgency, employee: uuid.UUID) -> None:
    async with database.begin() as transaction:
        unit = await transaction.scalar(
            text("""INSERT INTO unit (id, agency_id, code, name, kind, zone)
                VALUES (gen_random_uuid(), :agency, 'U2', 'Perwakilan Papua', '', 'Asia/Jayapura')
                RETURNING id"""),
            {"agency": agency.agency},
        )
        await transaction.execute(
            text("UPDATE person SET unit_id = :unit WHERE id = :id"), {"unit": unit, "id": employee}
        )


async def _stand(database: AsyncEngine, employee: uuid.UUID, standing: str) -> None:
    async with database.begin() as transaction:
        await transaction.execute(
            text("UPDATE person SET legal_standing = :standing WHERE id = :id"),
            {"standing": standing, "id": employee},
        )
