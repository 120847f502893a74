"""What every ordeal begins and ends with: an agency under way on real processes, and the examination of the record."""

import asyncio
import datetime as dt
import os
import subprocess
import sys
import threading
import uuid
from collections.abc import AsyncIterator, Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import Any, TypeVar

import aiohttp
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession
from temporalio.client import Client

from schemes.loading import builtin_scheme
from service.temporal.client import connect
from states.clock import Clock
from states.rules import Rulebook
from states.stages import Stage
from store.database import create_engine
from store.migrating import upgrade
from store.person.table import Person, RoleGrant
from tests.chaos import engine_findings, findings
from tests.chaos.clients import Crowd
from tests.chaos.core import of_the_core
from tests.chaos.installation import Installation
from tests.chaos.ledger import Ledger
from tests.fixtures.agency import SmallAgency, build_agency, nip

BUSINESS_START = dt.datetime(2026, 1, 3, 2, tzinfo=dt.UTC)
"""The plans of the year may be drafted, and nothing is due yet."""

_LAUNCHED_WITHIN_SECONDS = 60

Result = TypeVar("Result")


def apart(aside: ThreadPoolExecutor, work: Coroutine[Any, Any, Result]) -> Result:
    """Runs ``work`` in the thread aside: the processes belong to the main thread."""
    return aside.submit(asyncio.run, work).result()


def every_stage_scheme() -> Rulebook:
    """The national rules with every optional step, so that the scheme in use has every stage of the lifecycle."""
    optional = {"moderation": True, "plan_screening": True}
    book: Rulebook = builtin_scheme("nasional").model_copy(update={"scheme": "uji"} | optional)
    return book


def paced(days_a_second: float) -> Clock:
    """A clock by which business time starts now, at `BUSINESS_START`."""
    return Clock.from_data(
        [[dt.datetime.now(dt.UTC).isoformat(), BUSINESS_START.isoformat(), days_a_second * 86_400]]
    )


@asynccontextmanager
async def database_of(installation: Installation) -> AsyncIterator[AsyncEngine]:
    """The installation's database."""
    database = create_engine(installation.settings["KINERJA_DATABASE_URL"], pool_size=8)
    try:
        yield database
    finally:
        await database.dispose()


async def client_of(installation: Installation) -> Client:
    """A client of the installation's engine."""
    return await connect(installation.settings["KINERJA_TEMPORAL_ADDRESS"])


async def agency_in(installation: Installation, *, employees: int, clock: Clock) -> SmallAgency:
    """Migrates the database and writes the agency."""
    async with database_of(installation) as engine:
        await upgrade(engine)
        agency = await build_agency(
            engine, employees=employees, clock=clock.to_data(), book=every_stage_scheme()
        )
        await _name_a_top_decider(engine, agency)
        return agency


async def _name_a_top_decider(database: AsyncEngine, agency: SmallAgency) -> None:
    """Somebody outside the line decides where everybody in it has had a part, so that somebody is always awaited."""
    async with AsyncSession(database) as session:
        decider = Person(agency_id=agency.agency, unit_id=agency.unit, nip=nip(98_000), name="Top decider")
        session.add(decider)
        await session.flush()
        session.add(RoleGrant(person_id=decider.id, role="top_decider", agency_id=agency.agency))
        await session.commit()


async def launched(installation: Installation, agency: SmallAgency) -> dict[uuid.UUID, uuid.UUID]:
    """Launches the cycle over HTTP; gives the employees' appraisals."""
    token = installation.signer.issue(agency.officer, agency.agency, dt.timedelta(hours=1))
    url = f"{installation.addresses[0]}/api/v1/cycles/{agency.cycle}/launch"
    async with aiohttp.ClientSession(headers={"Authorization": f"Bearer {token}"}) as session:
        async with session.post(url) as answer:
            assert answer.status == 202, await answer.text()
        for _ in range(_LAUNCHED_WITHIN_SECONDS * 5):
            async with session.get(url) as answer:
                progress = await answer.json()
            if progress["started"] >= len(agency.employees):
                break
            await asyncio.sleep(0.2)
    async with database_of(installation) as engine, engine.connect() as connection:
        rows = await connection.execute(
            text("SELECT id, employee_id FROM appraisal WHERE started_at IS NOT NULL")
        )
        cases = {row.id: row.employee_id for row in rows if row.employee_id in agency.employees}
    assert len(cases) == len(agency.employees), "the launch did not come to its end"
    return cases


async def load(crowd: Crowd, stop: threading.Event, clients: int) -> None:
    """Lets the crowd act until the main thread says so."""
    stopped = asyncio.Event()

    async def listen() -> None:
        while not stop.is_set():  # noqa: ASYNC110  # the main thread tells us
            await asyncio.sleep(0.1)
        stopped.set()

    async with asyncio.TaskGroup() as group:
        group.create_task(listen())
        group.create_task(crowd.act_until(stopped, clients))


async def engine_examined(
    installation: Installation, crowd: Crowd, ledger: Ledger, since: dt.datetime | None = None
) -> list[str]:
    """Waits until the engine stands where the record stands; what is wrong with it, and with its runs ``since``."""
    client = await client_of(installation)
    async with database_of(installation) as engine:
        wrong, seconds = await engine_findings.until_in_line(client, engine, crowd.cases)
    ledger.notes["engine in line after"] = f"{seconds:.1f} s"
    wrong += await engine_findings.of_tasks_failing(client, crowd.cases)
    of_histories, figures = await engine_findings.of_histories(client, since)
    ledger.notes["histories"] = ", ".join(f"{count} {name}" for name, count in figures.items())
    return wrong + of_histories


async def record_examined(installation: Installation, crowd: Crowd) -> list[str]:
    """What is wrong with what is on record, read while nobody writes any more."""
    async with database_of(installation) as engine:
        record = await findings.Record.read(engine)
        wrong = findings.of_commands(record, crowd.ledger.asked)
        wrong += findings.of_the_chain(record)
        wrong += await of_the_core(record, engine)
        wrong += await findings.of_tasks(record, engine)
        wrong += findings.of_notices(record, crowd.cases)
    kinds = [event.kind for appraisal in record.appraisals for event in appraisal.events]
    by_the_clock = [kind for kind in kinds if kind != "acted"]
    crowd.ledger.notes["on record"] = f"{len(kinds)} events, {len(by_the_clock)} of them by the clock"
    crowd.ledger.notes["notices"] = str(len(record.notices))
    return wrong


def unreached(crowd: Crowd) -> list[str]:
    """Stages of the scheme in use in which nobody's case has been; every case begins in the first."""
    reached = crowd.choices.reached.keys() | {Stage.SCHEDULED}
    return [f"nobody reached {stage}" for stage in Stage if stage not in reached]


def audit_is_clean(installation: Installation) -> bool:
    """Whether the audit of the whole record finds nothing."""
    done = command(installation, "audit", "verify")
    print(f"  {done.stdout.strip().splitlines()[-1] if done.stdout.strip() else done.stderr.strip()}")
    return done.returncode == 0


def command(installation: Installation, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Runs a `kinerja` command on the installation."""
    others = {name: value for name, value in os.environ.items() if not name.startswith("KINERJA_")}
    return subprocess.run(
        (sys.executable, "-m", "service.cli", *arguments),
        env={**others, **installation.settings},
        capture_output=True,
        text=True,
        timeout=400,
        check=False,
    )
