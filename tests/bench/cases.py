"""Appraisals under way, and one action after another on them."""

import asyncio
import datetime as dt
import itertools
import uuid
from collections import deque
from dataclasses import dataclass, field

import aiohttp
from sqlalchemy import text

from content.rules import ContentRules
from service.accounts.tokens import TokenSigner
from states.appraisal import Appraisal
from states.clock import Clock, Segment
from states.codec import load_appraisal
from states.decide import advance, launched
from states.rules import Rulebook
from store.appraisal.decision import Decision
from store.appraisal.launching import Entrant, create, first_snapshot
from store.appraisal.recording import record
from store.following.reading import lag
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
        trigger, actor = self._next(case)
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

    def _next(self, case: Case) -> tuple[str, uuid.UUID]:
        if case.in_review:
            return "return_plan", self.agency.rater
        return "submit_plan", case.employee

    def _moved(self, case: Case, sequence: int) -> None:
        case.sequence, case.in_review = sequence, not case.in_review
        self.idle.append(case)


def clock_at(business: dt.datetime) -> Clock:
    """Business time that stands at ``business`` now and passes at real pace."""
    return Clock((Segment(dt.datetime.now(dt.UTC), business, 1.0),))


async def cases_at(
    house: House,
    count: int,
    moment: dt.datetime,
    http: aiohttp.ClientSession,
    *,
    book: Rulebook | None = None,
    content: ContentRules | None = None,
) -> Cases:
    """``count`` running appraisals in drafting, all that time does up to the business ``moment`` on record.

    Returns once the engine follows all of them.
    """
    clock = clock_at(moment)
    agency = await build_agency(
        house.database,
        name=f"Kota {uuid.uuid4()}",
        employees=count,
        clock=clock.to_data(),
        book=book,
        content=content,
    )
    entrants = [
        Entrant(
            employee,
            agency.unit,
            launched(employee=str(employee), year=2026, now=LAUNCHED_AT, rules=agency.rules),
        )
        for employee in agency.employees
    ]
    async with house.database.begin() as transaction:
        await create(transaction, agency.cycle, entrants, rules=agency.rules, clock=clock)
    waiting, running = deque(entrants), deque[Case]()

    async def advance_one() -> None:
        entrant = waiting.popleft()
        appraisal = await _advanced(house, agency, first_snapshot(agency.cycle, entrant)[0], moment, clock)
        running.append(Case(appraisal.id, entrant.employee, appraisal.sequence))

    await drive(advance_one, pieces=count, at_once=16)
    await followed(house)
    await house.settle()
    return Cases(house, agency, clock, running, http)


async def followed(house: House) -> float:
    """Waits until the engine has been told of everything on record; how many seconds that took."""
    began = asyncio.get_running_loop().time()
    async with asyncio.timeout(900):
        while await behind(house):  # noqa: ASYNC110  # the record is looked at, nothing tells us
            await asyncio.sleep(0.1)
    return asyncio.get_running_loop().time() - began


async def behind(house: House) -> int:
    """How many cases the engine has not been told of to their last event."""
    async with house.database.connect() as connection:
        return (await lag(connection)).cases


async def _advanced(
    house: House, agency: SmallAgency, first: Appraisal, moment: dt.datetime, clock: Clock
) -> Appraisal:
    """Everything that time does up to a moment on record; a case that the engine woke meanwhile is looked at again."""
    events, _ = advance(first, moment, agency.rules)
    decision = Decision(first, tuple(events), f"wake:{first.sequence}", "", moment, clock)
    async with house.database.begin() as transaction:
        after = await record(transaction, decision, agency.rules)
    if after is not None:
        return after
    async with house.database.connect() as connection:
        snapshot = await connection.scalar(
            text("SELECT snapshot FROM appraisal WHERE id = :id"), {"id": uuid.UUID(first.id)}
        )
    current = load_appraisal(snapshot)
    if current.sequence == first.sequence:
        return await _advanced(house, agency, current, moment, clock)
    return current


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
