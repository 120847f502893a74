"""Writes addresses: confirmed by their owners, or found to be bad."""

import datetime as dt
import uuid

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from store.base import new_id
from store.message.channels import ChannelName

_MARK_BAD = text("""
INSERT INTO contact (id, person_id, channel, address, added_at, bad_since, bad_answer)
SELECT :id, person.id, :channel, :address, now(), :at, :answer FROM person
WHERE person.id = :person AND CAST(:address AS varchar) <> ''
ON CONFLICT (person_id, channel, address) DO UPDATE
SET bad_since = COALESCE(contact.bad_since, EXCLUDED.bad_since), bad_answer = EXCLUDED.bad_answer
""")
_GIVE_UP_OTHERS = text("""
DELETE FROM contact WHERE channel = :channel AND (person_id = :person) <> (address = :address)
""")
_CONFIRM = text("""
INSERT INTO contact (id, person_id, channel, address, added_at, confirmed_at, bad_answer)
VALUES (:id, :person, :channel, :address, now(), :at, '')
ON CONFLICT (person_id, channel, address) DO UPDATE
SET confirmed_at = EXCLUDED.confirmed_at, bad_since = NULL, bad_answer = ''
""")
_CONFIRMED_SINCE = text("""
SELECT EXISTS (
    SELECT FROM contact WHERE person_id = :person AND channel = :channel AND confirmed_at >= :since
)
""")
_PERSON = text("SELECT id FROM person WHERE id = :person FOR UPDATE")
_REMOVE = text("DELETE FROM contact WHERE channel = :channel AND address = :address")


async def mark_bad(
    connection: AsyncConnection,
    *,
    person: uuid.UUID,
    channel: str,
    address: str,
    at: dt.datetime,
    answer: str,
) -> None:
    """Notes that nothing arrives at an address, since when, and what the provider said of it."""
    await connection.execute(
        _MARK_BAD,
        {
            "id": new_id(),
            "person": person,
            "channel": channel,
            "address": address[:320],
            "at": at,
            "answer": answer[:500],
        },
    )


async def confirm(
    connection: AsyncConnection,
    *,
    person: uuid.UUID,
    channel: ChannelName,
    address: str,
    at: dt.datetime,
    unless_since: dt.datetime,
) -> bool:
    """Makes this the one address of the person on the channel, and the person the one of this address.

    False, and nothing changes, where the person is not known or has confirmed one ``unless_since`` then already.
    """
    found = {"person": person, "channel": channel, "address": address[:320]}
    if await connection.scalar(_PERSON, {"person": person}) is None:
        return False
    if await connection.scalar(_CONFIRMED_SINCE, {**found, "since": unless_since}):
        return False
    await connection.execute(_GIVE_UP_OTHERS, found)
    await connection.execute(_CONFIRM, {**found, "id": new_id(), "at": at})
    return True


async def remove(connection: AsyncConnection, *, channel: ChannelName, address: str) -> bool:
    """Forgets an address; whether it was known."""
    result = await connection.execute(_REMOVE, {"channel": channel, "address": address})
    return result.rowcount > 0
