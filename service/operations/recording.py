"""Puts the operation of a change on record, once under its key, or for the time of a preview."""

import datetime as dt
import hashlib
import uuid

from sqlalchemy.ext.asyncio import AsyncConnection

from service.accounts.tokens import Identity
from states.changes import CHANGE, Change
from states.codec import canonical
from states.operations.requested_change import RequestedChange
from store.operation import keeping
from store.operation.moments import agency_time


def fingerprint_of(identity: Identity, change: Change) -> str:
    """A digest of the change and of who requested it, by which a repeat is told from a reused key."""
    asked = {"by": str(identity.person), "change": CHANGE.dump_python(change, mode="json")}
    return hashlib.sha256(canonical(asked)).hexdigest()


def operation_under(identity: Identity, key: str) -> uuid.UUID:
    """The id of the operation that is requested under a key."""
    return uuid.uuid5(identity.agency, f"operation/{key}")


async def recorded(
    connection: AsyncConnection, operation: uuid.UUID, identity: Identity, change: Change, key: str
) -> RequestedChange:
    """The operation with all that carrying it out needs to know, written under its key."""
    now = dt.datetime.now(dt.UTC)
    time = await agency_time(connection, identity.agency, now)
    requested = RequestedChange(operation, identity.agency, change, identity.person, time, now)
    await keeping.add(
        connection,
        operation=requested.id,
        agency=requested.agency,
        key=key,
        fingerprint=fingerprint_of(identity, change),
        change=requested.change,
        person=requested.requested_by,
        effective_at=requested.at,
    )
    return requested
