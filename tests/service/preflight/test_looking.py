"""A look is at a cycle that exists."""

import datetime as dt
import uuid

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from service.preflight.looking import look_at
from store.cycle.launching import CycleUnknown
from store.cycle.preflight import DEFAULT_SPAN
from store.cycle.selection import EVERYBODY
from tests.fixtures.agency import build_agency

NOW = dt.datetime(2026, 1, 5, tzinfo=dt.UTC)

pytestmark = pytest.mark.database


async def test_a_real_cycle_is_looked_at_in_real_time(database: AsyncEngine) -> None:
    agency = await build_agency(database)
    async with database.connect() as connection:
        look = await look_at(connection, agency.cycle, NOW)
    assert (look.cycle, look.agency, look.year, look.moment) == (agency.cycle, agency.agency, 2026, NOW)
    assert (look.span, look.who) == (DEFAULT_SPAN, EVERYBODY)


async def test_a_cycle_that_is_not_there_cannot_be_looked_at(database: AsyncEngine) -> None:
    async with database.connect() as connection:
        with pytest.raises(CycleUnknown):
            await look_at(connection, uuid.uuid4(), NOW)
