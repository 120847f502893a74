"""An agency under way without an engine: appraisals moved by real decisions, an organisation by real orders."""

import datetime as dt
import uuid
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from states.appraisal import Appraisal
from states.changes import Change
from states.codec import load_appraisal
from states.commands import Command
from states.decide import advance, decide, launched
from states.errors import DomainError
from states.events import Event
from states.operations.items import Item, Performed
from states.operations.requested_change import RequestedChange
from states.stages import Capacity, Stage
from states.triggers import RatingBasis, Trigger
from store.appraisal.decision import Decision
from store.appraisal.launching import Entrant, appraisal_id, create
from store.appraisal.periods import period_of
from store.appraisal.recording import record
from store.operation import keeping
from store.operation.moments import agency_time
from store.operation.performing import end, perform
from tests.fixtures.agency import SmallAgency
from tests.fixtures.cases import RecordedCase, new_case
from tests.states.builders import WAIT, WAYS, usual_capacity

STAGES = (
    Stage.PLAN_DRAFTING,
    Stage.PLAN_REVIEW,
    Stage.FIRST_HALF,
    Stage.MIDYEAR_REVIEW,
    Stage.RATING,
    Stage.FEEDBACK_MEETING,
    Stage.RESPONSE,
    Stage.COUNTERSIGN,
    Stage.OBJECTED,
)
_BEYOND = {Stage.COUNTERSIGN: Stage.RESPONSE, Stage.OBJECTED: Stage.RESPONSE}
_HOUR = dt.timedelta(hours=1)


async def case_in(
    database: AsyncEngine, agency: SmallAgency, employee: uuid.UUID, rater: uuid.UUID, stage: Stage
) -> dt.datetime:
    """An appraisal on record in ``stage``; the moment at which it came there."""
    case = await new_case(database, agency, employee)
    now = dt.datetime(2026, 1, 5, 3, tzinfo=dt.UTC)
    requested = list(WAYS)
    goal = _BEYOND.get(stage, stage)
    for reached in requested[requested.index(case.appraisal.stage) + 1 : requested.index(goal) + 1]:
        for step in WAYS[reached]:
            now = await _step(case, step, rater, now)
        while reached is Stage.SECOND_HALF and case.appraisal.stage is Stage.FIRST_HALF:
            for step in (WAIT, Trigger.SUBMIT_CHECK_IN, Trigger.REVIEW_CHECK_IN):
                now = await _step(case, step, rater, now)
    if stage is Stage.OBJECTED:
        now = await _step(case, Trigger.OBJECT, rater, now)
    if stage is Stage.COUNTERSIGN:
        now = await _step(case, Trigger.ACKNOWLEDGE_RECEIPT, rater, now)
        assert case.appraisal.deadline is not None
        now = agency.rules.calendar.end_of_day(case.appraisal.deadline.due_on) + _HOUR
        await case.wake(now)
    assert case.appraisal.stage is stage
    return now


async def _step(case: RecordedCase, step: Trigger | str, rater: uuid.UUID, now: dt.datetime) -> dt.datetime:
    if step == WAIT:
        assert case.appraisal.opens_on is not None
        opening = case.agency.rules.calendar.start_of_day(case.appraisal.opens_on)
        now = max(now, opening) + _HOUR
        await case.wake(now)
        return now
    trigger = Trigger(step)
    capacity = usual_capacity(case.appraisal.stage, trigger)
    actor = case.employee if capacity is Capacity.EMPLOYEE else rater
    await case.act(trigger, capacity, now + _HOUR, actor=str(actor))
    return now + _HOUR


