"""Launches a cycle page by page: records the appraisals, starts their workflows, notes what became of each."""

import asyncio
import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager

from sqlalchemy.ext.asyncio import AsyncEngine
from temporalio import activity
from temporalio.client import Client
from temporalio.exceptions import ApplicationError
from temporalio.service import RPCError, RPCStatusCode

from activities.queues import Queue
from activities.starting import AppraisalStart, start_appraisal
from states import shelf
from states.calendar import UnknownZone
from states.clock import Clock
from states.codec import Json
from states.decide import launched
from states.regime import Regime
from states.rules import Rulebook
from store.agency.regimes import keep, regime_of
from store.appraisal.launching import Entrant, create
from store.cycle.calendars import calendar_of
from store.cycle.launching import (
    Candidate,
    CycleUnknown,
    LaunchingCycle,
    WaitingAppraisal,
    candidates,
    launching_cycle,
    mark_launched,
    outline,
    page_bounds,
    waiting_appraisals,
)
from store.cycle.selection import Selection
from store.database import autocommit
from store.launch.outcomes import FailReason, Outcome
from store.launch.recording import PersonOutcome, Tally, note_earlier, record_outcomes, tally

STARTS_AT_ONCE = 16
"""Of all pages together that a worker has under way."""
BEAT_SECONDS = 1.0
ATTEMPTS = 4
"""So often a page is tried while the engine is busy or away, before people are listed as failed."""

_FAILURES: Mapping[RPCStatusCode, FailReason] = {
    RPCStatusCode.RESOURCE_EXHAUSTED: FailReason.ENGINE_BUSY,
    RPCStatusCode.UNAVAILABLE: FailReason.ENGINE_AWAY,
    RPCStatusCode.DEADLINE_EXCEEDED: FailReason.ENGINE_AWAY,
    RPCStatusCode.CANCELLED: FailReason.ENGINE_AWAY,
}


_PASSING = frozenset({FailReason.ENGINE_BUSY, FailReason.ENGINE_AWAY})


class Launching:
    """The activities behind the launch of a cycle; ``queue`` is where the appraisals are to run.

    Requests name the ``cycle``, the ``launch`` (the id under which outcomes are noted) and, unless everybody is
    meant, ``who`` (see `Selection`).
    """

    def __init__(self, engine: AsyncEngine, client: Client, *, queue: str = Queue.APPRAISAL) -> None:
        self._engine = engine
        self._autocommit = autocommit(engine)
        self._client = client
        self._queue = queue
        self._slots = asyncio.Semaphore(STARTS_AT_ONCE)

    @activity.defn(name="launch_outline")
    async def launch_outline(self, request: Json) -> Json:
        """What lies before a launch: the numbers ``people`` and ``started``, and when it ``began``.

        ``bounds`` are the ids that part its people into pages of ``page`` people.
        """
        cycle = await self._cycle(request)
        who = Selection.from_data(request.get("who", {}))
        async with self._autocommit.connect() as connection:
            found = await outline(connection, cycle.id, who)
            bounds = await page_bounds(connection, cycle.id, who, size=request["page"])
        return {
            "people": found.people,
            "started": found.started,
            "began": found.at.isoformat(),
            "bounds": [str(bound) for bound in bounds],
        }

    @activity.defn(name="launch_chunk")
    async def launch_chunk(self, request: Json) -> Json:
        """Launches the next people without a started appraisal.

        ``request`` has besides ``after`` and ``until`` (ids between which the people are, or none), ``limit`` and
        ``began`` of the outline. Returns ``seen``, ``started``, ``already``, ``skipped`` (number by reason),
        ``failed`` (a reason for each person) and ``after``, which is none once nobody is left there. A repetition
        starts nobody twice: what is on record stays as it is, and what an earlier attempt noted is counted with
        the rest.
        """
        async with _beating():
            cycle = await self._cycle(request)
            launch = request["launch"]
            after, until = _id(request.get("after")), _id(request.get("until"))
            now = dt.datetime.now(dt.UTC)
            began = dt.datetime.fromisoformat(request["began"]) if request.get("began") else now
            moment = Clock.from_data(cycle.clock).business(now)
            async with self._autocommit.connect() as connection:
                page = await candidates(
                    connection,
                    cycle.id,
                    after=after,
                    until=until,
                    limit=request["limit"],
                    moment=moment,
                    who=Selection.from_data(request.get("who", {})),
                )
            outcomes = [
                PersonOutcome(each.employee, Outcome.SKIPPED, each.skip)
                for each in page
                if each.skip is not None
            ]
            entering, without = _entrants(cycle, page, moment)
            outcomes += without
            waiting = await self._recorded(cycle, entering, page, began)
            await self._start_all(cycle, launch, waiting, outcomes)
            _try_again_if(outcomes)
            last = page[-1].employee if len(page) == request["limit"] else until
            async with self._autocommit.connect() as connection:
                counted = await tally(connection, cycle.id, launch, after=after, until=last)
        return _counts(counted) | {"after": None if last == until else str(last)}

    @activity.defn(name="launch_done")
    async def launch_done(self, request: Json) -> Json:
        """Notes that everybody has been seen; returns ``outcomes``, the numbers of the whole launch."""
        cycle = uuid.UUID(request["cycle"])
        async with self._autocommit.connect() as connection:
            await mark_launched(connection, cycle)
            await note_earlier(connection, cycle)
            counted = await tally(connection, cycle, request["launch"])
        return {"outcomes": _counts(counted)}

    async def _cycle(self, request: Json) -> LaunchingCycle:
        async with self._autocommit.connect() as connection:
            try:
                return await launching_cycle(connection, uuid.UUID(request["cycle"]))
            except CycleUnknown as unknown:
                raise ApplicationError(
                    f"there is no cycle {unknown}", type="cycle_unknown", non_retryable=True
                ) from unknown

    async def _recorded(
        self,
        cycle: LaunchingCycle,
        entering: Sequence[tuple[Regime, Sequence[Entrant]]],
        page: Sequence[Candidate],
        began: dt.datetime,
    ) -> list[WaitingAppraisal]:
        """Puts the appraisals on record and reads them back, with those that an earlier attempt left there."""
        entrants = [entrant for _, group in entering for entrant in group]
        employees = [entrant.employee for entrant in entrants]
        employees += [each.employee for each in page if each.on_record]
        if not employees:
            return []
        async with self._engine.begin() as transaction:
            for regime, _ in entering:
                await keep(transaction, regime)
            if entrants:
                await create(transaction, cycle.id, entrants)
            waiting = await waiting_appraisals(transaction, cycle.id, employees, began=began)
        for regime, _ in entering:
            shelf.put(regime)
        return waiting

    async def _start_all(
        self,
        cycle: LaunchingCycle,
        launch: str,
        waiting: Sequence[WaitingAppraisal],
        outcomes: list[PersonOutcome],
    ) -> None:
        """Starts the workflows and notes what became of each, together with the ``outcomes`` before."""

        async def start(appraisal: WaitingAppraisal) -> None:
            async with self._slots:
                outcomes.append(await self._start(cycle, appraisal))

        try:
            async with asyncio.TaskGroup() as group:
                for appraisal in waiting:
                    group.create_task(start(appraisal))
        finally:
            # Also when the worker is being stopped in the middle: what runs is noted.
            if outcomes:
                async with self._autocommit.connect() as connection:
                    await record_outcomes(connection, cycle.id, launch, outcomes)

    async def _start(self, cycle: LaunchingCycle, waiting: WaitingAppraisal) -> PersonOutcome:
        regime = await regime_of(self._autocommit, waiting.snapshot)
        start = AppraisalStart(waiting.snapshot, regime, cycle.id, waiting.unit, cycle.clock)
        try:
            fresh = await start_appraisal(self._client, start, queue=self._queue)
        except RPCError as error:
            activity.logger.warning(
                "appraisal not started", extra={"appraisal": str(waiting.id), "status": error.status.name}
            )
            reason = _FAILURES.get(error.status, FailReason.ENGINE_REFUSED)
            return PersonOutcome(waiting.employee, Outcome.FAILED, reason, waiting.id)
        # What runs although it came on record in this launch was started by an attempt that died before saying so.
        started = fresh or waiting.of_this_launch
        return PersonOutcome(
            waiting.employee, Outcome.STARTED if started else Outcome.ALREADY, "", waiting.id
        )


