"""Appraisals under way, and one action after another on them."""

import datetime as dt
import itertools
import uuid
from collections import deque
from dataclasses import dataclass, field

import aiohttp
from sqlalchemy import text
from temporalio.service import RPCError, RPCStatusCode

from activities.starting import AppraisalStart, appraisal_workflow_id, start_appraisal
from service.tokens import TokenSigner
from states.appraisal import Appraisal
from states.clock import Clock, Segment
from states.decide import advance, launched
from store.appraisal.launching import Entrant, create, first_snapshot
from store.appraisal.recording import Decision, record
from tests.bench.house import SECRET, House
from tests.bench.load import drive
from tests.fixtures.agency import SmallAgency, build_agency
from tests.fixtures.cases import LAUNCHED_AT

TEXT = "Menyusun dan melaksanakan rencana pelayanan perizinan satu pintu, dengan indikator dan target. " * 8
"""A plan of the usual length, some 800 characters."""

_keys = itertools.count()


@dataclass
class Case:
    """One appraisal in the plan's first two stages, between which actions move it to and fro."""

    appraisal: str
    employee: uuid.UUID
    sequence: int
    in_review: bool = False


@dataclass
class Cases:
    """Appraisals of one agency, each acted on by one at a time."""

    house: House
    agency: SmallAgency
    clock: Clock
    idle: deque[Case]
    http: aiohttp.ClientSession
    _signer: TokenSigner = field(default_factory=lambda: TokenSigner(SECRET))

    async def act_over_http(self) -> None:
        """The employee submits a plan, or the rater returns it, as a browser would ask for it."""
        case = self.idle.popleft()
        trigger, _, actor = self._next(case)
        token = self._signer.issue(actor, self.agency.agency, dt.timedelta(days=1))
        async with self.http.post(
            f"{self.house.api}/appraisals/{case.appraisal}/actions/{trigger}",
            json={"text": f"{TEXT}{next(_keys)}"},
            headers={"Authorization": f"Bearer {token}", "Idempotency-Key": uuid.uuid4().hex},
        ) as answer:
            body = await answer.json()
            if answer.status != 200:
                raise RuntimeError(f"{answer.status}: {body}")
        self._moved(case, body["sequence"])

    async def act_on_engine(self) -> None:
        """The same command given to the engine, without the service before it."""
        case = self.idle.popleft()
        trigger, capacity, actor = self._next(case)
        handle = self.house.client.get_workflow_handle(appraisal_workflow_id(case.appraisal))
        command = {
            "trigger": trigger,
            "capacity": capacity,
            "actor": str(actor),
            "document": "d" * 64,
            "fingerprint": "f" * 16,
            "seen": case.sequence,
        }
        answer = await handle.execute_update("act", command, id=uuid.uuid4().hex, result_type=dict)
        self._moved(case, answer["sequence"])

    def _next(self, case: Case) -> tuple[str, str, uuid.UUID]:
        if case.in_review:
            return "return_plan", "rater", self.agency.rater
        return "submit_plan", "employee", case.employee

    def _moved(self, case: Case, sequence: int) -> None:
        case.sequence, case.in_review = sequence, not case.in_review
        self.idle.append(case)


def clock_at(business: dt.datetime) -> Clock:
    """Business time that stands at ``business`` now and passes at real pace."""
    return Clock((Segment(dt.datetime.now(dt.UTC), business, 1.0),))


async def cases_at(house: House, count: int, moment: dt.datetime, http: aiohttp.ClientSession) -> Cases:
    """``count`` running appraisals in drafting, all that time does up to the business ``moment`` on record.

    Returns once a worker has taken all of them up.
    """
    clock = clock_at(moment)
    agency = await build_agency(
        house.database, name=f"Kota {uuid.uuid4()}", employees=count, clock=clock.to_data()
    )
    entrants = [
        Entrant(
            employee,
            agency.unit,
            launched(employee=str(employee), year=2026, now=LAUNCHED_AT, regime=agency.regime),
        )
        for employee in agency.employees
    ]
    async with house.database.begin() as transaction:
        await create(transaction, agency.cycle, entrants)
    waiting, running = deque(entrants), deque[Case]()

    async def start() -> None:
        entrant = waiting.popleft()
        appraisal = await _advanced(house, agency, first_snapshot(agency.cycle, entrant)[0], moment)
        begun = AppraisalStart(appraisal, agency.regime, agency.cycle, agency.unit, clock.to_data())
        await start_appraisal(house.client, begun)
        running.append(Case(appraisal.id, entrant.employee, appraisal.sequence))

    await drive(start, pieces=count, at_once=16)
    await _taken_up(house, running[-1])
    await house.settle()
    return Cases(house, agency, clock, running, http)


async def _taken_up(house: House, last: Case) -> None:
    """Waits until the worker answers for the case that was started last, behind all the others in its queue."""
    handle = house.client.get_workflow_handle(appraisal_workflow_id(last.appraisal))
    for _ in range(20):
        try:
            await handle.query("position", rpc_timeout=dt.timedelta(seconds=30))
        except RPCError as error:
            if error.status not in (RPCStatusCode.CANCELLED, RPCStatusCode.DEADLINE_EXCEEDED):
                raise
        else:
            return
    raise TimeoutError("the worker does not catch up with the appraisals that were started")


async def _advanced(house: House, agency: SmallAgency, first: Appraisal, moment: dt.datetime) -> Appraisal:
    events, _ = advance(first, moment, agency.regime)
    decision = Decision(first, tuple(events), f"wake:{first.sequence}", "", moment)
    async with house.database.begin() as transaction:
        after = await record(transaction, decision, agency.regime)
    if after is None:
        raise RuntimeError("somebody else moved a new appraisal")
    return after


async def recorded_after(house: House, cycle: uuid.UUID, moment: dt.datetime) -> int:
    """How many events of a cycle happened at or after a business moment."""
    async with house.database.connect() as connection:
        return int(
            await connection.scalar(
                text(
                    "SELECT count(*) FROM event JOIN appraisal ON appraisal.id = event.appraisal_id "
                    "WHERE cycle_id = :cycle AND event.at >= :moment"
                ),
                {"cycle": cycle, "moment": moment},
            )
            or 0
        )