@dataclass
class Walk:
    """Orders one after another, at moments of the test's own."""

    database: AsyncEngine
    agency: SmallAgency
    now: dt.datetime
    ending: list[tuple[dt.datetime, RequestedChange]] = field(default_factory=list)
    carried_out: int = 0
    refused: int = 0

    async def requested(self, change: Change, by: uuid.UUID) -> bool:
        """Carries a change out with all its items; False for one that is refused as a whole."""
        requested = await self._order(change, by)
        try:
            async with self.database.begin() as connection:
                await keeping.add(
                    connection,
                    operation=requested.id,
                    agency=requested.agency,
                    key=str(requested.id),
                    fingerprint="0" * 64,
                    change=change,
                    person=by,
                    effective_at=requested.at,
                )
                performed = await perform(connection, requested)
        except DomainError:
            self.refused += 1
            return False
        await self._do(requested, performed, "begin")
        if requested.ends_at is not None:
            self.ending.append((requested.ends_at, requested))
        self.carried_out += 1
        return True

    async def pass_time(self, days: int) -> None:
        """Lets days pass; what ends meanwhile ends at its moment."""
        until = self.now + dt.timedelta(days=days)
        for moment, requested in sorted(self.ending, key=lambda each: each[0]):
            if moment <= until:
                self.now = max(self.now, moment)
                again = RequestedChange(
                    requested.id,
                    requested.agency,
                    requested.change,
                    requested.requested_by,
                    requested.time,
                    self.now,
                )
                async with self.database.begin() as connection:
                    performed = await end(connection, again)
                await self._do(again, performed, "end")
        self.ending = [each for each in self.ending if each[0] > until]
        self.now = until

    async def _order(self, change: Change, by: uuid.UUID) -> RequestedChange:
        async with self.database.connect() as connection:
            time = await agency_time(connection, self.agency.agency, self.now)
        return RequestedChange(uuid.uuid4(), self.agency.agency, change, by, time, self.now)

    async def _do(self, requested: RequestedChange, performed: Performed, phase: str) -> None:
        for item in performed.items:
            async with self.database.begin() as connection:
                await self._act(connection, requested, item, phase)

    async def _act(
        self, connection: AsyncConnection, requested: RequestedChange, item: Item, phase: str
    ) -> None:
        given: dict[str, Any] = dict(item.parameters)
        first_day, basis = given.pop("new_period", None), given.pop("new_basis", None)
        if "assigned_capacity" in given:
            given["assigned_capacity"] = Capacity(given["assigned_capacity"])
        if "basis" in given:
            given["basis"] = RatingBasis(given["basis"])
        command = Command(
            id=f"operation:{requested.id}:{phase}",
            trigger=item.trigger,
            capacity=Capacity.HR,
            actor=str(requested.requested_by),
            document="d" * 64,
            **given,
        )
        appraisal = await self._appraisal(connection, item.appraisal)
        try:
            events = decide(appraisal, command, self.now, self.agency.rules)
        except DomainError:
            return
        await self._record(connection, appraisal, tuple(events), command.id)
        if first_day is not None:
            await self._begin_period(
                connection, item.appraisal, dt.date.fromisoformat(first_day), basis and RatingBasis(basis)
            )

    async def _begin_period(
        self,
        connection: AsyncConnection,
        closed: uuid.UUID,
        first_day: dt.date,
        basis: RatingBasis | None,
    ) -> None:
        before = await period_of(connection, closed)
        event = launched(
            employee=str(before.employee),
            year=2026,
            now=self.now,
            rules=self.agency.rules,
            period_from=first_day,
            basis=basis,
        )
        entrant = Entrant(before.employee, before.unit, event, before.period + 1, first_day)
        await create(connection, before.cycle, [entrant], rules=self.agency.rules)
        begun = appraisal_id(before.cycle, before.employee, entrant.period)
        appraisal = await self._appraisal(connection, begun)
        events, _ = advance(appraisal, self.now, self.agency.rules)
        await self._record(connection, appraisal, tuple(events), f"wake:{appraisal.sequence}")

    async def _appraisal(self, connection: AsyncConnection, identity: uuid.UUID) -> Appraisal:
        found = await connection.scalar(
            text("SELECT snapshot FROM appraisal WHERE id = :id"), {"id": identity}
        )
        return load_appraisal(found)

    async def _record(
        self, connection: AsyncConnection, appraisal: Appraisal, events: tuple[Event, ...], command_id: str
    ) -> None:
        decision = Decision(appraisal, events, command_id, "", self.now)
        if events:
            assert await record(connection, decision, self.agency.rules) is not None
