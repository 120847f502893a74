"""Drives a rehearsal: sees which cases changed, plans what their people do next, and acts when it is time."""

import asyncio
import datetime as dt
import heapq
import uuid
from collections import Counter as Tally
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import structlog
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine

from service.rehearsal.api_client import AT_ONCE, ApiClient, Refusal
from service.rehearsal.clocks import pace_at
from service.rehearsal.forms import Prepared, filled_form
from service.rehearsal.people import Ensemble
from service.rehearsal.planning import Plan, replacing
from service.rehearsal.teams import wanted_results
from service.rehearsal.texts import written
from service.rehearsal.trainings import wanted_training
from states.clock import Clock
from states.errors import ConflictOfInterest
from states.guarding.organisation import ASSIGNABLE
from states.scripted.behaviour import PlannedAction
from states.stages import CLOSED_STAGES
from states.triggers import Trigger
from store.agency.rule_contexts import rule_context_of
from store.cycle.rehearsing import ChangedCases, RehearsedCase, RehearsedCycle
from store.database import autocommit

_TRIES = 5
"""After this many refusals at one place, an action is given up until the case moves."""

_FASTEST_LOOK_SECONDS = 0.05
_SLOWEST_LOOK_SECONDS = 1.0
_FIRST_RETRY_SECONDS = 0.1
LOOKS_EACH = dt.timedelta(hours=4)
"""Business time between two looks, as far as the fastest and the slowest look allow."""

_PARAMETERS = ("until", "received_on", "ground", "dismissal_ground", "reopening_ground", "reference")
"""What a planned action hands in as it is."""

_NOBODY = "nobody_can"
_NOT_BY_THIS_ONE = frozenset({ConflictOfInterest.code, _NOBODY})

_log = structlog.get_logger(__name__)


@dataclass(slots=True)
class Doings:
    """Counts what has been done so far, by trigger, and what was refused, by code."""

    acted: Tally[str] = field(default_factory=Tally)
    refused: Tally[str] = field(default_factory=Tally)
    given_up: dict[uuid.UUID, str] = field(default_factory=dict)
    """The cases whose next action was refused too often, each with the code of the refusal."""


@dataclass(order=True, slots=True)
class _Intended:
    at: dt.datetime
    number: int
    case: RehearsedCase = field(compare=False)
    action: PlannedAction = field(compare=False)


