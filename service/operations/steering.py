"""Pauses, resumes, withdraws and reruns operations."""

import uuid

from sqlalchemy.ext.asyncio import AsyncEngine

from service.accounts.tokens import Identity
from service.operations.checking import operation_of
from service.operations.telling import EngineOfOperations
from service.problems import OperationEnded
from store.operation import keeping
from store.operation.repository import Operation


class Steering:
    """Steers operations; each method checks the right to do so."""

    def __init__(self, reading: AsyncEngine, engine: EngineOfOperations) -> None:
        self._reading = reading
        self._engine = engine

    async def operation(self, identity: Identity, operation: uuid.UUID) -> Operation:
        """An operation of the agency, for its requester and the personnel officers. Raises `NotFound`."""
        async with self._reading.connect() as connection:
            return await operation_of(connection, identity, operation)

    async def pause(self, identity: Identity, operation: uuid.UUID) -> None:
        """Pauses an operation before its next batch. Raises `OperationEnded`."""
        await self._steer(identity, operation, "pause", "paused", ("running",))

    async def resume(self, identity: Identity, operation: uuid.UUID) -> None:
        """Resumes a paused operation. Raises `OperationEnded`."""
        await self._steer(identity, operation, "resume", "running", ("paused",))

    async def withdraw(self, identity: Identity, operation: uuid.UUID) -> None:
        """Takes back a change that has not taken effect. Otherwise raises `OperationEnded`."""
        await self._steer(identity, operation, "withdraw", "withdrawn", ("waiting",))

    async def rerun(self, identity: Identity, operation: uuid.UUID) -> None:
        """Retries refused and failed items. Raises `OperationEnded` if the change never took effect."""
        found = await self.operation(identity, operation)
        if found.applied_at is None or found.state not in ("running", "finished"):
            raise OperationEnded
        if found.state == "finished":
            await self._engine.start(found, again=True)
            return
        # The workflow waits for the end of its period, or works, unless the engine has lost it.
        try:
            await self._engine.tell(operation, "try_again")
        except OperationEnded:
            await self._engine.start(found, again=True)

    async def _steer(
        self, identity: Identity, operation: uuid.UUID, update: str, state: str, while_in: tuple[str, ...]
    ) -> None:
        found = await self.operation(identity, operation)
        if found.state == state:
            return
        if found.state not in while_in:
            raise OperationEnded
        try:
            if await self._engine.tell(operation, update) is False:
                raise OperationEnded
        except OperationEnded:
            if update != "resume":
                raise
            # The engine has lost the workflow: a new one goes on from the record.
            await self._engine.start(found)
        async with self._reading.connect() as connection:
            await keeping.set_state(connection, operation, state, only=while_in)
