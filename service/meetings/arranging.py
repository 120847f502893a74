"""Makes, changes and cancels the appointment at which a result is handed over (PP 30/2019 art 49)."""

import asyncio
import hashlib
import uuid

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from activities import turns
from service import policy
from service.accounts.tokens import Identity
from service.appraisals.sight import Sight, seen
from service.meetings.checking import checked_times
from service.meetings.reading import meeting_of
from service.meetings.schemas import Meeting, NewMeeting
from service.meetings.showing import day_of
from service.problems import Busy, IdempotencyKeyReused, MeetingNotNow, NotFound
from states.codec import canonical
from states.errors import NotPermitted
from states.triggers import Trigger
from store.meeting.repository import Appointment, Times, appointments, hold, set_under, write, zone_of
from store.meeting.standing import MEETING_CANCELLED, MEETING_CHANGED, MEETING_SET
from store.meeting.telling import tell


async def arrange(
    database: AsyncEngine, identity: Identity, appraisal: uuid.UUID, key: str, body: NewMeeting
) -> Meeting:
    """Makes the appointment, or changes it; employee and rater are told in the same transaction.

    The same ``key`` with the same body is carried out once; a body that changes nothing is no change. Raises
    `NotFound`, `NotPermitted`, `MeetingNotNow`, `Invalid`, `IdempotencyKeyReused` and `Busy`.
    """
    async with database.begin() as connection:
        sight = await _held(connection, appraisal, identity)
        fingerprint = _fingerprint(identity, body)
        before = await set_under(connection, appraisal, identity.person, key)
        if before is not None:
            if before.fingerprint != fingerprint:
                raise IdempotencyKeyReused
            return await meeting_of(connection, sight, number=before.number, revision=before.revision)
        _refuse_others(sight)
        times = checked_times(body, sight.now)
        last = await _last(connection, sight)
        if last is None or last.cancelled or last.times != times:
            number = 0 if last is None else last.number + 1
            template = MEETING_SET if last is None or last.cancelled else MEETING_CHANGED
            await write(
                connection,
                appraisal,
                sight.appraisal.revision,
                number,
                times,
                person=identity.person,
                key=key,
                fingerprint=fingerprint,
            )
            await _tell(connection, sight, identity, template, number, times)
        return await meeting_of(connection, sight)


async def cancel(database: AsyncEngine, identity: Identity, appraisal: uuid.UUID) -> Meeting:
    """Cancels the appointment; a repeat changes nothing. Raises `NotFound`, `NotPermitted`, `MeetingNotNow`, `Busy`."""
    async with database.begin() as connection:
        sight = await _held(connection, appraisal, identity)
        _refuse_others(sight)
        last = await _last(connection, sight)
        if last is None:
            raise NotFound
        if not last.cancelled:
            await write(
                connection,
                appraisal,
                last.revision,
                last.number + 1,
                last.times,
                person=identity.person,
                cancelled=True,
            )
            await _tell(connection, sight, identity, MEETING_CANCELLED, last.number + 1, last.times)
        return await meeting_of(connection, sight)


async def _held(connection: AsyncConnection, appraisal: uuid.UUID, identity: Identity) -> Sight:
    """The case, on which nobody else acts until the transaction ends. Raises `Busy` while others keep it."""
    try:
        async with asyncio.timeout(turns.PATIENCE.total_seconds()):
            is_there = await hold(connection, appraisal, identity.agency)
    except TimeoutError:
        raise Busy from None
    if not is_there:
        raise NotFound
    sight = await seen(connection, appraisal, identity)
    if not policy.concerns_meeting(sight.capacities):
        raise NotFound
    return sight


def _refuse_others(sight: Sight) -> None:
    if not policy.may_arrange_meeting(sight.capacities):
        raise NotPermitted(
            trigger=Trigger.DELIVER_RESULT, stage=sight.appraisal.stage, capacity=sight.capacities[0]
        )
    if sight.appraisal.stage not in policy.MEETING_STAGES:
        raise MeetingNotNow(stage=sight.appraisal.stage.value)


async def _last(connection: AsyncConnection, sight: Sight) -> Appointment | None:
    found = await appointments(connection, sight.case.id, sight.appraisal.revision, most=1)
    return found[0] if found else None


async def _tell(
    connection: AsyncConnection, sight: Sight, identity: Identity, template: str, number: int, times: Times
) -> None:
    zone = await zone_of(connection, sight.case.id)
    await tell(
        connection,
        sight.case.id,
        template,
        revision=sight.appraisal.revision,
        number=number,
        day=day_of(times.starts_at, zone),
        at=sight.now,
        person=identity.person,
    )


def _fingerprint(identity: Identity, body: NewMeeting) -> str:
    content = {"actor": str(identity.person), "meeting": body.model_dump(mode="json")}
    return hashlib.sha256(canonical(content)).hexdigest()
