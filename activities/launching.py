"""Launches a cycle page by page: records the appraisals, then starts their workflows."""

import asyncio
import datetime as dt
import uuid
from collections import Counter
from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncEngine
from temporalio import activity
from temporalio.client import Client
from temporalio.exceptions import ApplicationError
from temporalio.service import RPCError

from activities.queues import Queue
from activities.starting import AppraisalStart, start_appraisal
from states import shelf
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
    mark_started,
    people_and_started,
    waiting_appraisals,
)
from store.database import autocommit

STARTS_AT_ONCE = 16


class Launching:
    """The activities behind the launch of a cycle; ``queue`` is where the appraisals are to run."""

    def __init__(self, engine: AsyncEngine, client: Client, *, queue: str = Queue.APPRAISAL) -> None:
        self._engine = engine
        self._autocommit = autocommit(engine)
        self._client = client
        self._queue = queue

    @activity.defn(name="launch_outline")
    async def launch_outline(self, request: Json) -> Json:
        """What lies before a launch. ``request``: ``cycle``. Returns numbers: ``people`` and ``started``."""
        cycle = await self._cycle(request)
        async with self._autocommit.connect() as connection:
            people, started = await people_and_started(connection, cycle.id)
        return {"people": people, "started": started}

    @activity.defn(name="launch_chunk")
    async def launch_chunk(self, request: Json) -> Json:
        """Launches the next people without a started appraisal.

        ``request``: ``cycle``, ``after`` (id of the last person seen, or none) and ``limit``. Returns
        ``seen``, ``started``, ``already``, ``skipped`` (number by reason), ``failed`` (appraisal ids) and
        ``after``, which is none once nobody is left. A repetition starts nobody twice: what is on record
        stays as it is, and a workflow that runs counts as ``already``.
        """
        cycle = await self._cycle(request)
        after = uuid.UUID(request["after"]) if request.get("after") else None
        now = Clock.from_data(cycle.clock).business(dt.datetime.now(dt.UTC))
        async with self._autocommit.connect() as connection:
            page = await candidates(connection, cycle.id, after=after, limit=request["limit"], moment=now)
        entering = [candidate for candidate in page if candidate.skip is None]
        waiting = await self._recorded(cycle, entering, now)
        outcomes = await self._started(cycle, waiting)
        return {
            "seen": len(page),
            "started": sum(outcome is True for outcome in outcomes.values()),
            "already": sum(outcome is False for outcome in outcomes.values()),
            "skipped": Counter(candidate.skip for candidate in page if candidate.skip),
            "failed": [str(appraisal) for appraisal, outcome in outcomes.items() if outcome is None],
            "after": str(page[-1].employee) if len(page) == request["limit"] else None,
        }

    @activity.defn(name="launch_done")
    async def launch_done(self, request: Json) -> Json:
        """Notes that everybody of the ``cycle`` has been seen; returns the numbers of `launch_outline`."""
        async with self._autocommit.connect() as connection:
            await mark_launched(connection, uuid.UUID(request["cycle"]))
        return await self.launch_outline(request)

    async def _cycle(self, request: Json) -> LaunchingCycle:
        async with self._autocommit.connect() as connection:
            try:
                return await launching_cycle(connection, uuid.UUID(request["cycle"]))
            except CycleUnknown as unknown:
                raise ApplicationError(
                    f"there is no cycle {unknown}", type="cycle_unknown", non_retryable=True
                ) from unknown

    async def _recorded(
        self, cycle: LaunchingCycle, entering: Sequence[Candidate], now: dt.datetime
    ) -> list[WaitingAppraisal]:
        """Puts the appraisals on record and reads them back: an earlier attempt may have been first."""
        if not entering:
            return []
        book = Rulebook.model_validate(cycle.scheme)
        regimes = {
            zone: Regime(book, calendar_of(cycle.year, zone, cycle.working_days))
            for zone in {each.zone for each in entering}
        }
        entrants = [
            Entrant(
                each.employee,
                each.unit,
                launched(employee=str(each.employee), year=cycle.year, now=now, regime=regimes[each.zone]),
            )
            for each in entering
        ]
        async with self._engine.begin() as transaction:
            for regime in regimes.values():
                await keep(transaction, regime)
            await create(transaction, cycle.id, entrants)
            waiting = await waiting_appraisals(
                transaction, cycle.id, [entrant.employee for entrant in entrants]
            )
        for regime in regimes.values():
            shelf.put(regime)
        return waiting

    async def _started(
        self, cycle: LaunchingCycle, waiting: Sequence[WaitingAppraisal]
    ) -> dict[uuid.UUID, bool | None]:
        """Whether each appraisal's workflow started now (True), ran already (False) or failed (None)."""
        outcomes: dict[uuid.UUID, bool | None] = {}
        slots = asyncio.Semaphore(STARTS_AT_ONCE)

        async def start(appraisal: WaitingAppraisal) -> None:
            async with slots:
                outcomes[appraisal.id] = await self._start(cycle, appraisal)
                activity.heartbeat(len(outcomes))

        try:
            async with asyncio.TaskGroup() as group:
                for appraisal in waiting:
                    group.create_task(start(appraisal))
        finally:
            # Also when the worker is being stopped in the middle: what runs is noted.
            running = [id_ for id_, outcome in outcomes.items() if outcome is not None]
            if running:
                async with self._autocommit.connect() as connection:
                    await mark_started(connection, running)
        return outcomes

    async def _start(self, cycle: LaunchingCycle, waiting: WaitingAppraisal) -> bool | None:
        regime = await regime_of(self._autocommit, waiting.snapshot)
        start = AppraisalStart(waiting.snapshot, regime, cycle.id, waiting.unit, cycle.clock)
        try:
            return await start_appraisal(self._client, start, queue=self._queue)
        except RPCError as error:
            activity.logger.warning(
                "appraisal not started", extra={"appraisal": str(waiting.id), "status": error.status.name}
            )
            return None
