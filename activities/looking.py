"""The local activity with which the engine looks at the record: time acts, and the answer says where a case stands."""

import datetime as dt
import uuid
from collections.abc import Callable

import structlog
from sqlalchemy.ext.asyncio import AsyncEngine
from temporalio import activity
from temporalio.exceptions import ApplicationError

from activities.commanding import Commands
from activities.deciding import CaseUnknown
from activities.turns import CaseBusy
from states.codec import Json
from store.database import autocommit, is_away
from store.following.repository import note_trouble

CLOCK_TOLERANCE = dt.timedelta(seconds=5)
"""A larger difference between the engine's clock and the database's is logged."""

Moment = Callable[[dt.datetime, dt.datetime], dt.datetime]
"""Chooses the real moment until which time acts, from the database's now and the engine's now."""

_log = structlog.get_logger(__name__)


def by_the_database(database: dt.datetime, engine: dt.datetime) -> dt.datetime:
    """The database's time counts. If the engine's clock is ahead, cases wake early and nothing happens to them."""
    if abs(engine - database) > CLOCK_TOLERANCE:
        _log.warning("clocks_differ", engine_ahead_seconds=round((engine - database).total_seconds(), 1))
    return database


class Looking:
    """Looks at the record for the workflows. A test with virtual time replaces ``moment``."""

    def __init__(
        self, database: AsyncEngine, commands: Commands, *, moment: Moment = by_the_database
    ) -> None:
        self._database = autocommit(database)
        self._commands = commands
        self._moment = moment

    @activity.defn(name="look")
    async def look(self, request: Json) -> str:
        """Lets time act on the case ``appraisal`` (id) and returns its position as text (see `states.following`).

        ``at`` is the engine's now (ISO 8601), ``known`` the sequence that it knows. Returns an empty text if the case
        is not on record. A fault that keeps this one case from being read or decided is noted with the case and
        raised as an `ApplicationError`; the engine tries again later.
        """
        try:
            appraisal = uuid.UUID(str(request["appraisal"]))
        except ValueError:
            return ""
        engine_now = dt.datetime.fromisoformat(request["at"])
        try:
            position = await self._commands.bring_up_to(appraisal, lambda now: self._moment(now, engine_now))
        except CaseUnknown:
            return ""
        except CaseBusy:
            raise
        except Exception as damage:  # A fault of one case is noted with it and must not reach the others.
            if is_away(damage):
                raise
            await self._note(appraisal, damage)
            raise ApplicationError(type(damage).__name__, type="case_damaged") from None
        if request["known"] > position.sequence:
            _log.warning(
                "record_behind_engine",
                appraisal=str(appraisal),
                record=position.sequence,
                engine=request["known"],
            )
        return position.to_text()

    async def _note(self, appraisal: uuid.UUID, error: Exception) -> None:
        # Only the kind of the error is noted: its text may repeat what the case holds.
        _log.error("case_not_moved_by_time", appraisal=str(appraisal), error=type(error).__name__)
        async with self._database.connect() as connection:
            await note_trouble(connection, appraisal, type(error).__name__)
