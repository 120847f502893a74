"""Launches a cycle page by page: records the appraisals, marks them to be followed, notes each person's outcome."""

import asyncio
import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from sqlalchemy.ext.asyncio import AsyncEngine
from temporalio import activity
from temporalio.exceptions import ApplicationError

from states import rule_cache
from states.calendar import UnknownZone
from states.clock import Clock
from states.codec import Json
from states.decide import launched
from states.events import Launched
from states.rule_context import RuleContext
from states.rules import Rulebook
from store.agency.rule_contexts import keep
from store.appraisal.launching import Entrant, appraisal_id, create
from store.cycle.calendars import calendar_of
from store.cycle.launching import (
    Candidate,
    CycleUnknown,
    LaunchingCycle,
    candidates,
    launching_cycle,
    mark_launched,
    outline,
    page_bounds,
)
from store.cycle.selection import Selection
from store.database import autocommit, database_now
from store.launch.outcomes import FailReason, Outcome
from store.launch.recording import PersonOutcome, Tally, note_earlier, record_outcomes, tally

BEAT_SECONDS = 1.0


class Launching:
    """The activities behind the launch of a cycle. What they put on record is visible at once; the engine follows.

    A request has the ``cycle``, the ``launch`` (the id under which outcomes are noted) and ``who`` (see `Selection`;
    left out for everybody).
    """

    def __init__(self, database: AsyncEngine) -> None:
        self._database = database
        self._autocommit = autocommit(database)

    @activity.defn(name="launch_outline")
    async def launch_outline(self, request: Json) -> Json:
        """What a launch has to do: the numbers ``people`` and ``started``, and ``bounds``.

        ``bounds`` are the ids that divide its people into pages of ``page`` people.
        """
        cycle = await self._cycle(request)
        who = Selection.from_data(request.get("who", {}))
        async with self._autocommit.connect() as connection:
            found = await outline(connection, cycle.id, who)
            bounds = await page_bounds(connection, cycle.id, who, size=request["page"])
        return {
            "people": found.people,
            "started": found.started,
            "bounds": [str(bound) for bound in bounds],
        }

    @activity.defn(name="launch_chunk")
    async def launch_chunk(self, request: Json) -> Json:
        """Launches the next people without a started appraisal.

        ``request`` also has ``after`` and ``until`` (ids between which the people are, or none) and ``limit``.
        Returns ``seen``, ``started``, ``already``, ``skipped`` (number by reason), ``failed`` (a reason for each
        person) and ``after``, which is none once nobody is left there. A repetition starts nobody twice: it leaves
        the record as it is, and counts the outcomes that an earlier attempt noted.
        """
        async with _beating():
            cycle = await self._cycle(request)
            launch = request["launch"]
            after, until = _id(request.get("after")), _id(request.get("until"))
            clock = Clock.from_data(cycle.clock)
            async with self._autocommit.connect() as connection:
                moment = clock.business(await database_now(connection))
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
            await self._launch(cycle, launch, clock, entering, outcomes + without)
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

    async def _launch(
        self,
        cycle: LaunchingCycle,
        launch: str,
        clock: Clock,
        entering: Sequence[tuple[RuleContext, Sequence[Entrant]]],
        outcomes: list[PersonOutcome],
    ) -> None:
        """Records the appraisals, marked to be followed, together with the outcome for everybody on the page."""
        started = [
            PersonOutcome(
                entrant.employee,
                Outcome.STARTED,
                "",
                appraisal_id(cycle.id, entrant.employee, entrant.period),
            )
            for _, group in entering
            for entrant in group
        ]
        async with self._database.begin() as transaction:
            for rules, entrants in entering:
                await keep(transaction, rules)
                await create(transaction, cycle.id, entrants, rules=rules, clock=clock)
            if outcomes or started:
                await record_outcomes(transaction, cycle.id, launch, [*outcomes, *started])
        for rules, _ in entering:
            rule_cache.put(rules)


def _entrants(
    cycle: LaunchingCycle, page: Sequence[Candidate], moment: dt.datetime
) -> tuple[list[tuple[RuleContext, list[Entrant]]], list[PersonOutcome]]:
    """The people who start, by the rules of their zone, and the outcomes of people whose zone is unknown.

    One unit with an unknown zone must not stop all the others.
    """
    zones = defaultdict[str, list[Candidate]](list)
    for each in page:
        if each.skip is None:
            zones[each.zone].append(each)
    book = Rulebook.model_validate(cycle.scheme)
    entering: list[tuple[RuleContext, list[Entrant]]] = []
    without: list[PersonOutcome] = []
    for zone, people in zones.items():
        try:
            rules = RuleContext(book, calendar_of(cycle.year, zone, cycle.working_days))
        except UnknownZone as error:
            activity.logger.warning("no calendar", extra={"zone": zone, "error": str(error)})
            without += [
                PersonOutcome(each.employee, Outcome.FAILED, FailReason.CALENDAR_UNKNOWN) for each in people
            ]
            continue
        events = [_launched(each, cycle.year, moment, rules) for each in people]
        entering.append(
            (
                rules,
                [
                    Entrant(each.employee, each.unit, event, period_from=each.began_on)
                    for each, event in zip(people, events, strict=True)
                ],
            )
        )
    return entering, without


def _launched(candidate: Candidate, year: int, moment: dt.datetime, rules: RuleContext) -> Launched:
    basis = candidate.basis if candidate.basis in rules.book.paths else None
    return launched(
        employee=str(candidate.employee),
        year=year,
        now=moment,
        rules=rules,
        period_from=candidate.began_on,
        basis=basis,
        away=candidate.away and basis is None,
    )


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
    """Sends heartbeats while the block runs, so that silence means a dead worker and not a slow statement."""

    async def beat() -> None:
        while True:
            activity.heartbeat()
            await asyncio.sleep(BEAT_SECONDS)

    beating = asyncio.create_task(beat())
    try:
        yield
    finally:
        beating.cancel()
