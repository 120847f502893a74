"""The launch of a cycle, people read and appraisals recorded, against starts of an empty workflow."""

import asyncio
import datetime as dt
import uuid
from statistics import median

from service.cycles import launch_cycle
from tests.bench.bare import start_bare
from tests.bench.figures import Figure
from tests.bench.house import House, house
from tests.bench.load import drive
from tests.fixtures.agency import build_agency

AT_ONCE = 16


async def measure(quick: bool) -> list[Figure]:
    """Started appraisals a second, in turns with bare starts."""
    people, repeats = (300, 2) if quick else (600, 3)
    async with house() as home:
        await home.open_worker()
        await home.open_bare()
        await _launch(home, 50)
        ours, bare = [], []
        for _ in range(repeats):
            ours.append(await _launch(home, people))
            bare.append(await _start_bare(home, people))
    return [Figure("launch", f"{people} appraisals", "1/s", median(ours), median(bare), "≥ 0.7 × floor")]


async def _launch(home: House, people: int) -> float:
    # Next year's planning has not opened, so that what was started sleeps.
    year = dt.datetime.now(dt.UTC).year + 1
    agency = await build_agency(home.database, name=f"Kota {uuid.uuid4()}", employees=people, year=year)
    await home.settle()
    began = asyncio.get_running_loop().time()
    handle = await launch_cycle(home.client, agency.cycle)
    progress = await handle.result()
    seconds = asyncio.get_running_loop().time() - began
    return float(progress["started"]) / seconds


async def _start_bare(home: House, starts: int) -> float:
    await home.settle()
    run = await drive(lambda: start_bare(home.client), pieces=starts, at_once=AT_ONCE)
    return run.rate
