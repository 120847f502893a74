"""People act while something befalls the engine: before, during and after, with what was promised of each."""

import asyncio
import datetime as dt
import random
import statistics
import threading
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from states.clock import Clock
from states.codec import load_appraisal
from states.decide import advance
from store.agency.rule_contexts import rule_context_of
from tests.chaos import engine_findings, findings
from tests.chaos.clients import Crowd
from tests.chaos.core import woken_for
from tests.chaos.faults import Fault
from tests.chaos.installation import Installation, installed
from tests.chaos.ledger import Ledger
from tests.chaos.scene import (
    agency_in,
    apart,
    audit_is_clean,
    client_of,
    database_of,
    engine_examined,
    launched,
    load,
    record_examined,
)

_BEGINS = dt.datetime(2026, 1, 14, 12, tzinfo=dt.UTC)
_LADDER = dt.timedelta(days=13, hours=12)
"""Until after the last escalation of the plan, which is due on 20 January; reminders come before."""
_BEGINNING_SECONDS = 8.0
"""About how long the launch takes, and the first steps of the crowd."""
_OVERDUE_TOLERANCE = dt.timedelta(seconds=3)


@dataclass(frozen=True)
class FaultOrdeal:
    """How long a fault lasts, and who is there."""

    seconds: float
    before_seconds: float
    busy: int = 12
    """Cases on which people act."""
    quiet: int = 12
    """Cases on which only time acts: all their steps fall due during the fault."""
    clients: int = 6
    pause_seconds: float = 0.1
    within: float = engine_findings.WITHIN_SECONDS
    seed: int = field(default_factory=lambda: random.SystemRandom().randrange(1 << 32))

    def clock(self) -> Clock:
        """The ladder of the plan's deadline is passed during the fault."""
        pace = _LADDER.total_seconds() / self.seconds
        start = _BEGINS - dt.timedelta(seconds=pace) * (self.before_seconds + _BEGINNING_SECONDS)
        return Clock.from_data([[dt.datetime.now(dt.UTC).isoformat(), start.isoformat(), pace]])


@dataclass
class Borne:
    """How a fault was borne."""

    ledger: Ledger = field(default_factory=Ledger)
    wrong: list[str] = field(default_factory=list)
    before: list[float] = field(default_factory=list)
    """Seconds that each acknowledgement took."""
    during: list[float] = field(default_factory=list)
    unanswered: int = 0
    """Commands given during the fault that did not get an answer at once."""
    caught_up_after: float = 0.0
    """Seconds from the engine's return until it stood where the record stood and nothing was due."""
    missed: int = 0
    """Steps of quiet cases that fell due during the fault and were taken after it."""

    def print_figures(self, name: str, ordeal: FaultOrdeal) -> None:
        """The figures of the run."""
        print(
            f"\n  {name} for {ordeal.seconds:.0f} s: p95 {p95(self.before) * 1000:.0f} ms before "
            f"(n={len(self.before)}, {len(self.before) / ordeal.before_seconds:.1f}/s), "
            f"{p95(self.during) * 1000:.0f} ms during (n={len(self.during)}, "
            f"{len(self.during) / ordeal.seconds:.1f}/s), {self.unanswered} not answered at once; "
            f"in line {self.caught_up_after:.1f} s after; {self.missed} missed steps made up for"
        )
        self.ledger.print_figures()


def p95(seconds: list[float]) -> float:
    """The 95th percentile."""
    return statistics.quantiles(seconds, n=20, method="inclusive")[18] if len(seconds) > 1 else 0.0


