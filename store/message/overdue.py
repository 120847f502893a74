"""What should have left long ago: the sign that a relay, or a provider, does not do its work."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import DateTime, bindparam, text
from sqlalchemy.ext.asyncio import AsyncConnection

from store.rows import all_rows

COUNTED = 10_000
"""As far as is counted: beyond, it is only known to be many."""

# By the index of unfinished messages and that of notices without a plan; never more rows than are counted.
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
    """What should have left through a channel that is open."""

    channel: str
    messages: int
    stuck: int
    """Of these: claimed by a relay that ended since; the next claim of any relay takes them."""
    oldest: dt.datetime
    """Since when the oldest is due."""


@dataclass(frozen=True, slots=True)
class Backlog:
    """Everything that should have moved on."""

    overdue: tuple[Overdue, ...]
    """Of each channel of which there is any."""
    unplanned: int
    """Notices that no relay has looked at."""

    def __bool__(self) -> bool:
        return bool(self.overdue or self.unplanned)


async def backlog(connection: AsyncConnection, before: dt.datetime) -> Backlog:
    """What was due before a moment and has not left.

    What a pause holds back is not overdue, nor what it held back until after that moment.
    """
    parameters = {"before": before, "most": COUNTED}
    overdue = all_rows(Overdue, await connection.execute(_OVERDUE, parameters))
    unplanned = (await connection.execute(_UNPLANNED, parameters)).scalar_one()
    return Backlog(tuple(overdue), unplanned)
