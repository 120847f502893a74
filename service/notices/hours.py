"""The local hours in which people of an agency get messages."""

import uuid
from collections.abc import Mapping

from sqlalchemy.ext.asyncio import AsyncConnection

from notifications.hours import SendingHours, hours_from
from store.agency.hours import sending_hours, set_sending_hours


async def hours_of(
    connection: AsyncConnection, agency: uuid.UUID, wanted: Mapping[str, object]
) -> SendingHours:
    """Sets the ``wanted`` hours of an agency and returns all its hours.

    Raises `HoursInvalid` with the wrong field; then nothing is changed.
    """
    set_before = await sending_hours(connection, agency)
    if not wanted:
        return hours_from(set_before)
    chosen = hours_from({**set_before, **wanted})
    await set_sending_hours(connection, agency, chosen.to_data())
    return chosen
