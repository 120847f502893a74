"""Some cases are damaged in the database while people act on the others and time acts on all."""

import asyncio
import datetime as dt
import random
import threading
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import text

from states.clock import Clock
from tests.chaos import engine_findings, findings
from tests.chaos.clients import Crowd
from tests.chaos.core import lateness
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

_STARTS = dt.datetime(2026, 1, 12, 6, tzinfo=dt.UTC)
_ENDS = dt.datetime(2026, 1, 28, 6, tzinfo=dt.UTC)
"""Three steps of the plan's deadline lie in the first half and four in the second, so that time has as much to do."""
_SETTLING_SECONDS = 8.0

DAMAGES = (
    """jsonb_set(snapshot, '{rulebook}', '"nobody@9"')""",
    """jsonb_set(snapshot, '{calendar}', '"nowhere"')""",
    """jsonb_set(snapshot, '{stage}', '"nowhere"')""",
    """jsonb_set(snapshot, '{deadline}', '{"rule": 7}')""",
    """snapshot - 'entered_at'""",
    """'{}'::jsonb""",
    """'[null]'::jsonb""",
    """'"torn"'::jsonb""",
)
"""What is left of the snapshots: an unknown rulebook and calendar, and JSON that says less and less."""


@dataclass(frozen=True)
class PoisonOrdeal:
    """How many cases are damaged, for how long, and who is there beside them."""

    seconds: float
    """Of each: before the damage, and from it to the repair."""
    busy: int = 12
    quiet: int = 12
    damaged: int = 8
    clients: int = 6
    pause_seconds: float = 0.1
    within: float = engine_findings.WITHIN_SECONDS
    """The damaged cases wait longer after each failed look; those of a long run need more than a minute."""
    seed: int = field(default_factory=lambda: random.SystemRandom().randrange(1 << 32))

    def clock(self) -> Clock:
        """The steps of the plan's deadline are spread over all of the run."""
        length = 2 * self.seconds + _SETTLING_SECONDS
        pace = (_ENDS - _STARTS).total_seconds() / length
        return Clock.from_data([[dt.datetime.now(dt.UTC).isoformat(), _STARTS.isoformat(), pace]])


@dataclass
class Poisoned:
    """How it was borne."""

    ledger: Ledger = field(default_factory=Ledger)
    wrong: list[str] = field(default_factory=list)
    rates: tuple[float, float] = (0.0, 0.0)
    """Rounds of the clients a second, on the other cases, before and during: each looks at one and may act on it."""
    late: tuple[list[float], list[float]] = ([], [])
    """Seconds by which time acted late on quiet cases, before and during."""
    troubles: dict[uuid.UUID, str] = field(default_factory=dict)
    """What is noted of each damaged case shortly before the repair."""
    moved: int = 0
    """Steps of damaged cases that were taken while they were damaged."""
    repaired_after: float = 0.0
    """Seconds from the repair until time had acted on all of them."""

    def print_figures(self, ordeal: PoisonOrdeal) -> None:
        """The figures of the run."""
        before, during = self.late
        print(
            f"\n  {ordeal.damaged} of {ordeal.busy + ordeal.quiet + ordeal.damaged} damaged for "
            f"{ordeal.seconds:.0f} s: {self.rates[0]:.1f}/s before, {self.rates[1]:.1f}/s during; time late by at "
            f"most {max(before, default=0):.2f} s before (n={len(before)}), {max(during, default=0):.2f} s during "
            f"(n={len(during)}); all in line {self.repaired_after:.1f} s after the repair; "
            f"noted: {sorted(set(self.troubles.values()))}"
        )
        self.ledger.print_figures()


