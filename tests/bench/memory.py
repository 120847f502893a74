"""How much memory a worker needs for each workflow that it keeps in its cache."""

import asyncio
import uuid

import psutil

from activities.starting import AppraisalStart, start_appraisal
from states.decide import launched
from states.evolve import launch
from states.regime import Regime
from tests.bench.bare import start_bare
from tests.bench.cases import clock_at
from tests.bench.figures import Figure
from tests.bench.house import House, house
from tests.bench.load import Piece, drive
from tests.fixtures.agency import build_agency
from tests.fixtures.cases import LAUNCHED_AT

WARM = 200
"""So many are cached before the first look, when everything that is loaded once has been loaded."""


async def measure(quick: bool) -> list[Figure]:
    """Growth of the resident memory by workflow, ours and bare."""
    count = 500 if quick else 2_000
    async with house() as home:
        agency = await build_agency(home.database)
        worker = psutil.Process(await home.open_worker())
        ours = await _growth(home, worker, _starter(home, agency.regime), count)
        await home.open_bare()
        bare = await _growth(home, psutil.Process(home.pids["bare"]), lambda: start_bare(home.client), count)
    return [Figure("memory", f"each of {count} cached workflows", "KB", ours, bare, "≤ 80 KB")]


def _starter(home: House, regime: Regime) -> Piece:
    clock = clock_at(LAUNCHED_AT).to_data()

    async def start() -> None:
        # It sleeps until planning opens and never looks for itself in the database.
        event = launched(employee=str(uuid.uuid4()), year=2026, now=LAUNCHED_AT, regime=regime)
        appraisal = launch(str(uuid.uuid4()), event)
        begun = AppraisalStart(appraisal, regime, uuid.uuid4(), uuid.uuid4(), clock)
        await start_appraisal(home.client, begun)

    return start


async def _growth(home: House, worker: psutil.Process, start: Piece, count: int) -> float:
    """Kilobytes by which the worker grew for each of ``count`` further workflows."""
    await drive(start, pieces=WARM, at_once=16)
    before = await _resident(home, worker)
    await drive(start, pieces=count, at_once=16)
    return (await _resident(home, worker) - before) / 1024 / count


async def _resident(home: House, worker: psutil.Process) -> int:
    await home.settle()
    await asyncio.sleep(0.5)
    return int(worker.memory_info().rss)
