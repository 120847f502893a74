"""The launch of an agency with bad rows, during which the worker is killed again and again."""

import asyncio
import time
import uuid
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine
from temporalio.client import Client, WorkflowExecutionStatus
from temporalio.service import RPCError, RPCStatusCode

from activities.starting import appraisal_workflow_id
from service.cycles import launch_cycle
from service.engine.client import connect
from states.codec import Json
from store.appraisal.launching import appraisal_id
from store.database import create_engine
from store.launch.reading import every_result
from store.migrating import upgrade
from tests.chaos.bad_rows import BadRows, repair, spoil
from tests.chaos.installation import Installation, installed
from tests.fixtures.agency import SmallAgency, build_agency
from tests.workflows.launches import NEXT_YEAR

_PATIENCE_SECONDS = 1_500
_LOOK_SECONDS = 0.01

Result = TypeVar("Result")


@dataclass(frozen=True)
class LaunchOrdeal:
    """How large a launch is, and when its worker is killed."""

    people: int
    pace: int
    kills_at: tuple[float, ...]
    """Shares of the people that are on record when the worker dies, in the middle of a page."""


@dataclass(frozen=True)
class Launched:
    """What is left behind when two launches are over: one with kills, one after the repair."""

    bad: BadRows
    first: Json
    second: Json
    between: dict[uuid.UUID, tuple[str, str]]
    """Outcome and reason of everybody after the first launch."""
    after: dict[uuid.UUID, tuple[str, str]]
    engine_between: set[str]
    """Ids of the appraisals' workflows that run in the engine after the first launch."""
    engine_after: set[str]
    unstarted: dict[uuid.UUID, bool]
    """Of each bad row, whether the engine knows no workflow after the first launch."""
    unmarked: list[int]
    """At each kill, how many appraisals were on record and not noted as started."""
    seconds: float
    """The first launch with all kills."""

    def ids_but(self, people: set[uuid.UUID]) -> set[str]:
        """The workflows of everybody but ``people``."""
        agency = self.bad.agency
        everybody = {
            agency.head,
            agency.director,
            agency.superior,
            agency.rater,
            agency.officer,
            *agency.employees,
        }
        return {appraisal_workflow_id(appraisal_id(agency.cycle, each)) for each in everybody - people}


def run_launch_ordeal(ordeal: LaunchOrdeal, directory: Path) -> Launched:
    """Runs it from the main thread, with which the processes end."""
    with installed(directory, workers=1, apis=0) as installation, ThreadPoolExecutor(1) as aside:

        def apart(work: Coroutine[Any, Any, Result]) -> Result:
            return aside.submit(asyncio.run, work).result()

        bad = apart(_agency(installation, ordeal.people))
        agency = bad.agency
        installation.start()
        began = time.monotonic()
        first = aside.submit(asyncio.run, _launch(installation, agency, ordeal.pace))
        unmarked = []
        # A pool of its own: the thread aside waits for the launch.
        with ThreadPoolExecutor(1) as watching:
            for share in ordeal.kills_at:
                threshold = int(share * ordeal.people)
                unmarked.append(
                    watching.submit(asyncio.run, _in_a_page(installation, agency, threshold)).result()
                )
                installation.workers[0].kill()
                installation.workers[0].start()
        while not first.done():
            installation.watch(0.1)
        seconds = time.monotonic() - began
        between, engine_between, unstarted = apart(_seen(installation, bad))
        apart(_repaired(installation, bad))
        second = apart(_launch(installation, agency, ordeal.pace))
        after, engine_after, _ = apart(_seen(installation, bad))
    return Launched(
        bad,
        first.result(),
        second,
        between,
        after,
        engine_between,
        engine_after,
        unstarted,
        unmarked,
        seconds,
    )


async def _agency(installation: Installation, people: int) -> BadRows:
    engine = create_engine(installation.settings["KINERJA_DATABASE_URL"])
    await upgrade(engine)
    agency = await build_agency(engine, employees=people - 5, year=NEXT_YEAR)
    bad = await spoil(engine, agency)
    await engine.dispose()
    return bad


async def _launch(installation: Installation, agency: SmallAgency, pace: int) -> Json:
    client = await _client(installation)
    handle = await launch_cycle(client, agency.cycle, pace=pace)
    async with asyncio.timeout(_PATIENCE_SECONDS):
        return await handle.result()


async def _in_a_page(installation: Installation, agency: SmallAgency, threshold: int) -> int:
    """Waits until so many are on record and some of them are not noted as started; gives their number."""
    engine = create_engine(installation.settings["KINERJA_DATABASE_URL"], pool_size=1)
    try:
        async with asyncio.timeout(_PATIENCE_SECONDS):
            while True:
                recorded, unmarked = await _standing(engine, agency)
                if recorded >= threshold and unmarked:
                    return unmarked
                await asyncio.sleep(_LOOK_SECONDS)
    finally:
        await engine.dispose()


async def _standing(engine: AsyncEngine, agency: SmallAgency) -> tuple[int, int]:
    async with engine.connect() as connection:
        recorded, started = (
            await connection.execute(
                text("SELECT count(*), count(started_at) FROM appraisal WHERE cycle_id = :cycle"),
                {"cycle": agency.cycle},
            )
        ).one()
    return recorded, recorded - started


async def _repaired(installation: Installation, bad: BadRows) -> None:
    engine = create_engine(installation.settings["KINERJA_DATABASE_URL"])
    await repair(engine, bad)
    await engine.dispose()


async def _seen(
    installation: Installation, bad: BadRows
) -> tuple[dict[uuid.UUID, tuple[str, str]], set[str], dict[uuid.UUID, bool]]:
    engine = create_engine(installation.settings["KINERJA_DATABASE_URL"])
    client = await _client(installation)
    outcomes = {
        result.person: (str(result.outcome), result.reason)
        async for page in every_result(engine, bad.agency.cycle)
        for result in page
    }
    recorded, _ = await _standing(engine, bad.agency)
    await engine.dispose()
    unstarted = {person: await _unknown(client, bad.agency, person) for person in bad.causes}
    return outcomes, await _running(client, recorded), unstarted


async def _running(client: Client, expected: int) -> set[str]:
    """The appraisals' workflows that run, once the engine's lists have caught up with its histories."""
    query = "WorkflowType = 'Appraisal' AND ExecutionStatus = 'Running'"
    async with asyncio.timeout(60):
        while (await client.count_workflows(query)).count < expected:  # noqa: ASYNC110  # nothing tells us
            await asyncio.sleep(0.2)
    return {run.id async for run in client.list_workflows(query, page_size=200)}


async def _unknown(client: Client, agency: SmallAgency, person: uuid.UUID) -> bool:
    workflow = appraisal_workflow_id(appraisal_id(agency.cycle, person))
    try:
        described = await client.get_workflow_handle(workflow).describe()
    except RPCError as error:
        if error.status is RPCStatusCode.NOT_FOUND:
            return True
        raise
    assert described.status is WorkflowExecutionStatus.RUNNING
    return False


async def _client(installation: Installation) -> Client:
    return await connect(installation.settings["KINERJA_TEMPORAL_ADDRESS"])
