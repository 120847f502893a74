"""The launch of an agency with bad rows, during which the worker is killed again and again."""

import asyncio
import time
import uuid
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine
from temporalio.client import Client, WorkflowExecutionStatus
from temporalio.service import RPCError, RPCStatusCode

from activities.starting import APPRAISAL_WORKFLOW, appraisal_workflow_id
from service.launches.launching import launch_cycle
from service.temporal.client import connect
from states.codec import Json
from store.appraisal.launching import appraisal_id
from store.database import autocommit, create_engine
from store.following.reading import lag
from store.launch.reading import every_result
from store.migrating import upgrade
from tests.chaos.bad_rows import BadRows, repair, spoil
from tests.chaos.installation import Installation, installed
from tests.chaos.roles import Role
from tests.fixtures.agency import SmallAgency, build_agency
from tests.workflows.launches import NEXT_YEAR

_PATIENCE_SECONDS = 1_500
_LOOK_SECONDS = 0.01
_LOCKED_SECONDS = 2.0

# What somebody waits for who wants to write a table that is locked.
_WAITING = text("""
    SELECT EXISTS (
        SELECT FROM pg_stat_activity
        WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%' || :statement || '%')
""")

Result = TypeVar("Result")


class Moment(Enum):
    """What the worker is about when it dies: the table it wants to write, and the words by which it is known."""

    IN_A_PAGE = ("launch_outcome", "INSERT INTO launch_outcome")
    """The appraisals of a page are written, and what became of its people is not."""
    TELLING = ("following", "greatest(following.followed")
    """The engine has been told of some appraisals, and that it was is not noted."""


@dataclass(frozen=True)
class LaunchOrdeal:
    """How large a launch is, and when its worker is killed."""

    people: int
    pace: int
    kills: tuple[tuple[float, Moment], ...]
    """Each at a share of the people that are on record by then."""


@dataclass(frozen=True)
class Seen:
    """What a launch has left behind, once the engine has been told of everything."""

    outcomes: dict[uuid.UUID, tuple[str, str]]
    """Outcome and reason of everybody."""
    rows: dict[str, int]
    """How many appraisals, first events and marks for the engine are on record."""
    running: set[str]
    """Ids of the appraisals' workflows that run in the engine."""
    unstarted: dict[uuid.UUID, bool]
    """Of each bad row, whether the engine knows no workflow."""


@dataclass(frozen=True)
class Launched:
    """What is left behind when two launches are over: one with kills, one after the repair."""

    bad: BadRows
    first: Json
    second: Json
    between: Seen
    after: Seen
    unfollowed: list[int]
    """At each kill, how many appraisals were on record of which the engine had not been told."""
    seconds: float
    """The first launch with all kills."""
    followed_seconds: float
    """From the end of the first launch until the engine had been told of all."""

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
        unfollowed = []
        # A pool of its own: the thread aside waits for the launch.
        with ThreadPoolExecutor(1) as watching:
            for share, moment in ordeal.kills:
                killing = _killed(installation, int(share * ordeal.people), moment)
                unfollowed.append(watching.submit(asyncio.run, killing).result())
                installation.workers[0].start()
        while not first.done():
            installation.watch(0.1)
        ended = time.monotonic()
        apart(_followed(installation))
        followed_seconds = time.monotonic() - ended
        between = apart(_seen(installation, bad))
        apart(_repaired(installation, bad))
        second = apart(_launch(installation, agency, ordeal.pace))
        apart(_followed(installation))
        after = apart(_seen(installation, bad))
    return Launched(bad, first.result(), second, between, after, unfollowed, ended - began, followed_seconds)


async def _agency(installation: Installation, people: int) -> BadRows:
    database = create_engine(installation.settings["KINERJA_DATABASE_URL"])
    await upgrade(database)
    agency = await build_agency(database, employees=people - 5, year=NEXT_YEAR)
    bad = await spoil(database, agency)
    await database.dispose()
    return bad


async def _launch(installation: Installation, agency: SmallAgency, pace: int) -> Json:
    client = await _client(installation)
    handle = await launch_cycle(client, agency.cycle, pace=pace)
    async with asyncio.timeout(_PATIENCE_SECONDS):
        return await handle.result()


async def _killed(installation: Installation, threshold: int, moment: Moment) -> int:
    """Kills the worker once so many are on record, at the ``moment``; how many the engine had not been told of."""
    database = create_engine(installation.settings["KINERJA_DATABASE_URL"], pool_size=2)
    try:
        async with asyncio.timeout(_PATIENCE_SECONDS):
            while True:
                async with autocommit(database).connect() as connection:
                    recorded = int(await connection.scalar(text("SELECT count(*) FROM appraisal")) or 0)
                    over = await connection.scalar(text("SELECT count(launched_at) FROM cycle"))
                assert not over, f"the launch was over before anybody was killed at {threshold}"
                if recorded >= threshold and await _held(database, moment, installation.workers[0]):
                    async with autocommit(database).connect() as connection:
                        return (await lag(connection)).cases
                await asyncio.sleep(_LOOK_SECONDS)
    finally:
        await database.dispose()


async def _held(database: AsyncEngine, moment: Moment, worker: Role) -> bool:
    """Holds the table that is written at the ``moment`` and kills the worker once it waits there; whether it did."""
    table, statement = moment.value
    async with database.connect() as holding, autocommit(database).connect() as looking:
        await holding.execute(text(f"LOCK TABLE {table} IN SHARE MODE"))
        until = time.monotonic() + _LOCKED_SECONDS
        while time.monotonic() < until:
            if await looking.scalar(_WAITING, {"statement": statement}):
                worker.kill()
                return True
            await asyncio.sleep(_LOOK_SECONDS)
    return False


async def _followed(installation: Installation) -> None:
    """Waits until the engine has been told of everything, what a killed worker had taken included."""
    database = create_engine(installation.settings["KINERJA_DATABASE_URL"], pool_size=1)
    try:
        async with asyncio.timeout(_PATIENCE_SECONDS), autocommit(database).connect() as connection:
            while (await lag(connection)).cases:  # noqa: ASYNC110  # the record is looked at, nothing tells us
                await asyncio.sleep(0.1)
    finally:
        await database.dispose()


async def _repaired(installation: Installation, bad: BadRows) -> None:
    database = create_engine(installation.settings["KINERJA_DATABASE_URL"])
    await repair(database, bad)
    await database.dispose()


async def _seen(installation: Installation, bad: BadRows) -> Seen:
    database = create_engine(installation.settings["KINERJA_DATABASE_URL"])
    client = await _client(installation)
    outcomes = {
        result.person: (str(result.outcome), result.reason)
        async for page in every_result(database, bad.agency.cycle)
        for result in page
    }
    rows = await _rows(database)
    await database.dispose()
    unstarted = {person: await _unknown(client, bad.agency, person) for person in bad.causes}
    return Seen(outcomes, rows, await _running(client, rows["appraisal"]), unstarted)


async def _rows(database: AsyncEngine) -> dict[str, int]:
    async with database.connect() as connection:
        return {
            table: int(await connection.scalar(text(f"SELECT count(*) FROM {table}")) or 0)
            for table in ("appraisal", "event", "following")
        }


async def _running(client: Client, expected: int) -> set[str]:
    """The appraisals' workflows that run, once the engine's lists have caught up with its histories."""
    query = f"WorkflowType = '{APPRAISAL_WORKFLOW}' AND ExecutionStatus = 'Running'"
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
