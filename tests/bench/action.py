"""One action, HTTP in to HTTP out and durable in between, against an update of an empty workflow.

Nobody waits for the engine, so its work is counted apart: the CPU until it stands where the record is, the rate that
it keeps up with, and how long it needs after a burst.
"""

import datetime as dt
from collections import defaultdict
from itertools import product
from statistics import median

import aiohttp

from tests.bench.bare import bare_updates
from tests.bench.cases import Cases, cases_at, followed
from tests.bench.figures import Figure
from tests.bench.house import LOAD, House, house
from tests.bench.load import Piece, Run, drive, median_milliseconds, median_rate

MOMENT = dt.datetime(2026, 1, 5, 3, tzinfo=dt.UTC)
"""In the planning window, when nothing is due yet."""

PIECES = {1: 80, 16: 400, 64: 960}
"""How many actions make a run, by how many are under way at once."""

AIMS = {50: "≤ 1.0 × floor", 99: "≤ 1.5 × floor"}

CASES = 1_000
"""Many, so that few actions are told to the engine in one word with another of the same case."""

OURS, BARE = "ours", "bare"


async def measure(quick: bool) -> list[Figure]:
    """Latencies, rates and CPU of our action and of the floor, in turns; then a stretch of load, and a burst."""
    repeats, share = (2, 3) if quick else (3, 1)
    async with house() as home, aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as http:
        await home.open_worker()
        await home.open_api()
        await home.open_bare()
        cases = await cases_at(home, CASES, MOMENT, http)
        arms: dict[str, Piece] = {OURS: cases.act_over_http, BARE: await bare_updates(home.client, 200)}
        for piece in arms.values():
            # Long and wide enough that every connection has prepared what it needs.
            await drive(piece, pieces=900 // share, at_once=64)
        runs: dict[tuple[str, int], list[Run]] = defaultdict(list)
        for _, at_once, arm in product(range(repeats), PIECES, arms):
            await followed(home)
            await home.settle()
            runs[arm, at_once].append(
                await drive(arms[arm], pieces=PIECES[at_once] // share, at_once=at_once)
            )
        load = await _under_load(home, cases, arms[BARE], share)
    return [*_speeds(runs), *load]


async def _stretch(home: House, piece: Piece, pieces: int) -> tuple[float, dict[str, float]]:
    """Pieces a second until the engine stands where the record is, and the milliseconds of CPU that each kind of
    process spent on one of them until then.
    """
    await followed(home)
    await home.settle()
    before = home.spent()
    run = await drive(piece, pieces=pieces, at_once=16)
    behind = await followed(home)
    after = home.spent()
    spent = {kind: (after[kind] - before[kind]) * 1000 / pieces for kind in after}
    return pieces / (run.seconds + behind), spent


async def _under_load(home: House, cases: Cases, bare: Piece, share: int) -> list[Figure]:
    """Stretches until the engine stands where the record is, and a burst of which it hears afterwards."""
    stretch, burst = 3_000 // share, 10_000 // share
    rates: dict[str, list[float]] = defaultdict(list)
    costs: dict[tuple[str, str], list[float]] = defaultdict(list)
    for arm, piece in ((OURS, cases.act_over_http), (BARE, bare)) * 2:
        rate, cost = await _stretch(home, piece, stretch)
        rates[arm].append(rate)
        for kind, milliseconds in cost.items():
            costs[arm, kind].append(milliseconds)
    await home.settle()
    floor = await drive(bare, pieces=stretch, at_once=64)
    await home.settle()
    peak = await drive(cases.act_over_http, pieces=burst, at_once=64)
    caught_up = await followed(home)
    return [
        *_costs(costs),
        Figure(
            "action",
            f"{stretch} actions, until the engine is where they are",
            "1/s",
            median(rates[OURS]),
            median(rates[BARE]),
            "≥ 0.65 × floor",
        ),
        Figure("action", f"burst of {burst}: acknowledged", "1/s", peak.rate, floor.rate, "≥ 1.0 × floor"),
        Figure("action", f"burst of {burst}: engine caught up after", "s", caught_up),
    ]


def _speeds(runs: dict[tuple[str, int], list[Run]]) -> list[Figure]:
    figures = []
    for at_once in PIECES:
        ours, bare = (runs[arm, at_once] for arm in (OURS, BARE))
        name = f"{at_once} at once"
        figures += [Figure("action", f"{name}: actions", "1/s", median_rate(ours), median_rate(bare))]
        figures += [
            Figure(
                "action",
                f"{name}: p{percent}",
                "ms",
                median_milliseconds(ours, percent),
                median_milliseconds(bare, percent),
                AIMS.get(percent, ""),
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
    return [*figures, Figure("action", "CPU of one: all of ours", "ms", total, bare, "≤ 1.7 × floor")]
