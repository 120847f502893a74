"""Carries an operation out: relations first, in one transaction, then appraisal by appraisal."""

import asyncio
import datetime as dt
import hashlib
import uuid
from collections.abc import Sequence

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from temporalio import activity
from temporalio.exceptions import ApplicationError

from activities.adopting import AdoptedAlready, by_present_calendar
from activities.commanding import Commands
from activities.item_commands import basis_after, command_of_item, first_day_after
from activities.periods import begin_period
from activities.turns import CaseBusy
from states.changes import AdoptCalendar
from states.codec import Json
from states.command_keys import OPERATION
from states.commands import Command
from states.errors import DomainError
from states.operations.requested_change import RequestedChange
from states.stages import Capacity
from store.appraisal.decision import Document
from store.database import autocommit, is_away
from store.document.repository import digest_of
from store.operation import items, keeping, repository
from store.operation.items import PendingItem, Settled
from store.operation.moments import agency_time
from store.operation.performing import end, perform
from store.operation.repository import Operation
from store.person.repository import is_hr

AT_ONCE = 8
MOST_ATTEMPTS = 5
"""So often an appraisal is tried before it counts as failed; the others go on meanwhile."""

BUSY = "case_busy"
"""Why an item that could not be done at the moment waits, or failed in the end."""
DAMAGED = "case_damaged"
"""The case itself cannot be read or decided; what was raised comes after a colon."""

_log = structlog.get_logger(__name__)


