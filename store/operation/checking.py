"""Reads what a change names, and lets `states.operations.refusals` judge it."""

import uuid
from collections.abc import Collection

from sqlalchemy.ext.asyncio import AsyncConnection

from states.operations import refusals
from states.operations.requested_change import RequestedChange
from store.operation import relations, selecting


async def check_people(
    connection: AsyncConnection,
    requested: RequestedChange,
    *,
    present: bool = True,
    people: Collection[uuid.UUID] = (),
    **named: uuid.UUID,
) -> dict[uuid.UUID, refusals.NamedPerson]:
    """The listed ``people``, and the person in each field of ``named``. All must be in the agency; if ``present``,
    nobody in a field may be away.

    Raises `ParameterInvalid` with the field.
    """
    wanted = {identity: name for name, identity in named.items()} | dict.fromkeys(people, "people")
    known = await selecting.named_people(connection, requested.agency, list(wanted), requested.at)
    refusals.require_people(wanted, known, present=present)
    return known


async def check_units(
    connection: AsyncConnection, requested: RequestedChange, field: str, units: Collection[uuid.UUID]
) -> None:
    """Units that the agency must have. Raises `ParameterInvalid` with the ``field``."""
    standing = await selecting.standing_units(connection, requested.agency, units)
    refusals.require_units(units, standing, field)


async def check_line(
    connection: AsyncConnection, requested: RequestedChange, people: Collection[uuid.UUID], field: str
) -> None:
    """People whose new line of superiors must not lead back to them. Raises `ParameterInvalid` with the ``field``."""
    refusals.refuse_circles(await relations.in_a_circle(connection, people, requested.at), field)
