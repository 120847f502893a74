"""Appraisals come on record in bulk, one for each employee and period."""

import datetime as dt
import uuid

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from states.decide import launched
from store.appraisal.launching import Entrant, appraisal_id, create, first_snapshot
from tests.fixtures.agency import SmallAgency, build_agency

NOW = dt.datetime(2026, 1, 5, tzinfo=dt.UTC)


def entrant(agency: SmallAgency, period: int = 1, period_from: dt.date | None = None) -> Entrant:
    event = launched(employee=str(agency.employee), year=2026, now=NOW, regime=agency.regime)
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
