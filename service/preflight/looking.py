"""Sets up a preflight look at a cycle, at a moment of real time."""

import datetime as dt
import uuid

from sqlalchemy.ext.asyncio import AsyncConnection

from states.clock import Clock
from store.cycle.calendars import provisional_years_of
from store.cycle.launching import launching_cycle
from store.cycle.preflight import DEFAULT_SPAN, Look
from store.cycle.selection import EVERYBODY, Selection

LEAST_SPAN, MOST_SPAN = 1, 10_000


async def look_at(
    connection: AsyncConnection,
    cycle: uuid.UUID,
    now: dt.datetime,
    *,
    span: int = DEFAULT_SPAN,
    who: Selection = EVERYBODY,
) -> Look:
    """The look at a cycle and the people of a launch, at the real moment ``now``. Raises `CycleUnknown`."""
    found = await launching_cycle(connection, cycle)
    moment = Clock.from_data(found.clock).business(now)
    provisional = provisional_years_of(found.year, found.working_days)
    return Look(found.id, found.agency_id, found.year, moment, span, who, provisional)
