"""The cycle of a rehearsal. Its business time begins shortly before the rehearsed year opens."""

import datetime as dt
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncEngine

from schemes.system import System
from service.accounts.tokens import TokenSigner
from service.cycles.creating import create_cycle
from service.rehearsal.api_client import ApiClient
from service.rehearsal.clocks import clock_through
from service.rehearsal.driving import Driver
from service.rehearsal.people import Ensemble
from service.rehearsal.planning import usual_plan
from store.cycle.rehearsing import RehearsedCycle, rehearsed_cycle, scripted_people

_LAUNCHES_A_SECOND = 40
_ZONE = ZoneInfo("Asia/Jakarta")
_LATE_OBJECTIONS = dt.timedelta(days=122)


def year_begins(year: int) -> dt.datetime:
    """The morning on which a rehearsed cycle of ``year`` is launched."""
    return dt.datetime(year - 1, 12, 30, 8, tzinfo=_ZONE)


def year_ends(year: int) -> dt.datetime:
    """The moment when the results of ``year`` are due to be settled: the end of March of the next year."""
    return dt.datetime(year + 1, 4, 1, tzinfo=_ZONE)


def waited_until(year: int) -> dt.datetime:
    """The moment until which a rehearsal waits for late objections to the results of ``year``."""
    return year_ends(year) + _LATE_OBJECTIONS


def settling_time(people: int) -> dt.timedelta:
    """How long the launch of ``people`` may take before business time runs fast."""
    return dt.timedelta(seconds=2 + people / _LAUNCHES_A_SECOND)


async def create_rehearsal(
    database: AsyncEngine,
    *,
    agency: uuid.UUID,
    name: str,
    year: int,
    system: System,
    lasting: dt.timedelta,
) -> RehearsedCycle:
    """Creates a cycle whose year, up to the end of next March, passes in ``lasting`` once people are launched.

    Raises `CycleRefused`. Raises `ValueError` if the year would have to pass faster than a rehearsal can.
    """
    async with database.connect() as connection:
        people = len(await scripted_people(connection, agency))
    clock = clock_through(
        dt.datetime.now(dt.UTC),
        start=year_begins(year),
        legs=[(year_ends(year), lasting)],
        settling=settling_time(people),
    )
    created = await create_cycle(
        database,
        agency=agency,
        name=name,
        year=year,
        book=system.book,
        content=system.content,
        clock=clock,
    )
    return RehearsedCycle(created, agency, name, year, clock, rehearsal=True)


@asynccontextmanager
async def usual_driver(
    database: AsyncEngine, cycle: uuid.UUID, url: str, signer: TokenSigner
) -> AsyncIterator[Driver]:
    """A driver that lets the people of a cycle act by temperament, through the API at ``url``.

    Raises `ValueError` for a cycle that is no rehearsal: nobody may act in the name of real people.
    """
    async with database.connect() as connection:
        found = await rehearsed_cycle(connection, cycle)
        ensemble = Ensemble(await scripted_people(connection, found.agency_id))
    if not found.rehearsal:
        raise ValueError(f"{found.name} is no rehearsal; only the people themselves may act there")
    client = ApiClient(url, signer, found.agency_id)
    try:
        yield Driver(database, found, ensemble, client, usual_plan(ensemble))
    finally:
        client.close()
