"""One kill test from the first process to the last finding."""

import asyncio
import datetime as dt
import os
import random
import subprocess
import sys
import threading
import uuid
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import aiohttp
from sqlalchemy import text

from service.engine.client import connect
from store.database import create_engine
from store.migrating import upgrade
from tests.chaos import findings
from tests.chaos.clients import Crowd
from tests.chaos.installation import KINDS, Installation, installed
from tests.chaos.ledger import Ledger
from tests.chaos.roles import until_listening
from tests.fixtures.agency import SmallAgency, build_agency

BUSINESS_START = dt.datetime(2026, 1, 3, 2, tzinfo=dt.UTC)
"""The plans of the year may be drafted, and nothing is due yet."""

_LAUNCHED_WITHIN_SECONDS = 60
_REPEATED = 150

Result = TypeVar("Result")


@dataclass(frozen=True)
class Ordeal:
    """How hard a run is."""

    kills_of_each: int
    employees: int
    clients: int
    workers: int
    apis: int
    days_a_second: float
    """The pace of business time, so that reminders and lapses fall between commands and kills."""
    calm_seconds: tuple[float, float]
    """Between two outages."""
    seed: int
    overlapping: float = 0.2
    """How often two kinds are down together."""


def run_ordeal(ordeal: Ordeal, directory: Path) -> tuple[Ledger, list[str]]:
    """Runs it from the main thread; returns what happened and everything that should not have."""
    dice = random.Random(ordeal.seed)
    print(f"\n  seed {ordeal.seed}")
    ledger = Ledger()
    with (
        installed(directory, workers=ordeal.workers, apis=ordeal.apis) as installation,
        # The processes belong to the main thread, which must not wait for the clients either.
        ThreadPoolExecutor(1) as aside,
    ):

        def apart(work: Coroutine[Any, Any, Result]) -> Result:
            return aside.submit(asyncio.run, work).result()

        agency = apart(_agency(installation, ordeal))
        installation.start()
        cases = apart(_launched(installation, agency))
        crowd = Crowd(
            installation.addresses, installation.signer, agency, cases, ledger, random.Random(ordeal.seed + 1)
        )
        stop = threading.Event()
        load = aside.submit(asyncio.run, _load(crowd, stop, ordeal.clients))
        try:
            _storm(installation, ordeal, ledger, dice)
        finally:
            stop.set()
        while not load.done():
            installation.watch(0.2)
        load.result()
        wrong = apart(_aftermath(installation, crowd))
        installation.stop()
        wrong += apart(_examined(installation, crowd))
        wrong += [f"answered with a fault: {fault}" for fault in ledger.faults]
        if not _audit_is_clean(installation):
            wrong.append("audit verify is not clean")
        ledger.notes["ended by themselves"] = str(installation.deaths())
    return ledger, wrong


def _storm(installation: Installation, ordeal: Ordeal, ledger: Ledger, dice: random.Random) -> None:
    waiting = [kind for kind in KINDS for _ in range(ordeal.kills_of_each)]
    dice.shuffle(waiting)
    installation.watch(3)
    while waiting:
        kinds: tuple[str, ...] = (waiting.pop(),)
        others = [kind for kind in waiting if kind not in kinds]
        if others and dice.random() < ordeal.overlapping:
            waiting.remove(others[0])
            kinds = (*kinds, others[0])
        ledger.outages.append(installation.kill(kinds, dice.uniform(0.2, 3), dice))
        installation.watch(dice.uniform(*ordeal.calm_seconds))
    for address in installation.addresses:
        until_listening(address)
    installation.watch(3)


async def _agency(installation: Installation, ordeal: Ordeal) -> SmallAgency:
    engine = create_engine(installation.settings["KINERJA_DATABASE_URL"])
    await upgrade(engine)
    now = dt.datetime.now(dt.UTC)
    clock: list[list[object]] = [[now.isoformat(), BUSINESS_START.isoformat(), ordeal.days_a_second * 86_400]]
    agency = await build_agency(engine, employees=ordeal.employees, clock=clock)
    await engine.dispose()
    return agency


async def _launched(installation: Installation, agency: SmallAgency) -> dict[uuid.UUID, uuid.UUID]:
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
    engine = create_engine(installation.settings["KINERJA_DATABASE_URL"])
    async with engine.connect() as connection:
        rows = await connection.execute(
            text("SELECT id, employee_id FROM appraisal WHERE started_at IS NOT NULL")
        )
        cases = {row.id: row.employee_id for row in rows if row.employee_id in agency.employees}
    await engine.dispose()
    assert len(cases) == len(agency.employees), "the launch did not come to its end"
    return cases


async def _load(crowd: Crowd, stop: threading.Event, clients: int) -> None:
    stopped = asyncio.Event()

    async def listen() -> None:
        while not stop.is_set():  # noqa: ASYNC110  # the main thread tells us
            await asyncio.sleep(0.1)
        stopped.set()

    async with asyncio.TaskGroup() as group:
        group.create_task(listen())
        group.create_task(crowd.act_until(stopped, clients))


async def _aftermath(installation: Installation, crowd: Crowd) -> list[str]:
    """Everything is up again: open outcomes become known, and the engine agrees with the record."""
    ledger = crowd.ledger
    ledger.notes["given up, then repeated"] = str(await crowd.settle())
    ledger.notes["repeated once more"] = str(await crowd.repeat(_REPEATED))
    engine = create_engine(installation.settings["KINERJA_DATABASE_URL"])
    client = await connect(installation.settings["KINERJA_TEMPORAL_ADDRESS"])
    wrong, figures = await findings.of_the_engine(client, engine, crowd.cases)
    ledger.notes["healed by catch_up"] = str(figures["healed by catch_up"])
    of_histories, figures = await findings.of_histories(client)
    ledger.notes["histories"] = ", ".join(f"{count} {name}" for name, count in figures.items())
    await engine.dispose()
    return wrong + of_histories


async def _examined(installation: Installation, crowd: Crowd) -> list[str]:
    """What is on record, read while nobody writes any more."""
    engine = create_engine(installation.settings["KINERJA_DATABASE_URL"])
    record = await findings.Record.read(engine)
    wrong = findings.of_commands(record, crowd.ledger.asked)
    wrong += findings.of_the_chain(record)
    wrong += await findings.of_tasks(record, engine)
    wrong += findings.of_notices(record, crowd.cases)
    kinds = [event.kind for appraisal in record.appraisals for event in appraisal.events]
    by_the_clock = [kind for kind in kinds if kind != "acted"]
    crowd.ledger.notes["on record"] = f"{len(kinds)} events, {len(by_the_clock)} of them by the clock"
    crowd.ledger.notes["notices"] = str(len(record.notices))
    await engine.dispose()
    return wrong


def _audit_is_clean(installation: Installation) -> bool:
    others = {name: value for name, value in os.environ.items() if not name.startswith("KINERJA_")}
    done = subprocess.run(
        (sys.executable, "-m", "service.cli", "audit", "verify"),
        env={**others, **installation.settings},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    print(f"  {done.stdout.strip().splitlines()[-1] if done.stdout.strip() else done.stderr.strip()}")
    return done.returncode == 0