class Operating:
    """The activities behind an operation."""

    def __init__(self, database: AsyncEngine, commands: Commands) -> None:
        self._database = database
        self._autocommit = autocommit(database)
        self._commands = commands

    @activity.defn(name="operation_begin")
    async def begin(self, request: Json) -> Json:
        """Lets the operation take effect, once: relations and items in one transaction.

        ``request``: ``operation`` and ``again`` (what was refused or failed is to be tried once more). Returns
        ``state`` and, where its period ends, ``ends_at`` (real moment, ISO 8601).
        """
        identity = uuid.UUID(request["operation"])
        async with self._database.begin() as transaction:
            state, applied_at = await keeping.lock(transaction, identity)
            if state in ("withdrawn", "refused"):
                return {"state": state}
            requested = await self._order(transaction, identity)
            if applied_at is None:
                refusal = await self._take_effect(transaction, requested)
                if refusal is not None:
                    await keeping.set_state(transaction, identity, "refused", refusal=refusal)
                    return {"state": "refused"}
            elif request.get("again"):
                await items.try_again(transaction, identity)
            await keeping.set_state(transaction, identity, "running", applied=True)
        answer: Json = {"state": "running"}
        if requested.ends_at is not None:
            answer["ends_at"] = requested.time.clock.real(requested.ends_at).isoformat()
        return answer

    @activity.defn(name="operation_batch")
    async def batch(self, request: Json) -> Json:
        """Does the next items. ``request``: ``operation``, ``phase`` and ``limit``; returns whether ``more`` wait.

        A repetition does nothing twice: a command that is on record is answered from there.
        """
        identity, phase = uuid.UUID(request["operation"]), request["phase"]
        async with self._autocommit.connect() as connection:
            operation = await self._operation(connection, identity)
            waiting = await items.pending(connection, identity, phase, request["limit"])
            if not waiting:
                return {"more": False}
            officer = await is_hr(connection, operation.requested_by, operation.agency_id)
        capacity = Capacity.HR if officer else Capacity.RATER
        settled = await self._done(operation, phase, waiting, capacity)
        async with self._autocommit.connect() as connection:
            await items.settle(connection, identity, phase, settled)
        return {"more": True}

    @activity.defn(name="operation_end")
    async def end(self, request: Json) -> Json:
        """Notes what follows for appraisals when the period of the ``operation`` is over."""
        identity = uuid.UUID(request["operation"])
        async with self._database.begin() as transaction:
            await keeping.lock(transaction, identity)
            performed = await end(transaction, await self._order(transaction, identity))
            await items.add(transaction, identity, "end", performed.items)
        return {"items": len(performed.items)}

    @activity.defn(name="operation_state")
    async def set_state(self, request: Json) -> None:
        """Notes the ``state`` of the ``operation``."""
        async with self._autocommit.connect() as connection:
            await keeping.set_state(connection, uuid.UUID(request["operation"]), request["state"])

    async def _take_effect(self, transaction: AsyncConnection, requested: RequestedChange) -> Json | None:
        """Why it cannot, as things stand now; None when it has."""
        try:
            async with transaction.begin_nested():
                performed = await perform(transaction, requested)
                await items.add(transaction, requested.id, "begin", performed.items)
        except DomainError as refused:
            return refused.details
        return None

    async def _operation(self, connection: AsyncConnection, identity: uuid.UUID) -> Operation:
        found = await repository.one(connection, identity)
        if found is None:
            raise ApplicationError(
                f"there is no operation {identity}", type="operation_unknown", non_retryable=True
            )
        return found

    async def _order(self, connection: AsyncConnection, identity: uuid.UUID) -> RequestedChange:
        operation = await self._operation(connection, identity)
        now = dt.datetime.now(dt.UTC)
        time = await agency_time(connection, operation.agency_id, now)
        return RequestedChange(
            operation.id, operation.agency_id, operation.change, operation.requested_by, time, now
        )

    async def _done(
        self, operation: Operation, phase: str, waiting: Sequence[PendingItem], capacity: Capacity
    ) -> list[Settled]:
        slots = asyncio.Semaphore(AT_ONCE)
        settled: list[Settled] = []

        async def do(item: PendingItem) -> None:
            async with slots:
                settled.append(await self._act(operation, phase, item, capacity))
                activity.heartbeat(len(settled))

        async with asyncio.TaskGroup() as group:
            for item in waiting:
                group.create_task(do(item))
        return settled

    async def _act(self, operation: Operation, phase: str, item: PendingItem, capacity: Capacity) -> Settled:
        try:
            document = _document(operation, item)
            command = _command(operation, phase, item, document.digest, capacity)
            await self._carry_out(operation, item, command, document)
            first_day = first_day_after(item.parameters)
            if first_day is not None:
                await begin_period(self._database, item.appraisal, first_day, basis_after(item.parameters))
        except AdoptedAlready:
            return Settled(item.appraisal, "done")
        except CaseBusy:
            return _tried(item, BUSY)
        except DomainError as refused:
            return Settled(item.appraisal, "refused", refused.code, refused.details)
        except Exception as damage:  # What is wrong with one case is its own, and the others go on.
            if is_away(damage):
                raise
            kind = type(damage).__name__
            # The kind of the fault alone: its text may repeat what the case holds.
            _log.error("operation_item_failed", appraisal=str(item.appraisal), error=kind)
            return _tried(item, f"{DAMAGED}:{kind}"[:60])
        return Settled(item.appraisal, "done")

    async def _carry_out(
        self, operation: Operation, item: PendingItem, command: Command, document: Document
    ) -> None:
        change = operation.change
        if isinstance(change, AdoptCalendar):
            prepare = by_present_calendar(item.appraisal, command, document, change)
            await self._commands.carry_out(item.appraisal, prepare)
        else:
            await self._commands.carry_out_checked(item.appraisal, command, document)


def _document(operation: Operation, item: PendingItem) -> Document:
    """The reason and the authority, kept for each case as its own text."""
    author = str(operation.requested_by)
    content: Json = {"text": operation.change.reason, "content": {"authority": operation.change.authority}}
    digest = digest_of(str(item.appraisal), item.trigger, author, content)
    return Document(digest, item.trigger, author, content)


def _command(
    operation: Operation, phase: str, item: PendingItem, document: str, capacity: Capacity
) -> Command:
    asked = hashlib.sha256(f"{operation.id}|{item.appraisal}|{item.trigger}".encode()).hexdigest()
    return command_of_item(
        item.trigger,
        item.parameters,
        command=f"{OPERATION}{operation.id}:{phase}",
        capacity=capacity,
        actor=operation.requested_by,
        document=document,
        fingerprint=asked[:16],
    )


def _tried(item: PendingItem, code: str) -> Settled:
    """An item that could not be done at this moment: it waits for another try, and fails after the last one."""
    last = item.attempts + 1 >= MOST_ATTEMPTS
    return Settled(item.appraisal, "failed" if last else "pending", code)
