"""The addresses that a person has, and that he takes or gives up himself."""

import datetime as dt
import uuid
from dataclasses import dataclass

from sqlalchemy import String, Uuid, bindparam, delete, exists, func, insert, select, text
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from store.base import enumerated, new_id
from store.contact.table import ContactRow
from store.message.channels import ChannelName
from store.rows import all_rows

_OWN = text("""
SELECT contact.channel, contact.address, contact.confirmed_at, contact.bad_since
FROM contact WHERE contact.person_id = :person AND contact.channel <> 'email'
UNION ALL
SELECT 'email', trim(person.email), NULL, contact.bad_since
FROM person LEFT JOIN contact ON contact.person_id = person.id AND contact.channel = 'email'
    AND contact.address = trim(person.email)
WHERE person.id = :person AND trim(person.email) <> ''
ORDER BY channel, confirmed_at DESC NULLS LAST, address
""").columns(channel=enumerated(ChannelName))
# If two people take one number at the same moment, or one person takes two, one waits for the other.
_ONE_BY_ONE = text("""
SELECT pg_advisory_xact_lock(hashtextextended(CAST(:channel AS text) || ' ' || CAST(:address AS text), 0))
FROM (SELECT id FROM person WHERE id = :person FOR UPDATE) AS owner
""")
_CHANNEL, _OWNER = bindparam("channel", type_=String()), bindparam("person", type_=Uuid())
_OF_ANOTHER = select(
    exists().where(
        col(ContactRow.channel) == _CHANNEL,
        col(ContactRow.address) == bindparam("address"),
        col(ContactRow.person_id) != _OWNER,
        col(ContactRow.confirmed_at).is_not(None),
        col(ContactRow.bad_since).is_(None),
    )
)
_GIVE_UP = delete(ContactRow).where(col(ContactRow.person_id) == _OWNER, col(ContactRow.channel) == _CHANNEL)

_TAKE = insert(ContactRow).values({col(ContactRow.added_at): func.now()})


@dataclass(frozen=True, slots=True)
class Address:
    """An address of a person on a channel."""

    channel: ChannelName
    address: str
    confirmed_at: dt.datetime | None
    """When the person said yes to the channel; None for e-mail, which comes from the roster."""
    bad_since: dt.datetime | None
    """Since when nothing arrives there."""


async def addresses_of(connection: AsyncConnection, person: uuid.UUID) -> list[Address]:
    """All addresses of the person, channel by channel."""
    rows = await connection.execute(_OWN, {"person": person})
    return all_rows(Address, rows)


async def take(
    connection: AsyncConnection,
    *,
    person: uuid.UUID,
    channel: ChannelName,
    address: str,
    at: dt.datetime,
) -> bool:
    """Makes this the person's only address on the channel, on his word alone. His former address is given up.

    Returns False and changes nothing if somebody else uses the address: nobody loses an address on the word of
    another. Needs a transaction.
    """
    wanted = {"person": person, "channel": channel.value, "address": address}
    await connection.execute(_ONE_BY_ONE, wanted)
    if await connection.scalar(_OF_ANOTHER, wanted):
        return False
    await connection.execute(_GIVE_UP, {"person": person, "channel": channel.value})
    taken = {"person_id": person, "channel": channel.value, "address": address, "confirmed_at": at}
    await connection.execute(_TAKE, {"id": new_id(), **taken})
    return True


async def give_up(connection: AsyncConnection, person: uuid.UUID, channel: ChannelName) -> bool:
    """Forgets the person's addresses on a channel. Returns whether there was one."""
    done = await connection.execute(_GIVE_UP, {"person": person, "channel": channel.value})
    return done.rowcount > 0
