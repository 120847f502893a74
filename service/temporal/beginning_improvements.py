"""Begins the time to improve that follows from a result, once that result is final."""

import datetime as dt
import uuid
from contextlib import AbstractAsyncContextManager
from zoneinfo import ZoneInfo

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from content.follow_up.improvement import last_day, rule_for
from service.temporal.looking_again import looking_again
from states.standing import FOR_GOOD
from store.agency.content_rules import content_rules_of
from store.improvement.beginning import (
    FinalCase,
    NewImprovement,
    begin_improvement,
    final_cases,
    may_look,
    note_seen,
)

BATCH = 500
PAUSE = dt.timedelta(seconds=60)
"""The pause between two rounds. It begins on a day, so minutes do not matter."""
SETTLING = dt.timedelta(minutes=5)
"""What was recorded later than this ago waits for the next round: no transaction takes so long."""
_NAMESPACE = uuid.UUID("0b6c4b3e-6a0f-5d0e-9a3c-6f5a1f1f2c57")

_log = structlog.get_logger(__name__)


class ImprovementBeginning:
    """Looks at each case that has become final, in the order in which they did."""

    def __init__(
        self, database: AsyncEngine, *, batch: int = BATCH, settling: dt.timedelta = SETTLING
    ) -> None:
        self._database = database
        self._batch = batch
        self._settling = settling

    async def look(self) -> int:
        """Looks at one batch, in one transaction, and returns how many cases it held.

        Any number of processes may look at once: one of them does. Raises the database's error.
        """
        async with self._database.begin() as connection:
            if not await may_look(connection):
                return 0
            found = await final_cases(connection, self._batch, self._settling)
            begun = [case for case in found if await _begun(connection, case)]
            if found:
                await note_seen(connection, found[-1])
        if begun:
            _log.info("improvements_begun", cases=len(begun))
        return len(found)


async def _begun(connection: AsyncConnection, case: FinalCase) -> bool:
    if case.result is None or case.predicate is None or case.goes_on or case.legal_standing in FOR_GOOD:
        return False
    rules = await content_rules_of(connection, case.rulebook)
    rule = None if rules is None else rule_for(rules.follow_up.improvement, case.echelon, case.predicate)
    if rule is None:
        return False
    starts_on = case.final_on + dt.timedelta(days=1)
    return await begin_improvement(
        connection,
        NewImprovement(
            id=uuid.uuid5(_NAMESPACE, str(case.appraisal)),
            cycle=case.cycle,
            appraisal=case.appraisal,
            rulebook=case.rulebook,
            rule=rule.name,
            result=case.result,
            starts_on=starts_on,
            ends_on=last_day(starts_on, rule.months),
            due_at=dt.datetime.combine(starts_on, dt.time(), ZoneInfo(case.zone)),
        ),
    )


def beginning_improvements(
    database: AsyncEngine, *, pause: dt.timedelta = PAUSE
) -> AbstractAsyncContextManager[None]:
    """Looks for as long as the block runs."""
    look = ImprovementBeginning(database).look
    return looking_again(look, batch=BATCH, pause=pause, failure="final_results_not_read")
