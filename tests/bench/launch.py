"""The launch of a cycle: until everybody sees his appraisal, and until the engine follows all of them."""

import asyncio
import datetime as dt
import uuid
from dataclasses import dataclass
from statistics import median

from service.launches.launching import launch_cycle
from tests.bench.bare import start_bare
from tests.bench.cases import followed
from tests.bench.figures import Figure
from tests.bench.house import House, house
from tests.bench.load import drive
from tests.fixtures.agency import build_agency

AT_ONCE = 16


@dataclass(frozen=True)
class Launched:
    """How one launch went."""

    people: int
    seconds: float
    """Until everybody saw his appraisal."""
    followed_seconds: float
    """Until the engine had been told of all of them, from the beginning of the launch as well."""

    @property
    def rate(self) -> float:
        """Workflows started in a second, while the launch itself takes its share of the engine."""
        return self.people / self.followed_seconds


async def measure(quick: bool) -> list[Figure]:
    """Seconds until all are on record, and started workflows a second, in turns with starts of an empty workflow."""
    people, launches, starts = (2_000, 2, 1_000) if quick else (10_000, 1, 2_000)
    async with house() as home:
        await home.open_worker()
        await home.open_bare()
        await _launch(home, 100)
        await _start_bare(home, 200)
        ours, bare = [], [await _start_bare(home, starts)]
        for _ in range(launches):
            ours.append(await _launch(home, people))
            bare.append(await _start_bare(home, starts))
    seconds, rate = median(each.seconds for each in ours), median(each.rate for each in ours)
    return [
        Figure("launch", f"{people:,} people see their appraisals", "s", seconds, None, "≤ 30 s"),
        Figure("launch", f"{people:,} workflows are started", "1/s", rate, median(bare), "≥ 0.9 × floor"),
    ]


async def _launch(home: House, people: int) -> Launched:
    # Next year's planning has not opened, so that what is started sleeps.
    year = dt.datetime.now(dt.UTC).year + 1
    agency = await build_agency(home.database, name=f"Kota {uuid.uuid4()}", employees=people, year=year)
    await home.settle()
    began = asyncio.get_running_loop().time()
    handle = await launch_cycle(home.client, agency.cycle)
    progress = await handle.result()
    seconds = asyncio.get_running_loop().time() - began
    followed_seconds = seconds + await followed(home)
    return Launched(int(progress["started"]), seconds, followed_seconds)


async def _start_bare(home: House, starts: int) -> float:
    await home.settle()
    run = await drive(lambda: start_bare(home.client), pieces=starts, at_once=AT_ONCE)
    return run.rate
