"""One action, HTTP in to HTTP out and durable in between, against an update of an empty workflow."""

import datetime as dt
from collections import defaultdict
from itertools import product
from statistics import median

import aiohttp

from tests.bench.bare import bare_updates
from tests.bench.cases import cases_at
from tests.bench.figures import Figure
from tests.bench.house import LOAD, House, house
from tests.bench.load import Piece, Run, drive, median_milliseconds, median_rate

MOMENT = dt.datetime(2026, 1, 5, 3, tzinfo=dt.UTC)
"""In the planning window, when nothing is due yet."""

PIECES = {1: 80, 16: 400, 64: 480}
"""How many actions make a run, by how many are under way at once."""

OURS, BARE = "ours", "bare"


async def measure(quick: bool) -> list[Figure]:
    """Rates, latencies and CPU of our action, of its part within the engine, and of the floor, in turns."""
    repeats, share = (2, 3) if quick else (3, 1)
    async with house() as home, aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as http:
        await home.open_worker()
        await home.open_api()
        await home.open_bare()
        cases = await cases_at(home, 200, MOMENT, http)
        arms: dict[str, Piece] = {
            OURS: cases.act_over_http,
            BARE: await bare_updates(home.client, 200),
        }
        for piece in arms.values():
            # Long and wide enough that every connection has prepared what it needs.
            await drive(piece, pieces=900 // share, at_once=64)
        runs: dict[tuple[str, int], list[Run]] = defaultdict(list)
        costs: dict[tuple[str, str], list[float]] = defaultdict(list)
        for _, at_once, arm in product(range(repeats), PIECES, arms):
            run, cost = await _costed(home, arms[arm], PIECES[at_once] // share, at_once)
            runs[arm, at_once].append(run)
            if at_once > 1:
                for kind, milliseconds in cost.items():
                    costs[arm, kind].append(milliseconds)
    return [*_speeds(runs), *_costs(costs)]


async def _costed(home: House, piece: Piece, pieces: int, at_once: int) -> tuple[Run, dict[str, float]]:
    """A run, and the milliseconds of CPU that each kind of process spent on one piece of it."""
    await home.settle()
    before = home.spent()
    run = await drive(piece, pieces=pieces, at_once=at_once)
    after = home.spent()
    return run, {kind: (after[kind] - before[kind]) * 1000 / pieces for kind in after}


def _speeds(runs: dict[tuple[str, int], list[Run]]) -> list[Figure]:
    figures = []
    for at_once in PIECES:
        ours, bare = (runs[arm, at_once] for arm in (OURS, BARE))
        name = f"{at_once} at once"
        figures += [
            Figure(
                "action",
                f"{name}: actions",
                "1/s",
                median_rate(ours),
                median_rate(bare),
                "",
            ),
        ]
        figures += [
            Figure(
                "action",
                f"{name}: p{percent}",
                "ms",
                median_milliseconds(ours, percent),
                median_milliseconds(bare, percent),
            )
            for percent in (50, 95, 99)
        ]
    return figures


def _costs(costs: dict[tuple[str, str], list[float]]) -> list[Figure]:
    """CPU by kind of process; what serves the floor stands beside our worker."""
    middle = {key: median(values) for key, values in costs.items()}
    floor = {kind: middle[BARE, kind] for kind in ("temporal", "postgres", "api", LOAD)}
    floor["worker"] = middle[BARE, "bare"]
    kinds = ("temporal", "worker", "api", "postgres")
    rows = [*((kind, kind) for kind in kinds), (LOAD, "load (not ours)")]
    figures = [
        Figure("action", f"CPU of one: {name}", "ms", middle[OURS, kind], floor[kind]) for kind, name in rows
    ]
    total = sum(middle[OURS, kind] for kind in kinds)
    bare = sum(floor[kind] for kind in kinds)
    return [*figures, Figure("action", "CPU of one: all of ours", "ms", total, bare)]
