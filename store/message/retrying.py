"""Tries messages again that failed for good, once the cause has been repaired."""

import datetime as dt

from sqlalchemy import DateTime, Text, bindparam, text
from sqlalchemy.ext.asyncio import AsyncConnection

from store.message.channels import ChannelName

# A notice that another channel has taken over meanwhile is not sent a second time.
_RETRY = text("""
WITH failed AS MATERIALIZED (
    SELECT notice.id, notice.message_id
    FROM message JOIN notice ON notice.message_id = message.id AND notice.state = 'permanent_failure'
    WHERE message.channel = :channel AND message.state = 'permanent_failure' AND message.next_attempt_at >= :since
        AND NOT EXISTS (
            SELECT FROM notice AS other
            WHERE other.appraisal_id = notice.appraisal_id AND other.stage = notice.stage
                AND other.rule = notice.rule AND other.occurrence = notice.occurrence
                AND other.recipient_id = notice.recipient_id AND other.channel <> notice.channel
                AND other.channel <> 'inbox' AND other.state IN ('sending', 'sent', 'delivered', 'seen'))
        AND NOT EXISTS (
            SELECT FROM contact JOIN person ON person.id = contact.person_id
            WHERE contact.person_id = message.recipient_id AND contact.channel = message.channel
                AND contact.bad_since IS NOT NULL
                AND (message.channel <> 'email' OR contact.address = trim(person.email)))
), wanted AS (
    UPDATE notice SET state = 'created', reason = '' FROM failed WHERE notice.id = failed.id
), again AS (
    UPDATE message SET state = 'waiting', reason = '', attempts = 0, next_attempt_at = now()
    WHERE id IN (SELECT message_id FROM failed)
    RETURNING id
)
SELECT count(*) FROM again
""").bindparams(bindparam("channel", type_=Text()), bindparam("since", type_=DateTime(timezone=True)))


async def retry_failed(connection: AsyncConnection, channel: ChannelName, since: dt.datetime) -> int:
    """Lets messages of a channel leave again that failed for good at ``since`` or later. Returns how many.

    Messages to an address that is still known to be bad stay, and so do notices that another channel has sent. A
    message that is no longer wanted is cancelled when it is claimed.
    """
    return int(await connection.scalar(_RETRY, {"channel": channel.value, "since": since}) or 0)
