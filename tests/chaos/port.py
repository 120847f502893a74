"""Cases of which the engine may know, and somebody who reaches the engine's port and sends whatever he likes."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine
from temporalio.api.common.v1 import Payload
from temporalio.client import Client, WorkflowHandle
from temporalio.common import RawValue

from activities.patrolling import Patrol
from activities.starting import APPRAISAL_WORKFLOW, FOLLOWED, appraisal_workflow_id
from activities.sweeping import Sweeper
from states.clock import Clock
from states.decide import launched
from store.appraisal.launching import Entrant, appraisal_id, create
from tests.chaos import engine_findings
from tests.fixtures.agency import SmallAgency

WITHIN_SECONDS = 30.0

UNREADABLE = RawValue(Payload(metadata={"encoding": b"binary/nobody-knows"}, data=b"\xff\x00"))
BARE = RawValue(Payload(data=b"\xff\x00"))
BROKEN = RawValue(Payload(metadata={"encoding": b"json/plain"}, data=b'{"never": '))
NINES = "9" * 5_000

GARBAGE: tuple[tuple[Any, ...], ...] = (
    (),
    (None,),
    (True,),
    ({},),
    ({"sequence": 99},),
    ([1, [2]],),
    (1e300,),
    ("",),
    (" ",),
    ("x" * 400_000,),
    ("1 2 3 4 5 6",),
    ("-1 plan_drafting - - 0",),
    ("٣ plan_drafting - - ٢",),
    (f"{NINES} plan_drafting - - 2",),
    (f"3 plan_drafting - - {NINES}",),
    ("3 nowhere - - 2",),
    ("3 plan_review 2026-99-99 - 2",),
    ("3 plan_review - 2026-01-01T00:00:00 2",),
    ("99 finalised - - 2",),
    ("99 cancelled - - -",),
    ("1 scheduled - - -",),
    ("a", "b"),
    ("3 plan_review - - 2", "3 plan_review - - 2"),
    (UNREADABLE,),
    (BARE,),
    (BROKEN,),
)
"""What no teller ever sends."""

PLAUSIBLE: tuple[str, ...] = (
    "3 plan_review 2099-01-31 2099-01-24T01:00:00Z 2",
    "3 plan_review - - 2",
    "1000000 plan_drafting - 2099-01-24T01:00:00Z 2",
    f"{'9' * 4_000} plan_drafting - 2099-01-24T01:00:00Z 2",
    "3 plan_review 9999-12-31 9999-12-31T23:59:59Z 2",
    "3 plan_review 9999-12-31 9999-12-31T23:59:59.9999-14:00 2",
    "3 plan_review 0001-01-01 0001-01-01T00:00:00+14:00 2",
    "3 suspended - 2399-01-24T01:00:00Z 2",
)
"""What looks like the next step of a case whose plan may be drafted, and is none."""


@dataclass
class Port:
    """An agency's cases, whoever tells the engine of them, and the engine's port."""

    client: Client
    database: AsyncEngine
    agency: SmallAgency
    queue: str
    clock: Clock

    def __post_init__(self) -> None:
        self.sweeper = Sweeper(self.database, self.client, queue=self.queue)
        self.patrol = Patrol(self.database, self.client, queue=self.queue)
        self.cases = [appraisal_id(self.agency.cycle, each) for each in self.agency.employees]

    async def create(self) -> None:
        """Puts the cases on record; the engine has not heard of them."""
        now = self.clock.business(dt.datetime.now(dt.UTC))
        rules = self.agency.rules
        entrants = [
            Entrant(each, self.agency.unit, launched(employee=str(each), year=2026, now=now, rules=rules))
            for each in self.agency.employees
        ]
        async with self.database.begin() as connection:
            await create(connection, self.agency.cycle, entrants, rules=self.agency.rules, clock=self.clock)

    async def tell(self) -> None:
        """Tells the engine of every case that waits."""
        for _ in range(20):
            cases, _ = await self.sweeper.sweep()
            if not cases:
                return

    async def tell_all(self) -> None:
        """Tells the engine of every case anew."""
        await self.run("UPDATE following SET followed = NULL, next_attempt_at = now()")
        await self.tell()

    def handle(self, case: uuid.UUID) -> WorkflowHandle[Any, Any]:
        """The workflow of a case."""
        return self.client.get_workflow_handle(appraisal_workflow_id(case))

    async def signal(self, case: uuid.UUID, arguments: Sequence[Any]) -> None:
        """A forged signal."""
        await self.handle(case).signal(FOLLOWED, args=arguments)

    async def start(self, case: uuid.UUID, arguments: Sequence[Any], **options: Any) -> None:
        """A forged start under the name of a case, of our type and on our queue unless ``options`` say otherwise."""
        kind = options.pop("kind", APPRAISAL_WORKFLOW)
        given = {"id": appraisal_workflow_id(case), "task_queue": self.queue} | options
        await self.client.start_workflow(kind, args=arguments, **given)

    async def run(self, statement: str, **parameters: Any) -> None:
        """Changes the database."""
        async with self.database.begin() as connection:
            await connection.execute(text(statement), parameters)

    async def make_overdue(self, cases: Sequence[uuid.UUID]) -> None:
        """Lets the wakes of some cases have been missed for minutes."""
        await self.run(
            "UPDATE following SET wake_at = now() - interval '5 minutes', "
            "next_attempt_at = now() - interval '5 minutes' WHERE appraisal_id = ANY(:cases)",
            cases=list(cases),
        )

    async def events(self) -> list[tuple[Any, ...]]:
        """Everything on record."""
        async with self.database.connect() as connection:
            rows = await connection.execute(
                text("SELECT appraisal_id, sequence, kind, command_id, hash FROM event ORDER BY 1, 2")
            )
            return [tuple(row) for row in rows]

    async def not_in_line(self, cases: Sequence[uuid.UUID] | None = None) -> list[str]:
        """Cases whose workflows do not come to stand where the record stands."""
        wrong, _ = await engine_findings.until_in_line(
            self.client, self.database, self.cases if cases is None else cases, within=WITHIN_SECONDS
        )
        return wrong
