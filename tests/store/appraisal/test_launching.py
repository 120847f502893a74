"""Appraisals come on record in bulk, one for each employee and period, and with that the engine is to follow."""

import datetime as dt
import uuid

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from states.clock import IDENTITY, Clock, Segment
from states.decide import launched
from states.following import position_of
from store.appraisal.launching import Entrant, appraisal_id, create, first_snapshot
from store.following.reading import lag
from store.following.repository import claim, confirm
from tests.fixtures.agency import SmallAgency, build_agency

NOW = dt.datetime(2026, 1, 5, tzinfo=dt.UTC)


def entrant(agency: SmallAgency, period: int = 1, period_from: dt.date | None = None) -> Entrant:
    event = launched(employee=str(agency.employee), year=2026, now=NOW, rules=agency.rules)
    return Entrant(agency.employee, agency.unit, event, period, period_from)


def test_the_id_of_the_first_period_is_that_of_before_there_were_periods() -> None:
    cycle, employee = uuid.uuid4(), uuid.uuid4()
    assert appraisal_id(cycle, employee) == uuid.uuid5(cycle, str(employee))


def test_each_further_period_has_an_id_of_its_own() -> None:
    cycle, employee = uuid.uuid4(), uuid.uuid4()
    assert appraisal_id(cycle, employee, 2) == uuid.uuid5(cycle, f"{employee}/2")
    assert len({appraisal_id(cycle, employee, period) for period in range(1, 6)}) == 5


@pytest.mark.database
async def test_a_second_period_stands_beside_the_first_with_its_first_day(database: AsyncEngine) -> None:
    agency = await build_agency(database)
    first, second = entrant(agency), entrant(agency, 2, dt.date(2026, 8, 1))
    async with database.begin() as transaction:
        await create(transaction, agency.cycle, [first, second])
        await create(transaction, agency.cycle, [second])
        rows = (
            await transaction.execute(text("SELECT id, period, period_from FROM appraisal ORDER BY period"))
        ).all()
    assert [tuple(row) for row in rows] == [
        (appraisal_id(agency.cycle, agency.employee), 1, None),
        (appraisal_id(agency.cycle, agency.employee, 2), 2, dt.date(2026, 8, 1)),
    ]
    snapshot, _ = first_snapshot(agency.cycle, second)
    assert snapshot.id == str(rows[1].id)


@pytest.mark.database
async def test_with_its_creation_an_appraisal_is_started_and_to_be_followed(database: AsyncEngine) -> None:
    agency = await build_agency(database)
    async with database.begin() as transaction:
        await create(transaction, agency.cycle, [entrant(agency)], rules=agency.rules)
        (case,) = await claim(transaction, 10, dt.timedelta(seconds=30))
        started = await transaction.scalar(text("SELECT started_at = now() FROM appraisal"))
    first, _ = first_snapshot(agency.cycle, entrant(agency))
    assert started
    assert case.appraisal == appraisal_id(agency.cycle, agency.employee)
    assert (case.position, case.after) == (position_of(first, agency.rules, IDENTITY, NOW), None)
    assert (case.cycle, case.unit, case.year) == (agency.cycle, agency.unit, 2026)


@pytest.mark.database
async def test_in_a_rehearsal_the_engine_is_to_wake_by_the_clock_of_the_cycle(database: AsyncEngine) -> None:
    agency = await build_agency(database)
    now = dt.datetime.now(dt.UTC).replace(microsecond=0)
    clock = Clock((Segment(now, NOW, 1.0),))
    async with database.begin() as transaction:
        await create(transaction, agency.cycle, [entrant(agency)], rules=agency.rules, clock=clock)
        (case,) = await claim(transaction, 10, dt.timedelta(seconds=30))
    assert case.position == position_of(
        first_snapshot(agency.cycle, entrant(agency))[0], agency.rules, clock, NOW
    )
    # Planning opened on 2 January, three days before the clock begins.
    assert case.position.wake_at is not None
    assert abs(case.position.wake_at - now) < dt.timedelta(days=4)


@pytest.mark.database
async def test_without_rules_the_engine_is_to_ask_the_record_when_to_wake(database: AsyncEngine) -> None:
    agency = await build_agency(database)
    async with database.begin() as transaction:
        await create(transaction, agency.cycle, [entrant(agency)])
        (case,) = await claim(transaction, 10, dt.timedelta(seconds=30))
    assert case.position.wake_at is None


@pytest.mark.database
async def test_what_is_on_record_and_followed_stays_so_when_it_is_created_again(
    database: AsyncEngine,
) -> None:
    agency = await build_agency(database)
    async with database.begin() as transaction:
        await create(transaction, agency.cycle, [entrant(agency)], rules=agency.rules)
        await confirm(transaction, [(appraisal_id(agency.cycle, agency.employee), 1)])
    async with database.begin() as transaction:
        await create(transaction, agency.cycle, [entrant(agency)], rules=agency.rules)
        assert (await lag(transaction)).cases == 0
        assert await transaction.scalar(text("SELECT count(*) FROM event")) == 1
        assert await transaction.scalar(text("SELECT started_at < now() FROM appraisal"))


@pytest.mark.database
async def test_nobody_is_created_from_nothing(database: AsyncEngine) -> None:
    agency = await build_agency(database)
    async with database.begin() as transaction:
        await create(transaction, agency.cycle, [])
        assert await transaction.scalar(text("SELECT count(*) FROM appraisal")) == 0
