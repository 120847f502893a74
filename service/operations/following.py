"""Follows an operation for somebody who waits for its end."""

import asyncio
import datetime as dt
from collections.abc import AsyncIterator
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncEngine

from service.accounts.tokens import Identity
from service.operations.operations import Operations
from store.operation import repository
from store.operation.moments import agency_time
from store.operation.repository import Operation

_LOOK_SECONDS = 0.5


@dataclass(frozen=True, slots=True)
class Course:
    """The progress of an operation."""

    operation: Operation
    items: int
    pending: int

    @property
    def is_settled(self) -> bool:
        """Whether none of its items is pending, or somebody stopped it."""
        operation = self.operation
        return operation.state not in ("waiting", "running") or (
            operation.applied_at is not None and not self.pending
        )


async def courses(
    database: AsyncEngine, operations: Operations, identity: Identity, operation: Operation
) -> AsyncIterator[Course]:
    """The progress again and again, until it is settled or it is clear that the operation waits for its day."""
    now = dt.datetime.now(dt.UTC)
    async with database.connect() as connection:
        time = await agency_time(connection, identity.agency, now)
    is_for_later = operation.effective_at > time.moment(now)
    while True:
        # Count after reading the state: the items exist as soon as the change has taken effect.
        found = await operations.operation(identity, operation.id)
        async with database.connect() as connection:
            counts = await repository.counts(connection, operation.id)
        course = Course(found, sum(counts.values()), counts.get("pending", 0))
        yield course
        if course.is_settled or (is_for_later and found.state == "waiting"):
            return
        await asyncio.sleep(_LOOK_SECONDS)
