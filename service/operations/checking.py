"""Checks of the right to request a change and to see its operation."""

import uuid

from sqlalchemy.ext.asyncio import AsyncConnection

from service import policy
from service.accounts.checking import is_officer
from service.accounts.tokens import Identity
from service.problems import ChangeNotPermitted, NotFound
from states.changes import Change
from states.stages import Capacity
from store.operation import repository
from store.operation.repository import Operation


async def capacity_for(connection: AsyncConnection, identity: Identity, change: Change) -> Capacity:
    """The capacity in which somebody requests a change. Raises `ChangeNotPermitted`."""
    officer = await is_officer(connection, identity)
    if not policy.may_request(change, person=identity.person, officer=officer):
        raise ChangeNotPermitted
    return Capacity.HR if officer else Capacity.RATER


async def operation_of(connection: AsyncConnection, identity: Identity, operation: uuid.UUID) -> Operation:
    """An operation of the agency, for its requester and the personnel officers. Raises `NotFound`."""
    found = await repository.one(connection, operation)
    if found is None or found.agency_id != identity.agency:
        raise NotFound
    if found.requested_by != identity.person and not await is_officer(connection, identity):
        raise NotFound
    return found
