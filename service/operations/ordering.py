"""Takes orders: checks rights, keeps each once under its key, and has the engine carry it out."""

import datetime as dt
import hashlib
import uuid

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from temporalio.client import Client, WorkflowUpdateFailedError, WorkflowUpdateRPCTimeoutOrCancelledError
from temporalio.service import RPCError, RPCStatusCode

from activities.queues import Queue
from service import policy
from service.accounts.tokens import Identity
from service.operations.previewing import Preview, preview
from service.operations.starting import ENGINE_TIMEOUT, operation_workflow_id, start_operation
from service.problems import IdempotencyKeyReused, NotFound, OperationEnded, OrderNotPermitted, OutcomeUnknown
from states.changes import CHANGE, Change
from states.codec import canonical
from states.stages import Capacity
from store.database import autocommit
from store.operation import keeping, repository
from store.operation.moments import agency_time
from store.operation.performing import Order, perform
from store.operation.repository import Operation
from store.person.repository import is_hr

_log = structlog.get_logger(__name__)


class Operations:
    """Previews, takes and steers orders; one for each process."""

    def __init__(self, database: AsyncEngine, client: Client, *, queue: str = Queue.APPRAISAL) -> None:
        self._engine = database
        self._reading = autocommit(database)
        self._client = client
        self._queue = queue

    async def preview(self, identity: Identity, change: Change) -> Preview:
        """What the change would do as things stand; nothing is kept.

        Raises `OrderNotPermitted` and, with the field that is wrong, a `DomainError`.
        """
        async with self._engine.connect() as connection:
            officer = await self._require_right(connection, identity, change)
            order = await self._order(connection, uuid.uuid4(), identity, change)
            await _add(
                connection, order, key=f"preview/{order.id}", fingerprint=_fingerprint(identity, change)
            )
            found = await preview(connection, order, Capacity.HR if officer else Capacity.RATER)
            await connection.rollback()
        return found

    async def order(self, identity: Identity, key: str, change: Change) -> Operation:
        """Keeps the order and starts it; the same ``key`` with the same change is ordered once.

        Raises what `preview` raises, `IdempotencyKeyReused`, and `OutcomeUnknown` when the engine does not
        answer: to repeat it with the same key is safe then.
        """
        fingerprint = _fingerprint(identity, change)
        async with self._reading.connect() as connection:
            known = await repository.keyed(connection, identity.agency, key)
        if known is None:
            known = await self._keep(identity, key, fingerprint, change)
        if known.fingerprint != fingerprint:
            raise IdempotencyKeyReused
        if known.state == "waiting":
            await self._start(known)
        return known

    async def operation(self, identity: Identity, operation: uuid.UUID) -> Operation:
        """An operation of the agency, for its personnel officers and whoever ordered it. Raises `NotFound`."""
        async with self._reading.connect() as connection:
            found = await repository.one(connection, operation)
            if found is None or found.agency_id != identity.agency:
                raise NotFound
            if found.requested_by != identity.person and not await is_hr(
                connection, identity.person, identity.agency
            ):
                raise NotFound
        return found

    async def pause(self, identity: Identity, operation: uuid.UUID) -> None:
        """Stops before the next batch. Raises `OperationEnded`."""
        await self._steer(identity, operation, "pause", "paused", ("running",))

    async def resume(self, identity: Identity, operation: uuid.UUID) -> None:
        """Goes on after a pause. Raises `OperationEnded`."""
        await self._steer(identity, operation, "resume", "running", ("paused",))

    async def withdraw(self, identity: Identity, operation: uuid.UUID) -> None:
        """Takes back a change that has not taken effect. Raises `OperationEnded` for any other."""
        await self._steer(identity, operation, "withdraw", "withdrawn", ("waiting",))

    async def rerun(self, identity: Identity, operation: uuid.UUID) -> None:
        """Tries what was refused or failed once more. Raises `OperationEnded` for one that took no effect."""
        found = await self.operation(identity, operation)
        if found.applied_at is None or found.state not in ("running", "finished"):
            raise OperationEnded
        if found.state == "finished":
            await self._start(found, again=True)
            return
        # It waits for the end of its period, or is at work, unless the engine has lost it.
        try:
            await self._tell(operation, "try_again")
        except OperationEnded:
            await self._start(found, again=True)

    async def _keep(self, identity: Identity, key: str, fingerprint: str, change: Change) -> Operation:
        operation = uuid.uuid5(identity.agency, f"operation/{key}")
        async with self._engine.begin() as transaction:
            await self._require_right(transaction, identity, change)
            order = await self._order(transaction, operation, identity, change)
            await _add(transaction, order, key=key, fingerprint=fingerprint)
            async with transaction.begin_nested() as tried:
                await perform(transaction, order)
                await tried.rollback()
            kept = await repository.keyed(transaction, identity.agency, key)
        if kept is None:
            raise NotFound
        return kept

    async def _require_right(self, connection: AsyncConnection, identity: Identity, change: Change) -> bool:
        officer = await is_hr(connection, identity.person, identity.agency)
        if not policy.may_order(change, person=identity.person, officer=officer):
            raise OrderNotPermitted
        return officer

    async def _order(
        self, connection: AsyncConnection, operation: uuid.UUID, identity: Identity, change: Change
    ) -> Order:
        now = dt.datetime.now(dt.UTC)
        time = await agency_time(connection, identity.agency, now)
        return Order(operation, identity.agency, change, identity.person, time, now)

    async def _start(self, operation: Operation, *, again: bool = False) -> None:
        try:
            await start_operation(self._reading, self._client, operation, again=again, queue=self._queue)
        except (RPCError, RuntimeError) as error:
            # A RuntimeError is what the SDK raises when a lazy client cannot connect.
            _log.warning("engine_unavailable", kind=type(error).__name__)
            raise OutcomeUnknown from error

    async def _steer(
        self, identity: Identity, operation: uuid.UUID, update: str, state: str, while_in: tuple[str, ...]
    ) -> None:
        found = await self.operation(identity, operation)
        if found.state == state:
            return
        if found.state not in while_in:
            raise OperationEnded
        try:
            if await self._tell(operation, update) is False:
                raise OperationEnded
        except OperationEnded:
            if update != "resume":
                raise
            # The engine has lost it: it goes on from what is on record.
            await self._start(found)
        async with self._reading.connect() as connection:
            await keeping.set_state(connection, operation, state, only=while_in)

    async def _tell(self, operation: uuid.UUID, update: str) -> object:
        """Sends the operation's workflow an update; what it answers."""
        handle = self._client.get_workflow_handle(operation_workflow_id(operation))
        try:
            answer: object = await handle.execute_update(update, rpc_timeout=ENGINE_TIMEOUT)
        except (WorkflowUpdateRPCTimeoutOrCancelledError, WorkflowUpdateFailedError, RuntimeError) as error:
            raise OutcomeUnknown from error
        except RPCError as error:
            if error.status is RPCStatusCode.NOT_FOUND:
                raise OperationEnded from error
            raise OutcomeUnknown from error
        return answer


async def _add(connection: AsyncConnection, order: Order, *, key: str, fingerprint: str) -> None:
    await keeping.add(
        connection,
        operation=order.id,
        agency=order.agency,
        key=key,
        fingerprint=fingerprint,
        change=order.change,
        person=order.requested_by,
        effective_at=order.at,
    )


def _fingerprint(identity: Identity, change: Change) -> str:
    """A digest of all that was ordered and of who ordered it."""
    asked = {"by": str(identity.person), "change": CHANGE.dump_python(change, mode="json")}
    return hashlib.sha256(canonical(asked)).hexdigest()