def run_fault_ordeal(ordeal: FaultOrdeal, fault: Fault, directory: Path) -> Borne:
    """Runs it from the main thread, with which the processes end."""
    borne = Borne()
    clock = ordeal.clock()
    print(f"\n  seed {ordeal.seed}")
    with (
        fault.around(directory / "temporal"),
        installed(directory, workers=1, apis=1) as installation,
        ThreadPoolExecutor(2) as aside,
    ):
        agency = apart(aside, agency_in(installation, employees=ordeal.busy + ordeal.quiet, clock=clock))
        installation.start()
        everybody = apart(aside, launched(installation, agency))
        busy = dict(list(everybody.items())[: ordeal.busy])
        quiet = everybody.keys() - busy.keys()
        crowd = Crowd(
            installation.addresses,
            installation.signer,
            agency,
            busy,
            borne.ledger,
            random.Random(ordeal.seed),
            ordeal.pause_seconds,
        )
        stop = threading.Event()
        acting = aside.submit(asyncio.run, load(crowd, stop, ordeal.clients))
        try:
            installation.watch(2)
            fault.prepare(installation)
            installation.watch(1)
            began = time.monotonic()
            installation.watch(ordeal.before_seconds)
            away, away_at = time.monotonic(), time.time()
            fault.begin(installation)
            installation.watch(ordeal.seconds)
            back, back_at = time.monotonic(), time.time()
            fault.end(installation)
            catching_up = aside.submit(
                asyncio.run, _caught_up(installation, [*everybody], clock, ordeal.within)
            )
            while not catching_up.done():
                installation.watch(0.1)
            borne.caught_up_after = time.monotonic() - back
            borne.wrong += catching_up.result()
        finally:
            stop.set()
        while not acting.done():
            installation.watch(0.2)
        acting.result()
        _count(borne, began, away, back)
        apart(aside, crowd.settle())
        apart(aside, crowd.repeat(30))
        since = dt.datetime.fromtimestamp(back_at, dt.UTC) if fault.tears_runs else None
        borne.wrong += apart(aside, engine_examined(installation, crowd, borne.ledger, since))
        installation.stop()
        borne.wrong += apart(aside, record_examined(installation, crowd))
        borne.wrong += [f"answered with a fault: {each}" for each in borne.ledger.faults]
        borne.missed = apart(aside, _missed(installation, quiet, clock, (away_at, back_at)))
        if not audit_is_clean(installation):
            borne.wrong.append("audit verify is not clean")
        borne.ledger.notes["ended by themselves"] = str(installation.deaths())
    return borne


def _count(borne: Borne, began: float, away: float, back: float) -> None:
    for asked in borne.ledger.asked:
        answered = bool(asked.acknowledged) and asked.ended is not None and not asked.unknown
        if answered and began <= asked.began < away:
            borne.before.append(asked.seconds)
        elif answered and away <= asked.began < back:
            borne.during.append(asked.seconds)
        elif away <= asked.began < back and (asked.unknown or not asked.settled):
            borne.unanswered += 1


async def _caught_up(
    installation: Installation, appraisals: list[uuid.UUID], clock: Clock, within: float
) -> list[str]:
    """What is not in line in time, or still due; the crowd goes on meanwhile."""
    client = await client_of(installation)
    async with database_of(installation) as engine:
        wrong, seconds = await engine_findings.until_in_line(client, engine, appraisals, within=within)
        while True:
            due = await _due(installation, clock)
            if wrong or not due or seconds > within:
                return wrong + due
            await asyncio.sleep(0.25)
            seconds += 0.25


async def _due(installation: Installation, clock: Clock) -> list[str]:
    """Cases on which time should have acted already."""
    until = clock.business(dt.datetime.now(dt.UTC) - _OVERDUE_TOLERANCE)
    due = []
    async with database_of(installation) as engine:
        for row in (await findings.Record.read(engine)).appraisals:
            current = load_appraisal(row.snapshot)
            events, _ = advance(current, until, await rule_context_of(engine, current))
            if events:
                due.append(f"{row.id}: {len(events)} steps are due and not taken")
    return due


async def _missed(
    installation: Installation, quiet: set[uuid.UUID], clock: Clock, away: tuple[float, float]
) -> int:
    async with database_of(installation) as engine:
        record = await findings.Record.read(engine)
    return woken_for(record, quiet, clock, *away)
