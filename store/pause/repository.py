"""Stops channels for a while, and reads the state of each."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ARRAY, DateTime, Text, bindparam, func, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from store.base import new_id
from store.message.channels import SENT_BY_RELAY, ChannelName
from store.pause.table import ChannelPauseRow
from store.rows import all_rows

_CHANNEL, _ID = col(ChannelPauseRow.channel), col(ChannelPauseRow.id)
_OPEN = col(ChannelPauseRow.resumed_at).is_(None)
_PAUSE = (
    insert(ChannelPauseRow)
    .values({col(ChannelPauseRow.paused_at): func.now()})
    .on_conflict_do_nothing(index_elements=[_CHANNEL], index_where=_OPEN)
    .returning(_ID)
)
_RESUME = (
    update(ChannelPauseRow)
    .where(bindparam("of") == _CHANNEL, _OPEN)
    .values({col(ChannelPauseRow.resumed_at): func.now(), col(ChannelPauseRow.resumed_by): bindparam("by")})
    .returning(_ID)
)
# What waits is found by the index of unfinished messages. Attempts have no index by time: they are read once.
_STANDING = text("""
    WITH failed AS MATERIALIZED (
        SELECT message.channel, count(*) AS count
        FROM message_attempt AS attempt JOIN message ON message.id = attempt.message_id
        WHERE attempt.at > :since AND attempt.outcome IN ('temporary_failure', 'permanent_failure', 'bounced')
        GROUP BY message.channel
    )
    SELECT channel.name AS channel, pause.paused_at, COALESCE(person.name, pause.paused_by) AS paused_by,
        pause.reason, waiting.count AS waiting, waiting.due, waiting.oldest, COALESCE(failed.count, 0) AS failed
    FROM unnest(:channels) WITH ORDINALITY AS channel(name, place)
    LEFT JOIN channel_pause AS pause ON pause.channel = channel.name AND pause.resumed_at IS NULL
    LEFT JOIN failed ON failed.channel = channel.name
    LEFT JOIN person ON person.id = CASE WHEN pause.paused_by ~ '^[0-9a-f-]{36}$' THEN CAST(pause.paused_by AS uuid) END
    CROSS JOIN LATERAL (
        SELECT count(*), count(*) FILTER (WHERE next_attempt_at <= now()) AS due,
            min(next_attempt_at) FILTER (WHERE next_attempt_at <= now()) AS oldest
        FROM message
        WHERE message.channel = channel.name AND state IN ('waiting', 'sending', 'temporary_failure')
    ) AS waiting
    ORDER BY channel.place
""").bindparams(
    bindparam("channels", type_=ARRAY(Text())),
    bindparam("since", type_=DateTime(timezone=True)),
)


@dataclass(frozen=True, slots=True)
class ChannelStanding:
    """The present state of a channel."""

    channel: str
    paused_at: dt.datetime | None
    """None while the channel is open; so are the next two fields."""
    paused_by: str | None
    """A name."""
    reason: str | None
    waiting: int
    """Messages that are not sent yet, including those planned for later."""
    due: int
    """How many of those are due now."""
    oldest: dt.datetime | None
    """Since when the oldest of these waits."""
    failed: int
    """Attempts that failed, and messages that came back, since the moment that the caller asked for."""


async def pause(connection: AsyncConnection, channel: ChannelName, *, by: str, reason: str) -> bool:
    """Stops further sending through a channel; what is being sent ends as usual. False if it is paused already.

    ``by`` is an operator's name or a person's id.
    """
    begun = {"id": new_id(), "channel": channel.value, "paused_by": by, "reason": reason}
    return await connection.scalar(_PAUSE, begun) is not None


async def resume(connection: AsyncConnection, channel: ChannelName, *, by: str) -> bool:
    """Lets a channel go on with everything that waits. False if it is not paused."""
    return await connection.scalar(_RESUME, {"of": channel.value, "by": by}) is not None


async def standings(
    connection: AsyncConnection, *, failed_since: dt.datetime, channels: Sequence[ChannelName] = SENT_BY_RELAY
) -> list[ChannelStanding]:
    """The state of each channel, in the order in which channels step in for each other."""
    parameters = {"channels": [channel.value for channel in channels], "since": failed_since}
    return all_rows(ChannelStanding, await connection.execute(_STANDING, parameters))
