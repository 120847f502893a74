"""What came of a rehearsed year, by the record."""

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
    """How the cases of a cycle ended, and what people were told meanwhile."""

    ended: Sequence[tuple[str, int]]
    """Outcome, or stage of what is not closed, and how many appraisals."""
    deadlines: Sequence[DeadlineCount]
    notices: Sequence[NoticeCount]
    messages: Messages
    days: Sequence[DailyMessages]
    waiting: Sequence[OpenCase]
    broken: Sequence[Break]
    """The first broken link of each record that is not whole."""

    @property
    def is_sound(self) -> bool:
        """Whether the record is whole, and all that is open waits on somebody."""
        return not self.broken and all(each.awaited for each in self.waiting)

    @property
    def appraisals(self) -> int:
        """How many there are."""
        return sum(number for _what, number in self.ended)


async def summary_of(database: AsyncEngine, cycle: uuid.UUID) -> Summary:
    """What came of the year of a cycle. Every record is verified."""
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
    """Waits until the relay has sent what is written, half a minute at most, so that a summary is not ahead of it."""
    loop = asyncio.get_running_loop()
    given_up_at = loop.time() + _MAIL_SECONDS
    while loop.time() < given_up_at:
        async with database.connect() as connection:
            if await outcomes.notices_waiting(connection, cycle) == 0:
                return
        await asyncio.sleep(_LOOK_SECONDS)
