"""What should have left long ago: the sign that a relay, or a provider, does not do its work."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import DateTime, bindparam, text
from sqlalchemy.ext.asyncio import AsyncConnection

from store.rows import all_rows

COUNTED = 10_000
"""Counting stops here: a larger number is only known to be large."""

# Uses the indexes of unfinished messages and of notices without a plan; never reads more rows than are counted.
_OVERDUE = text("""
    SELECT late.channel, count(*) AS messages, count(*) FILTER (WHERE late.state = 'sending') AS stuck,
        min(late.next_attempt_at) AS oldest
    FROM unnest(ARRAY['email', 'whatsapp', 'telegram', 'webhook']) WITH ORDINALITY AS way(channel, place)
    CROSS JOIN LATERAL (
        SELECT message.channel, state, next_attempt_at FROM message
        WHERE message.channel = way.channel AND state IN ('waiting', 'sending', 'temporary_failure')
            AND next_attempt_at < :before
            AND NOT EXISTS (
                SELECT FROM channel_pause
                WHERE channel_pause.channel = way.channel AND (resumed_at IS NULL OR resumed_at > :before))
        ORDER BY next_attempt_at LIMIT :most
    ) AS late
    GROUP BY late.channel, way.place ORDER BY way.place
""").bindparams(bindparam("before", type_=DateTime(timezone=True)))
_UNPLANNED = text("""
    SELECT count(*) FROM (
        SELECT FROM notice WHERE state = 'created' AND message_id IS NULL AND created_at < :before LIMIT :most
    ) AS late
""").bindparams(bindparam("before", type_=DateTime(timezone=True)))


@dataclass(frozen=True, slots=True)
class Overdue:
    """Messages that should have left through a channel that is open."""

    channel: str
    messages: int
    stuck: int
    """How many of these a relay claimed that has ended since; the next claim of any relay takes them."""
    oldest: dt.datetime
    """Since when the oldest is due."""


@dataclass(frozen=True, slots=True)
class Backlog:
    """Everything that should have moved on."""

    overdue: tuple[Overdue, ...]
    """One for each channel that has any."""
    unplanned: int
    """Notices that no relay has looked at."""

    def __bool__(self) -> bool:
        return bool(self.overdue or self.unplanned)


async def backlog(connection: AsyncConnection, before: dt.datetime) -> Backlog:
    """What was due before a moment and has not left.

    A message that a pause holds back, or held back until after that moment, is not overdue.
    """
    parameters = {"before": before, "most": COUNTED}
    overdue = all_rows(Overdue, await connection.execute(_OVERDUE, parameters))
    unplanned = (await connection.execute(_UNPLANNED, parameters)).scalar_one()
    return Backlog(tuple(overdue), unplanned)
