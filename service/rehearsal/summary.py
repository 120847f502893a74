"""The results of a rehearsed year, from the record."""

import asyncio
import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncEngine

from service.audit.verifying import Break, first_break
from store.appraisal.auditing import Scope, audited
from store.cycle import outcomes
from store.cycle.outcomes import DailyMessages, DeadlineCount, Messages, NoticeCount, OpenCase

_LOOK_SECONDS = 0.5
_MAIL_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Summary:
    """How the cases of a cycle ended, and what people were told during it."""

    ended: Sequence[tuple[str, int]]
    """Each outcome (or the stage, for appraisals that are not closed) with the number of appraisals."""
    deadlines: Sequence[DeadlineCount]
    notices: Sequence[NoticeCount]
    messages: Messages
    days: Sequence[DailyMessages]
    waiting: Sequence[OpenCase]
    broken: Sequence[Break]
    """The first broken link of each record that is not whole."""

    @property
    def is_sound(self) -> bool:
        """Whether the record is whole and every open case waits on somebody."""
        return not self.broken and all(each.awaited for each in self.waiting)

    @property
    def appraisals(self) -> int:
        """How many appraisals the cycle has."""
        return sum(number for _what, number in self.ended)


async def summary_of(database: AsyncEngine, cycle: uuid.UUID) -> Summary:
    """The results of a cycle's year. Every record is verified."""
    async with database.connect() as connection:
        ended = await outcomes.outcomes(connection, cycle)
        deadlines = await outcomes.deadline_counts(connection, cycle)
        notices = await outcomes.notice_counts(connection, cycle)
        messages = await outcomes.messages(connection, cycle)
        days = await outcomes.daily_messages(connection, cycle)
        waiting = await outcomes.open_cases(connection, cycle, dt.datetime.now(dt.UTC))
    found = [first_break(record) async for record in audited(database, Scope(cycle=str(cycle)))]
    broken = [each for each in found if each is not None]
    return Summary(ended, deadlines, notices, messages, days, waiting, broken)


async def until_mail_is_out(database: AsyncEngine, cycle: uuid.UUID) -> None:
    """Waits, half a minute at most, until the relay has sent all mail, so that a summary counts it as sent."""
    loop = asyncio.get_running_loop()
    given_up_at = loop.time() + _MAIL_SECONDS
    while loop.time() < given_up_at:
        async with database.connect() as connection:
            if await outcomes.notices_waiting(connection, cycle) == 0:
                return
        await asyncio.sleep(_LOOK_SECONDS)
