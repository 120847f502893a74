"""The local hours in which an agency's people are written to."""

import uuid
from collections.abc import Mapping

from sqlalchemy.ext.asyncio import AsyncConnection

from notifications.hours import SendingHours, hours_from
from store.agency.hours import sending_hours, set_sending_hours


async def hours_of(
    connection: AsyncConnection, agency: uuid.UUID, wanted: Mapping[str, object]
) -> SendingHours:
    """The hours of an agency, after what is ``wanted`` of them has been set.

    Raises `HoursInvalid` with the field that does not fit; nothing is changed then.
    """
    set_before = await sending_hours(connection, agency)
    if not wanted:
        return hours_from(set_before)
    chosen = hours_from({**set_before, **wanted})
    await set_sending_hours(connection, agency, chosen.to_data())
    return chosen
