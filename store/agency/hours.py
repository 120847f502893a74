"""Reads and writes the hours in which an agency's people are written to."""

import json
import uuid
from typing import Any

from sqlalchemy import Text, Uuid, bindparam, text
from sqlalchemy.ext.asyncio import AsyncConnection

from states.codec import Json

# Two operators at once do not overwrite each other's part: who reads to change keeps the row until he has written.
_READ = text("SELECT sending_hours FROM agency WHERE id = :agency FOR UPDATE").bindparams(
    bindparam("agency", type_=Uuid())
)
_WRITE = text("UPDATE agency SET sending_hours = CAST(:hours AS jsonb) WHERE id = :agency").bindparams(
    bindparam("agency", type_=Uuid()), bindparam("hours", type_=Text())
)


async def sending_hours(connection: AsyncConnection, agency: uuid.UUID) -> Json:
    """What an agency has set, kept from changes until the transaction ends. Raises `NoResultFound`."""
    hours: dict[str, Any] = (await connection.execute(_READ, {"agency": agency})).scalar_one()
    return hours


async def set_sending_hours(connection: AsyncConnection, agency: uuid.UUID, hours: Json) -> None:
    """Sets all at once, as `SendingHours.to_data` gives it. Holds for whatever is planned from then on."""
    await connection.execute(_WRITE, {"agency": agency, "hours": json.dumps(hours)})
