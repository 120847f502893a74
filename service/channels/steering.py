"""Pauses and resumes channels and shows their state. The caller has checked the right to do so."""

import datetime as dt
from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncConnection

from service.channels.schemas import ChannelLine, ChannelSteered
from service.channels.showing import shown_channel
from service.channels.wording import Steered, said_of
from store.message.channels import SENT_BY_RELAY, ChannelName
from store.pause import repository
from translations import Locale

FAILED_SINCE = dt.timedelta(hours=1)
"""The time before now in which failures are counted."""


async def pause(
    connection: AsyncConnection, channel: ChannelName, *, by: str, reason: str, locale: Locale
) -> ChannelSteered:
    """Stops a channel until it is resumed. A repeat changes nothing."""
    changed = await repository.pause(connection, channel, by=by, reason=reason)
    return await _steered(connection, channel, Steered.PAUSED if changed else Steered.PAUSED_ALREADY, locale)


async def resume(
    connection: AsyncConnection, channel: ChannelName, *, by: str, locale: Locale
) -> ChannelSteered:
    """Lets a channel go on. A repeat changes nothing."""
    changed = await repository.resume(connection, channel, by=by)
    return await _steered(connection, channel, Steered.RESUMED if changed else Steered.OPEN_ALREADY, locale)


async def channel_lines(
    connection: AsyncConnection, locale: Locale, channels: Sequence[ChannelName] = SENT_BY_RELAY
) -> list[ChannelLine]:
    """The current state of channels."""
    since = dt.datetime.now(dt.UTC) - FAILED_SINCE
    rows = await repository.standings(connection, failed_since=since, channels=channels)
    return [shown_channel(row, locale) for row in rows]


async def _steered(
    connection: AsyncConnection, channel: ChannelName, steered: Steered, locale: Locale
) -> ChannelSteered:
    (line,) = await channel_lines(connection, locale, (channel,))
    changed = steered in (Steered.PAUSED, Steered.RESUMED)
    return ChannelSteered(changed=changed, said=said_of(steered, channel, locale), channel=line)
