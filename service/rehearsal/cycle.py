"""The cycle of a rehearsal: a year whose business time begins on its last day before it opens."""

import datetime as dt
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncEngine

from service.accounts.tokens import TokenSigner
from service.cycles.creating import create_cycle
from service.rehearsal.api_client import ApiClient
from service.rehearsal.clocks import clock_through
from service.rehearsal.driving import Driver
from service.rehearsal.people import Ensemble
from service.rehearsal.planning import usual_plan
from states.rules import Rulebook
from store.cycle.rehearsing import RehearsedCycle, rehearsed_cycle, scripted_people

_LAUNCHES_A_SECOND = 40
_ZONE = ZoneInfo("Asia/Jakarta")
_LATE_OBJECTIONS = dt.timedelta(days=122)


def year_begins(year: int) -> dt.datetime:
    """The morning on which a rehearsed cycle of ``year`` is launched."""
    return dt.datetime(year - 1, 12, 30, 8, tzinfo=_ZONE)


def year_ends(year: int) -> dt.datetime:
    """When the results of ``year`` are due to be settled: the end of March of the next year."""
    return dt.datetime(year + 1, 4, 1, tzinfo=_ZONE)


def waited_until(year: int) -> dt.datetime:
    """Until when a rehearsal waits for late objections to the results of ``year``."""
    return year_ends(year) + _LATE_OBJECTIONS


def settling_time(people: int) -> dt.timedelta:
    """How long the launch of ``people`` may take before time begins to pass."""
    return dt.timedelta(seconds=2 + people / _LAUNCHES_A_SECOND)


async def create_rehearsal(
    database: AsyncEngine,
    *,
    agency: uuid.UUID,
    name: str,
    year: int,
    book: Rulebook,
    lasting: dt.timedelta,
) -> RehearsedCycle:
    """A cycle whose year, to the end of the next March, takes ``lasting`` from its launch on.

    Raises `CycleRefused`, and `ValueError` where it would have to be faster than a rehearsal can be.
    """
    async with database.connect() as connection:
        people = len(await scripted_people(connection, agency))
    clock = clock_through(
        dt.datetime.now(dt.UTC),
        start=year_begins(year),
        legs=[(year_ends(year), lasting)],
        settling=settling_time(people),
    )
    created = await create_cycle(database, agency=agency, name=name, year=year, book=book, clock=clock)
    return RehearsedCycle(created, agency, name, year, clock, rehearsal=True)


@asynccontextmanager
async def usual_driver(
    database: AsyncEngine, cycle: uuid.UUID, url: str, signer: TokenSigner
) -> AsyncIterator[Driver]:
    """The people of a cycle, each by temperament, acting through the API at ``url``.

    Raises `ValueError` for a cycle that is no rehearsal: nobody acts in the name of real people.
    """
    async with database.connect() as connection:
        found = await rehearsed_cycle(connection, cycle)
        ensemble = Ensemble(await scripted_people(connection, found.agency_id))
    if not found.rehearsal:
        raise ValueError(f"{found.name} is no rehearsal; nobody may act there but the people themselves")
    client = ApiClient(url, signer, found.agency_id)
    try:
        yield Driver(database, found, ensemble, client, usual_plan(ensemble))
    finally:
        client.close()
