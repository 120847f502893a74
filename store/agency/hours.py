"""Reads and writes the sending hours of an agency: when messages go to its people."""

import uuid
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from states.codec import Json
from store.agency.table import Agency

_OF_AGENCY = col(Agency.id) == bindparam("agency")

# Whoever reads the row in order to change it locks it until he has written. So two operators do not overwrite
# each other's part.
_READ = select(col(Agency.sending_hours)).where(_OF_AGENCY).with_for_update()
_WRITE = update(Agency).where(_OF_AGENCY).values({col(Agency.sending_hours): bindparam("hours")})


async def sending_hours(connection: AsyncConnection, agency: uuid.UUID) -> Json:
    """What an agency has set, locked until the transaction ends. Raises `NoResultFound`."""
    hours: dict[str, Any] = (await connection.execute(_READ, {"agency": agency})).scalar_one()
    return hours


async def set_sending_hours(connection: AsyncConnection, agency: uuid.UUID, hours: Json) -> None:
    """Sets all hours at once, in the shape of `SendingHours.to_data`. They hold for what is planned from then on."""
    await connection.execute(_WRITE, {"agency": agency, "hours": hours})
