"""One kill test from the first process to the last finding."""

import asyncio
import random
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from states.stages import Stage
from tests.chaos.clients import Crowd
from tests.chaos.installation import KINDS, Installation, installed
from tests.chaos.ledger import Ledger
from tests.chaos.roles import until_listening
from tests.chaos.scene import (
    agency_in,
    apart,
    audit_is_clean,
    engine_examined,
    launched,
    load,
    paced,
    record_examined,
    unreached,
)

_REPEATED = 150
_REACHED_WITHIN_SECONDS = 90
"""So long the crowd goes on after the last kill until each stage has been reached."""


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
    pause_seconds: float = 0.1
    """The longest pause of a client between two commands."""


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
        agency = apart(
            aside,
            agency_in(installation, employees=ordeal.employees, clock=paced(ordeal.days_a_second)),
        )
        installation.start()
        crowd = Crowd(
            installation.addresses,
            installation.signer,
            agency,
            apart(aside, launched(installation, agency)),
            ledger,
            random.Random(ordeal.seed + 1),
            ordeal.pause_seconds,
        )
        stop = threading.Event()
        acting = aside.submit(asyncio.run, load(crowd, stop, ordeal.clients))
        try:
            _storm(installation, ordeal, ledger, dice)
            _until_reached(installation, crowd)
        finally:
            stop.set()
        while not acting.done():
            installation.watch(0.2)
        acting.result()
        wrong = apart(aside, _aftermath(installation, crowd))
        installation.stop()
        wrong += apart(aside, record_examined(installation, crowd)) + unreached(crowd)
        wrong += [f"answered with a fault: {fault}" for fault in ledger.faults]
        if not audit_is_clean(installation):
            wrong.append("audit verify is not clean")
        ledger.notes["ended by themselves"] = str(installation.deaths())
        ledger.notes["stages reached"] = f"{len(Stage) - len(unreached(crowd))} of {len(Stage)}"
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


def _until_reached(installation: Installation, crowd: Crowd) -> None:
    deadline = time.monotonic() + _REACHED_WITHIN_SECONDS
    while unreached(crowd) and time.monotonic() < deadline:
        installation.watch(0.5)


async def _aftermath(installation: Installation, crowd: Crowd) -> list[str]:
    """Everything is up again: open outcomes become known, and the engine agrees with the record."""
    ledger = crowd.ledger
    ledger.notes["given up, then repeated"] = str(await crowd.settle())
    ledger.notes["repeated once more"] = str(await crowd.repeat(_REPEATED))
    return await engine_examined(installation, crowd, ledger)
