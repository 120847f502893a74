"""Previews and takes changes: checks the right, keeps each once under its key, and has the engine start it."""

import uuid

from sqlalchemy.ext.asyncio import AsyncEngine
from temporalio.client import Client

from activities.queues import Queue
from service.accounts.tokens import Identity
from service.operations.checking import capacity_for
from service.operations.previewing import Preview, preview
from service.operations.recording import fingerprint_of, operation_under, recorded
from service.operations.steering import Steering
from service.operations.telling import EngineOfOperations
from service.problems import IdempotencyKeyReused, NotFound
from states.changes import Change
from store.database import autocommit
from store.operation import repository
from store.operation.performing import perform
from store.operation.repository import Operation


class Operations(Steering):
    """Previews and takes changes, and steers their operations; one for each process."""

    def __init__(self, database: AsyncEngine, client: Client, *, queue: str = Queue.APPRAISAL) -> None:
        reading = autocommit(database)
        super().__init__(reading, EngineOfOperations(reading, client, queue))
        self._database = database

    async def preview(self, identity: Identity, change: Change) -> Preview:
        """What the change would do now; nothing is kept.

        Raises `ChangeNotPermitted`, and a `DomainError` with the wrong field.
        """
        async with self._database.connect() as connection:
            capacity = await capacity_for(connection, identity, change)
            operation = uuid.uuid4()
            requested = await recorded(connection, operation, identity, change, f"preview/{operation}")
            found = await preview(connection, requested, capacity)
            await connection.rollback()
        return found

    async def request(self, identity: Identity, key: str, change: Change) -> Operation:
        """Keeps the operation of a change and starts it; only once for the same ``key`` and change.

        Raises the errors of `preview`, `IdempotencyKeyReused`, and `OutcomeUnknown` when the engine does not
        answer: then a repeat with the same key is safe.
        """
        async with self._reading.connect() as connection:
            known = await repository.keyed(connection, identity.agency, key)
        if known is None:
            known = await self._keep(identity, key, change)
        if known.fingerprint != fingerprint_of(identity, change):
            raise IdempotencyKeyReused
        if known.state == "waiting":
            await self._engine.start(known)
        return known

    async def _keep(self, identity: Identity, key: str, change: Change) -> Operation:
        async with self._database.begin() as transaction:
            await capacity_for(transaction, identity, change)
            requested = await recorded(transaction, operation_under(identity, key), identity, change, key)
            async with transaction.begin_nested() as tried:
                await perform(transaction, requested)
                await tried.rollback()
            kept = await repository.keyed(transaction, identity.agency, key)
        if kept is None:
            raise NotFound
        return kept
