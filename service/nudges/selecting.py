"""Selects the appraisals to nudge about when a request names no single ones."""

import uuid

from sqlalchemy.ext.asyncio import AsyncConnection

from service.launches.selecting import UnitCodesUnknown
from store.nudge.choosing import awaiting, has_unit


async def awaiting_in(
    connection: AsyncConnection, agency: uuid.UUID, *, unit: str | None, overdue: bool
) -> list[uuid.UUID]:
    """The open appraisals of the unit with this code and all units below it, or all that are late.

    Raises `UnitCodesUnknown`.
    """
    if unit is not None and not await has_unit(connection, agency, unit):
        raise UnitCodesUnknown([unit])
    return await awaiting(connection, agency, unit=unit, overdue=overdue)
