"""The state of a channel, in the language of its reader."""

from service.channels.schemas import ChannelLine
from service.notices.wording import channel_name
from store.pause.repository import ChannelStanding
from translations import Locale


def shown_channel(row: ChannelStanding, locale: Locale) -> ChannelLine:
    """One channel: whether it is paused, how many messages wait and how many failed."""
    return ChannelLine(
        channel=row.channel,
        channel_name=channel_name(row.channel, locale),
        paused=row.paused_at is not None,
        paused_at=row.paused_at,
        paused_by=row.paused_by,
        pause_reason=row.reason,
        waiting=row.waiting,
        due=row.due,
        oldest_due=row.oldest,
        failed_last_hour=row.failed,
    )