def run_poison_ordeal(ordeal: PoisonOrdeal, directory: Path) -> Poisoned:
    """Runs it from the main thread, with which the processes end."""
    poisoned = Poisoned()
    clock = ordeal.clock()
    with installed(directory, workers=1, apis=1) as installation, ThreadPoolExecutor(2) as aside:
        agency = apart(
            aside,
            agency_in(installation, employees=ordeal.busy + ordeal.quiet + ordeal.damaged, clock=clock),
        )
        installation.start()
        everybody = apart(aside, launched(installation, agency))
        cases = list(everybody)
        damaged, quiet = cases[: ordeal.damaged], set(cases[ordeal.damaged :][: ordeal.quiet])
        busy = {case: everybody[case] for case in cases[ordeal.damaged + ordeal.quiet :]}
        crowd = Crowd(
            installation.addresses,
            installation.signer,
            agency,
            busy,
            poisoned.ledger,
            random.Random(ordeal.seed),
            ordeal.pause_seconds,
        )
        stop = threading.Event()
        acting = aside.submit(asyncio.run, load(crowd, stop, ordeal.clients))
        try:
            installation.watch(2)
            began = time.time()
            installation.watch(ordeal.seconds)
            hurt = time.time()
            kept = apart(aside, _damage(installation, damaged))
            installation.watch(ordeal.seconds)
            poisoned.troubles = apart(aside, _troubles(installation, damaged))
            repaired = time.time()
            apart(aside, _repair(installation, kept))
        finally:
            stop.set()
        while not acting.done():
            installation.watch(0.2)
        acting.result()
        poisoned.rates = _rates(poisoned.ledger, (began, hurt, repaired))
        poisoned.wrong += apart(aside, _all_in_line(installation, cases, ordeal.within))
        poisoned.repaired_after = time.time() - repaired
        apart(aside, crowd.settle())
        poisoned.wrong += apart(aside, engine_examined(installation, crowd, poisoned.ledger))
        installation.stop()
        poisoned.wrong += apart(aside, record_examined(installation, crowd))
        poisoned.wrong += [f"answered with a fault: {each}" for each in poisoned.ledger.faults]
        record = apart(aside, _record(installation))
        poisoned.late = (
            lateness(record, quiet, clock, began, hurt),
            lateness(record, quiet, clock, hurt, repaired),
        )
        poisoned.moved = len(lateness(record, set(damaged), clock, hurt + 1, repaired))
        if not audit_is_clean(installation):
            poisoned.wrong.append("audit verify is not clean")
    return poisoned


def _rates(ledger: Ledger, moments: tuple[float, float, float]) -> tuple[float, float]:
    began, hurt, repaired = (moment - time.time() + time.monotonic() for moment in moments)
    return (
        sum(began <= at < hurt for at in ledger.looked) / (hurt - began),
        sum(hurt <= at < repaired for at in ledger.looked) / (repaired - hurt),
    )


async def _damage(installation: Installation, cases: list[uuid.UUID]) -> dict[uuid.UUID, str]:
    """Damages each case in its own way; gives the snapshots as they were."""
    kept: dict[uuid.UUID, str] = {}
    seen: dict[uuid.UUID, int] = {}
    async with database_of(installation) as engine:
        for _ in range(10):
            async with engine.begin() as connection:
                rows = await connection.execute(
                    text(
                        "SELECT id, sequence, CAST(snapshot AS text) AS snapshot FROM appraisal "
                        "WHERE id = ANY(:cases) ORDER BY id FOR UPDATE"
                    ),
                    {"cases": cases},
                )
                # Whoever had read a case before may write it whole once more after the damage.
                whole = [row for row in rows if seen.get(row.id) != row.sequence]
                for row in whole:
                    damage = DAMAGES[cases.index(row.id) % len(DAMAGES)]
                    await connection.execute(
                        text(f"UPDATE appraisal SET snapshot = {damage} WHERE id = :id"), {"id": row.id}
                    )
                    kept[row.id], seen[row.id] = row.snapshot, row.sequence
            if not whole:
                break
            await asyncio.sleep(0.5)
    return kept


async def _repair(installation: Installation, kept: dict[uuid.UUID, str]) -> None:
    async with database_of(installation) as engine, engine.begin() as connection:
        for case, snapshot in kept.items():
            await connection.execute(
                text("UPDATE appraisal SET snapshot = CAST(:snapshot AS jsonb) WHERE id = :id"),
                {"id": case, "snapshot": snapshot},
            )


async def _troubles(installation: Installation, cases: list[uuid.UUID]) -> dict[uuid.UUID, str]:
    async with database_of(installation) as engine, engine.connect() as connection:
        rows = await connection.execute(
            text("SELECT appraisal_id, trouble FROM following WHERE appraisal_id = ANY(:cases)"),
            {"cases": cases},
        )
        return {row.appraisal_id: row.trouble for row in rows}


async def _all_in_line(installation: Installation, cases: list[uuid.UUID], within: float) -> list[str]:
    """What is not in line, overdue or still in trouble when the time is over."""
    client = await client_of(installation)
    overdue = text(
        "SELECT count(*) FROM following WHERE trouble <> '' OR wake_at < now() - interval '2 seconds'"
    )
    loop = asyncio.get_running_loop()
    until = loop.time() + within
    async with database_of(installation) as engine:
        while True:
            async with engine.connect() as connection:
                late = await connection.scalar(overdue)
            if not late or loop.time() > until:
                break
            await asyncio.sleep(0.25)
        wrong, _ = await engine_findings.until_in_line(client, engine, cases, within=10)
    return wrong + ([f"time has not acted on {late} cases, or they are in trouble"] if late else [])


async def _record(installation: Installation) -> findings.Record:
    async with database_of(installation) as engine:
        return await findings.Record.read(engine)