class Driver:
    """Lets the scripted people of one cycle act. It stores nothing: a new driver goes on where this one ended."""

    def __init__(
        self,
        database: AsyncEngine,
        cycle: RehearsedCycle,
        ensemble: Ensemble,
        client: ApiClient,
        plan: Plan,
        *,
        away: Callable[[], Collection[uuid.UUID]] = frozenset,
        looks_each: dt.timedelta = LOOKS_EACH,
    ) -> None:
        self._database = autocommit(database)
        self._clock: Clock = cycle.clock
        self._ensemble = ensemble
        self._client = client
        self._plan = plan
        self._away = away
        self._looks_each = looks_each
        self._changed = ChangedCases(cycle.id)
        self._cases: dict[uuid.UUID, RehearsedCase] = {}
        self._intended: list[_Intended] = []
        self._current: dict[uuid.UUID, int] = {}
        self._numbers = count()
        self._acting: dict[uuid.UUID, asyncio.Task[None]] = {}
        self._unread: dict[uuid.UUID, int] = {}
        """By case, the sequence before an acknowledged action that has not been read from the record yet."""
        self._tries: Tally[tuple[uuid.UUID, int]] = Tally()
        self._slots = asyncio.Semaphore(AT_ONCE)
        self._stir = asyncio.Event()
        self._fault: BaseException | None = None
        self.doings = Doings()

    @property
    def business_now(self) -> dt.datetime:
        """The present moment in the cycle's business time."""
        return self._clock.business(dt.datetime.now(dt.UTC))

    @property
    def all_closed(self) -> bool:
        """Whether every case is closed, and nobody intends to act on one (to reopen it, say)."""
        closed = all(case.appraisal.stage in CLOSED_STAGES for case in self._cases.values())
        return bool(self._cases) and closed and not (self._current or self._acting or self._unread)

    async def run(self, ended: Callable[[], bool]) -> None:
        """Lets people act until ``ended`` says so, then waits for the actions under way."""
        try:
            while not ended():
                await self.step()
                await self._pause()
        finally:
            if self._acting:
                await asyncio.wait(self._acting.values())

    async def step(self) -> None:
        """Looks once at what changed, and starts every action whose time has come."""
        if self._fault is not None:
            raise self._fault
        try:
            async with self._database.connect() as connection:
                cases = await self._changed.read(connection)
            for case in cases:
                self._cases[case.id] = case
                if case.appraisal.sequence > self._unread.get(case.id, case.appraisal.sequence):
                    del self._unread[case.id]
                if case.id not in self._acting:
                    await self._intend(case)
        except (DBAPIError, OSError) as error:
            # The database is away. A later look misses nothing: the same query then finds all changes.
            _log.warning("database_away", error=type(error).__name__)
            await asyncio.sleep(_SLOWEST_LOOK_SECONDS)
            return
        now = self.business_now
        while self._intended and self._intended[0].at <= now:
            due = heapq.heappop(self._intended)
            if self._current.get(due.case.id) != due.number:
                continue
            del self._current[due.case.id]
            if not self._is_left_alone(due):
                task = asyncio.create_task(self._act(due.case, due.action))
                self._acting[due.case.id] = task
                task.add_done_callback(self._note_fault)

    async def _intend(self, case: RehearsedCase) -> None:
        rules = await rule_context_of(self._database, case.appraisal)
        action = self._plan(case, self.business_now, rules)
        if action is None:
            self._current.pop(case.id, None)
            return
        number = next(self._numbers)
        self._current[case.id] = number
        heapq.heappush(self._intended, _Intended(action.at, number, case, action))

    def _is_left_alone(self, due: _Intended) -> bool:
        away = self._away()
        return self._ensemble.actor(due.case, due.action.capacity, away) in away

    async def _act(self, case: RehearsedCase, action: PlannedAction) -> None:
        try:
            async with self._slots:
                await self._perform(case, action)
        finally:
            del self._acting[case.id]
            self._stir.set()
        latest = self._cases[case.id]
        if latest is not case:
            await self._intend(latest)

    async def _perform(self, case: RehearsedCase, action: PlannedAction) -> None:
        refusal = await self._hand_in(case, action)
        if refusal in _NOT_BY_THIS_ONE and action.capacity in ASSIGNABLE:
            refusal = await self._hand_in(case, replacing(case, action.capacity, action.at))
        if refusal is None:
            self.doings.given_up.pop(case.id, None)
            return
        place = (case.id, case.appraisal.sequence)
        if self._tries[place] < _TRIES:
            # The clock's own step may not be on record yet, so the case is looked at again a little later.
            delay = _FIRST_RETRY_SECONDS * 2 ** self._tries[place]
            asyncio.get_running_loop().call_later(delay, self._changed.ask_again, case.id)
        else:
            self.doings.given_up[case.id] = refusal

    async def _hand_in(self, case: RehearsedCase, action: PlannedAction) -> str | None:
        """Hands in the action. Returns the code of the refusal, or None once the action is done."""
        actor = self._ensemble.actor(case, action.capacity, self._away())
        if actor is None:
            return self._refused(case, action, _NOBODY)
        body: dict[str, Any] = {"capacity": action.capacity.value} | (
            written(case.appraisal, action.trigger) if action.needs_text else {}
        )
        async with self._database.connect() as connection:
            prepared = await filled_form(connection, case, action.trigger, self.business_now.date())
            training = await wanted_training(connection, case, action.trigger)
            results = await wanted_results(connection, case, action.trigger, actor)
        if prepared is not None:
            place = body["result"] if action.trigger is Trigger.CHANGE_RESULT else body
            place["content"] = prepared.content
            refusal = await self._note(actor, case, prepared)
            if refusal is not None:
                return self._refused(case, action, refusal.code)
        if training is not None:
            key = f"gladi-{case.id}-{case.appraisal.sequence}-training"
            refusal = await self._client.choose_training(actor, case.id, key, training)
            if refusal is not None:
                return self._refused(case, action, refusal.code)
        for team, result in results.items():
            refusal = await self._client.rate_team(actor, team, f"gladi-{team}", result)
            if refusal is not None:
                return self._refused(case, action, refusal.code)
        for name in _PARAMETERS:
            value = getattr(action, name)
            if value is not None:
                body[name] = str(value)
        if action.assigned_capacity is not None:
            successor = self._ensemble.successor(case, action.assigned_capacity)
            if successor is None:
                return self._refused(case, action, _NOBODY)
            body |= {"assignee": str(successor), "assigned_capacity": action.assigned_capacity.value}
        key = self._key(case)
        refusal = await self._client.hand_in(actor, case.id, action.trigger, key, body)
        if refusal is None:
            self.doings.acted[action.trigger] += 1
            if self._cases[case.id].appraisal.sequence <= case.appraisal.sequence:
                self._unread[case.id] = case.appraisal.sequence
            return None
        return self._refused(case, action, refusal.code)

    async def _note(self, actor: uuid.UUID, case: RehearsedCase, prepared: Prepared) -> Refusal | None:
        """Notes what comes before the form; the refusal of the first note that is refused.

        What nobody asks for is noted at the first try only, so that it is not there twice.
        """
        again = self._tries[case.id, case.appraisal.sequence] > 0
        for number, note in enumerate(prepared.missing if again else (*prepared.missing, *prepared.usual)):
            key = f"{self._key(case)}-note-{number}"
            refusal = await self._client.note(actor, case.id, note.kind, key, note.to_body())
            if refusal is not None:
                return refusal
        return None

    def _note_fault(self, task: asyncio.Task[None]) -> None:
        if not task.cancelled() and task.exception() is not None:
            self._fault = task.exception()

    def _key(self, case: RehearsedCase) -> str:
        """The idempotency key. It is the same after a restart, so that an action under way is not done twice."""
        tries = self._tries[case.id, case.appraisal.sequence]
        key = f"gladi-{case.id}-{case.appraisal.sequence}"
        return f"{key}-{tries}" if tries else key

    def _refused(self, case: RehearsedCase, action: PlannedAction, code: str) -> str:
        self._tries[case.id, case.appraisal.sequence] += 1
        self.doings.refused[code] += 1
        _log.info("scripted_action_refused", appraisal=str(case.id), trigger=action.trigger.value, code=code)
        return code

    async def _pause(self) -> None:
        """Waits until the next intended action, the next look, or the end of an action under way."""
        now = dt.datetime.now(dt.UTC)
        pace = pace_at(self._clock, now)
        look = min(_SLOWEST_LOOK_SECONDS, max(_FASTEST_LOOK_SECONDS, self._looks_each.total_seconds() / pace))
        if self._intended:
            due = (self._clock.real(self._intended[0].at) - now).total_seconds()
            look = min(look, max(due, 0.005))
        self._stir.clear()
        try:
            async with asyncio.timeout(look):
                await self._stir.wait()
        except TimeoutError:
            return
