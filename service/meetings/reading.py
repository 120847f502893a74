"""The appointment of a case, and its file for calendars."""

import uuid

from sqlalchemy.ext.asyncio import AsyncConnection

from notifications.invitation import Invitation, calendar_file
from service import policy
from service.accounts.tokens import Identity
from service.appraisals.sight import Sight, seen
from service.meetings.schemas import Meeting
from service.meetings.showing import shown_meeting
from service.problems import NotFound
from store.meeting.repository import address_of, appointments, zone_of
from translations import Locale

_MOST = 20
"""Of earlier versions."""


async def my_meeting(connection: AsyncConnection, appraisal: uuid.UUID, identity: Identity) -> Meeting:
    """The appointment. Raises `NotFound` where there is none, or the case is not open to the asker."""
    return await meeting_of(connection, await _sight(connection, appraisal, identity))


async def meeting_of(
    connection: AsyncConnection, sight: Sight, *, number: int | None = None, revision: int | None = None
) -> Meeting:
    """The appointment of a case, by default as it is now, else as version ``number`` left it. Raises `NotFound`."""
    versions = await appointments(
        connection,
        sight.case.id,
        sight.appraisal.revision if revision is None else revision,
        most=_MOST + 1,
        until=number,
    )
    if not versions:
        raise NotFound
    return shown_meeting(sight, versions, await zone_of(connection, sight.case.id))


async def my_calendar_file(
    connection: AsyncConnection, appraisal: uuid.UUID, identity: Identity, locale: Locale, *, organizer: str
) -> tuple[str, bytes]:
    """The appointment as a file for calendars, with its method. Raises `NotFound` as `my_meeting`."""
    sight = await _sight(connection, appraisal, identity)
    found = await appointments(connection, sight.case.id, sight.appraisal.revision, most=1)
    if not found:
        raise NotFound
    last = found[0]
    invitation = Invitation(
        appraisal_id=last.appraisal_id,
        revision=last.revision,
        number=last.number,
        starts_at=last.starts_at,
        ends_at=last.ends_at,
        place=last.place,
        set_at=last.set_at,
        cancelled=last.cancelled,
        zone=await zone_of(connection, sight.case.id),
    )
    attendee = await address_of(connection, identity.person)
    content = calendar_file(invitation, organizer=organizer, attendee=attendee, locale=locale)
    return invitation.method, content


async def _sight(connection: AsyncConnection, appraisal: uuid.UUID, identity: Identity) -> Sight:
    sight = await seen(connection, appraisal, identity)
    if not policy.concerns_meeting(sight.capacities):
        raise NotFound
    return sight
