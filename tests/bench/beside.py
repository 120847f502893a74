"""What people wait for while an agency of thousands is surveyed: every person by five peers, a workflow each."""

import asyncio
import time
from collections.abc import Awaitable, Callable

import aiohttp
import psutil

from tests.bench.action import MOMENT
from tests.bench.cases import Cases, cases_at, followed
from tests.bench.figures import Figure
from tests.bench.house import house
from tests.bench.load import Run, drive, pace
from tests.bench.surveys import surveyed_agency
from tests.fixtures.surveys import AFTER, BEFORE, OPEN, SurveyedAgency

CASES = 400
EVERY = 0.02
"""Fifty actions a second, whether the earlier ones were answered or not: as many as a province has on a busy day."""
CALM_SECONDS = 20.0

_TOLD = "SELECT count(*) FROM attended WHERE told_at IS NOT NULL"
_IN = "SELECT count(*) FROM survey WHERE state = '{state}'"
_MISSED = "UPDATE attended SET told_at = told_at - interval '1 hour'"


async def measure(quick: bool) -> list[Figure]:
    """Latencies of actions in calm, and while all surveys begin, open and close; memory for each open workflow."""
    people = 500 if quick else 5_000
    async with house() as home, aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as http:
        worker = psutil.Process(await home.open_worker())
        await home.open_api()
        cases = await cases_at(home, CASES, MOMENT, http)
        surveys = await surveyed_agency(home, people)
        await surveys.on(BEFORE)
        await drive(cases.act_over_http, pieces=600, at_once=16)
        await followed(home)
        await home.settle()
        calm = await _calm(cases)
        before = worker.memory_info().rss
        began = time.perf_counter()
        prepared = await surveys.prepare()
        taken = time.perf_counter() - began
        starting = await _meanwhile(cases, surveys, _TOLD, people)
        await home.settle()
        grown = (worker.memory_info().rss - before) / 1024 / people
        running = (await home.client.count_workflows("WorkflowType = 'Attending'")).count
        opening = await _moved(cases, surveys, OPEN, "open", people)
        closing = await _moved(cases, surveys, AFTER, "closed", people)
    return [
        Figure("beside", f"{people:,} surveys, {prepared.invitations:,} invitations prepared", "s", taken),
        Figure("beside", "workflows open", "", running),
        Figure("beside", "memory of the worker for each", "KB", grown, aim="≤ 80 KB"),
        Figure("beside", "actions in calm: p95", "ms", calm.milliseconds(95)),
        *_beside("all workflows begin", starting, calm),
        *_beside("all surveys open", opening, calm),
        *_beside("all surveys close", closing, calm),
    ]


def _beside(what: str, run: Run, calm: Run) -> list[Figure]:
    return [
        Figure(
            "beside",
            f"actions while {what} ({run.seconds:.0f} s): p95",
            "ms",
            run.milliseconds(95),
            calm.milliseconds(95),
            "≤ 1.5 × calm",
        )
    ]


async def _calm(cases: Cases) -> Run:
    until = time.perf_counter() + CALM_SECONDS
    return await pace(cases.act_over_http, every=EVERY, until=lambda: time.perf_counter() > until)


async def _moved(cases: Cases, surveys: SurveyedAgency, moment: str, state: str, people: int) -> Run:
    """The clock of the agency moves on, so that all surveys are due at once."""
    await surveys.on(moment)
    await surveys.run(_MISSED)
    return await _meanwhile(cases, surveys, _IN.format(state=state), people)


async def _meanwhile(cases: Cases, surveys: SurveyedAgency, query: str, wanted: int) -> Run:
    done = asyncio.Event()
    watching = asyncio.create_task(_watch(lambda: surveys.value(query), wanted, done))
    run = await pace(cases.act_over_http, every=EVERY, until=done.is_set)
    await watching
    return run


async def _watch(count: Callable[[], Awaitable[int]], wanted: int, done: asyncio.Event) -> None:
    try:
        async with asyncio.timeout(1_800):
            while await count() < wanted:  # noqa: ASYNC110  # the record is looked at, nothing tells us
                await asyncio.sleep(0.5)
    finally:
        done.set()
