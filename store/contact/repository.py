"""Writes addresses: confirmed by their owners, or found to be bad."""

import datetime as dt
import uuid

from sqlalchemy import String, Uuid, and_, bindparam, delete, exists, func, or_, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from store.base import new_id
from store.contact.table import ContactRow
from store.message.channels import ChannelName
from store.person.table import Person

_MARK_BAD = text("""
INSERT INTO contact (id, person_id, channel, address, added_at, bad_since, bad_answer)
SELECT :id, person.id, :channel, :address, now(), :at, :answer FROM person
WHERE person.id = :person AND CAST(:address AS varchar) <> ''
ON CONFLICT (person_id, channel, address) DO UPDATE
SET bad_since = COALESCE(contact.bad_since, EXCLUDED.bad_since), bad_answer = EXCLUDED.bad_answer
""")
_CHANNEL, _ADDRESS = bindparam("channel", type_=String()), bindparam("address", type_=String())
_OWNER = bindparam("person", type_=Uuid())
_OF_CHANNEL = col(ContactRow.channel) == _CHANNEL
_GIVE_UP_OTHERS = delete(ContactRow).where(
    _OF_CHANNEL,
    or_(
        and_(col(ContactRow.person_id) == _OWNER, col(ContactRow.address) != _ADDRESS),
        and_(col(ContactRow.person_id) != _OWNER, col(ContactRow.address) == _ADDRESS),
    ),
)
_CONFIRMED_SINCE = select(
    exists().where(
        col(ContactRow.person_id) == _OWNER, _OF_CHANNEL, col(ContactRow.confirmed_at) >= bindparam("since")
    )
)
_NEW = insert(ContactRow).values({col(ContactRow.added_at): func.now()})
_CONFIRM = _NEW.on_conflict_do_update(
    index_elements=[col(ContactRow.person_id), col(ContactRow.channel), col(ContactRow.address)],
    set_={
        col(ContactRow.confirmed_at): _NEW.excluded.confirmed_at,
        col(ContactRow.bad_since): None,
        col(ContactRow.bad_answer): "",
    },
)
_PERSON = select(col(Person.id)).where(col(Person.id) == _OWNER).with_for_update()
_REMOVE = delete(ContactRow).where(_OF_CHANNEL, col(ContactRow.address) == _ADDRESS)


async def mark_bad(
    connection: AsyncConnection,
    *,
    person: uuid.UUID,
    channel: str,
    address: str,
    at: dt.datetime,
    answer: str,
) -> None:
    """Notes that nothing arrives at an address, since when, and what the provider said about it."""
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
    """Makes this the person's only address on the channel, and the person the only one with this address.

    Returns False and changes nothing if the person is unknown, or has confirmed an address at ``unless_since`` or
    later.
    """
    address = address[:320]
    found = {"person": person, "channel": channel, "address": address}
    if await connection.scalar(_PERSON, {"person": person}) is None:
        return False
    if await connection.scalar(_CONFIRMED_SINCE, {**found, "since": unless_since}):
        return False
    await connection.execute(_GIVE_UP_OTHERS, found)
    confirmed = {"person_id": person, "channel": channel.value, "address": address, "confirmed_at": at}
    await connection.execute(_CONFIRM, {"id": new_id(), **confirmed})
    return True


async def remove(connection: AsyncConnection, *, channel: ChannelName, address: str) -> bool:
    """Forgets an address. Returns whether it was known."""
    result = await connection.execute(_REMOVE, {"channel": channel, "address": address})
    return result.rowcount > 0
