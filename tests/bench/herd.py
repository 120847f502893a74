"""A thousand and ten thousand deadlines on one instant, and the people who act meanwhile."""

import asyncio
import datetime as dt

import aiohttp

from tests.bench.cases import Cases, cases_at, recorded_after
from tests.bench.figures import Figure
from tests.bench.house import House, house
from tests.bench.load import drive, pace

LAPSE = dt.datetime(2026, 1, 20, 17, tzinfo=dt.UTC)
"""The plan's deadline of the national scheme has passed: the end of 20 January in Jakarta."""

EVERY = 0.1
"""Seconds from one action to the next, whether or not the last one has been acknowledged."""

QUIET = dt.timedelta(seconds=20)
PREPARATION = dt.timedelta(milliseconds=30)
"""For each of the herd, until it is on record and followed; what is left of it is quiet as well."""

ACTING = 40
"""Cases that people act on; their own deadlines are days away."""


async def measure(quick: bool) -> list[Figure]:
    """Latency of an action while a herd passes, against the same pace of actions in the quiet before."""
    figures: list[Figure] = []
    for deadlines in (200,) if quick else (1_000, 10_000):
        figures += await _measure(deadlines)
    return figures


async def _measure(deadlines: int) -> list[Figure]:
    async with house() as home, aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as http:
        await home.open_worker()
        await home.open_api()
        acting = await cases_at(home, ACTING, LAPSE - dt.timedelta(days=5), http)
        await drive(acting.act_over_http, pieces=ACTING, at_once=4)
        herd = await cases_at(home, deadlines, LAPSE - QUIET - PREPARATION * deadlines, http)
        instant = herd.clock.real(LAPSE)
        quiet = await pace(acting.act_over_http, every=EVERY, until=lambda: _now() >= instant)
        passed = asyncio.create_task(_passed(home, herd, deadlines))
        busy = await pace(acting.act_over_http, every=EVERY, until=passed.done)
        rate = deadlines / (await passed - instant).total_seconds()
    if not quiet.latencies:
        raise RuntimeError("the herd took so long to prepare that no quiet was left to compare with")
    return [
        Figure("herd", f"{deadlines} deadlines lapse", "1/s", rate),
        *(
            Figure(
                "herd",
                f"an action meanwhile: p{percent}",
                "ms",
                busy.milliseconds(percent),
                quiet.milliseconds(percent),
                "≤ 1.3 × quiet" if percent == 95 else "",
            )
            for percent in (50, 95, 99)
        ),
    ]


async def _passed(home: House, herd: Cases, deadlines: int) -> dt.datetime:
    """When the last of the herd is on record."""
    while await recorded_after(home, herd.agency.cycle, LAPSE) < deadlines:  # noqa: ASYNC110  # the record is looked at, nothing tells us
        await asyncio.sleep(0.3)
    return _now()


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)
