"""Puts the operation of a change on record, once under its key; a preview rolls it back."""

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
    """A digest of the change and its requester. It distinguishes a repeat from a reused key."""
    asked = {"by": str(identity.person), "change": CHANGE.dump_python(change, mode="json")}
    return hashlib.sha256(canonical(asked)).hexdigest()


def operation_under(identity: Identity, key: str) -> uuid.UUID:
    """The id of the operation that a key stands for."""
    return uuid.uuid5(identity.agency, f"operation/{key}")


async def recorded(
    connection: AsyncConnection, operation: uuid.UUID, identity: Identity, change: Change, key: str
) -> RequestedChange:
    """Records the operation under its key and returns all that is needed to carry it out."""
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
