"""How much memory a worker needs for each workflow that it keeps in its cache."""

import asyncio
import datetime as dt
import uuid

import psutil

from activities.starting import tell
from states.following import Position
from states.stages import Stage
from store.following.repository import CaseToFollow
from tests.bench.bare import start_bare
from tests.bench.figures import Figure
from tests.bench.house import House, house
from tests.bench.load import Piece, drive

WARM = 200
"""So many are cached before the first look, when everything that is loaded once has been loaded."""


async def measure(quick: bool) -> list[Figure]:
    """Growth of the resident memory by workflow, ours and bare."""
    count = 500 if quick else 2_000
    async with house() as home:
        worker = psutil.Process(await home.open_worker())
        ours = await _growth(home, worker, _starter(home), count)
        await home.open_bare()
        bare = await _growth(home, psutil.Process(home.pids["bare"]), lambda: start_bare(home.client), count)
    return [Figure("memory", f"each of {count} cached workflows", "KB", ours, bare, "≤ 80 KB")]


def _starter(home: House) -> Piece:
    position = Position(1, Stage.SCHEDULED, None, dt.datetime.now(dt.UTC) + dt.timedelta(days=30))

    async def start() -> None:
        # It sleeps until planning opens and never looks at the record.
        await tell(
            home.client, CaseToFollow(uuid.uuid4(), position, None, uuid.uuid4(), uuid.uuid4(), year=2026)
        )

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