def _entrants(
    cycle: LaunchingCycle, page: Sequence[Candidate], moment: dt.datetime
) -> tuple[list[tuple[Regime, list[Entrant]]], list[PersonOutcome]]:
    """Who is new to the record, under the rules of each zone, and whose zone has none.

    One unit with a zone that nobody knows must not stop all the others.
    """
    zones = defaultdict[str, list[Candidate]](list)
    for each in page:
        if each.skip is None and not each.on_record:
            zones[each.zone].append(each)
    book = Rulebook.model_validate(cycle.scheme)
    entering: list[tuple[Regime, list[Entrant]]] = []
    without: list[PersonOutcome] = []
    for zone, people in zones.items():
        try:
            regime = Regime(book, calendar_of(cycle.year, zone, cycle.working_days))
        except UnknownZone as error:
            activity.logger.warning("no calendar", extra={"zone": zone, "error": str(error)})
            without += [
                PersonOutcome(each.employee, Outcome.FAILED, FailReason.CALENDAR_UNKNOWN) for each in people
            ]
            continue
        events = [
            launched(employee=str(each.employee), year=cycle.year, now=moment, regime=regime)
            for each in people
        ]
        entering.append(
            (
                regime,
                [
                    Entrant(each.employee, each.unit, event)
                    for each, event in zip(people, events, strict=True)
                ],
            )
        )
    return entering, without


def _try_again_if(outcomes: Sequence[PersonOutcome]) -> None:
    """Lets the engine repeat the page when it was the engine that failed; in the end the failures stand."""
    troubled = [each for each in outcomes if each.reason in _PASSING]
    if troubled and activity.info().attempt < ATTEMPTS:
        raise ApplicationError(f"{len(troubled)} appraisals could not be started", type="engine_troubled")


def _id(given: str | None) -> uuid.UUID | None:
    return None if given is None else uuid.UUID(given)


def _counts(counted: Tally) -> Json:
    return {
        "seen": counted.people,
        "started": counted.started,
        "already": counted.already,
        "skipped": dict(counted.skipped),
        "failed": list(counted.failed.elements()),
    }


@asynccontextmanager
async def _beating() -> AsyncIterator[None]:
    """Heartbeats while the block runs, so that silence means a dead worker and not a slow statement."""

    async def beat() -> None:
        while True:
            activity.heartbeat()
            await asyncio.sleep(BEAT_SECONDS)

    beating = asyncio.create_task(beat())
    try:
        yield
    finally:
        beating.cancel()
