"""The activity that does what is due of something that is attended to, and says when to look again."""

import asyncio
import datetime as dt
import uuid
from collections.abc import Awaitable, Callable, Mapping

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from temporalio import activity
from temporalio.exceptions import ApplicationError

from states.codec import Json
from store.attending.kinds import AttendedKind
from store.attending.repository import Attended, set_due, take
from store.database import is_away

Attend = Callable[[AsyncConnection, Attended], Awaitable[dt.datetime | None]]
"""Does what is due at ``attended.now``, in the transaction that it is given, and returns the next business moment at
which something is to be done; None: never again. It is called only when ``attended.due_at`` has come."""

STEPS = 20
"""More steps than this at once belong to the next transaction."""

AT_ONCE = 4
"""Fewer than a worker has connections: of thousands that close in one moment none waits for one in vain, to be tried
again only after a pause that grows."""

_log = structlog.get_logger(__name__)


class Attending:
    """Attends to what the record holds, each kind by its own function."""

    def __init__(self, database: AsyncEngine, kinds: Mapping[AttendedKind, Attend]) -> None:
        self._database = database
        self._kinds = kinds
        self._slots = asyncio.Semaphore(AT_ONCE)

    @activity.defn(name="attend")
    async def attend(self, request: Json) -> Json:
        """Does what is due. Returns ``{"state": "ended"}`` or ``{"state": "waits", "due": real moment}``.

        What is not on record has ended: anybody who reaches the engine may start a workflow. To repeat it is
        harmless, since what was done and the next moment are recorded in one transaction.
        """
        try:
            noun = uuid.UUID(str(request["attended"]))
        except ValueError:
            return {"state": "ended"}
        try:
            return await self._attend(noun)
        except Exception as damage:  # The error of one must not quote in the engine what the record holds.
            if is_away(damage):
                raise
            _log.error("not_attended", attended=str(noun), error=type(damage).__name__)
            raise ApplicationError(type(damage).__name__, type="attended_damaged") from None

    async def _attend(self, noun: uuid.UUID) -> Json:
        async with self._slots, self._database.begin() as connection:
            attended = await take(connection, noun)
            if attended is None or attended.ended:
                return {"state": "ended"}
            due: dt.datetime | None = attended.due_at
            for _ in range(STEPS):
                if due is None or due > attended.now:
                    break
                due = await self._kinds[AttendedKind(attended.kind)](connection, attended)
            await set_due(connection, noun, due)
        if due is None:
            return {"state": "ended"}
        return {"state": "waits", "due": attended.clock.real(due).isoformat()}
