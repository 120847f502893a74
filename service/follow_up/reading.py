"""What follows from the result of a case, for its employee, his rater and personnel officers."""

import uuid

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from content.sight.rules import Kind
from service import policy
from service.accounts.tokens import Identity
from service.appraisals.acting import Acting
from service.appraisals.result_shown import TextGiven
from service.cycles.checking import cycle_of
from service.follow_up.deciding import followed
from service.follow_up.gathering import gathered
from service.follow_up.schemas import CaseFollowUp
from service.follow_up.showing import shown_case
from service.problems import NotFound, RatingsInWords, ResultNotHandedOver
from service.sight.seeing import ContentSight, content_sight, is_delivered
from states.triggers import Trigger
from store.result_history.repository import cases_of_cycle
from translations import Locale

_RESULT = (TextGiven(Trigger.RATE, present=True),)
"""It tells of the result, and so its receipt is noted before it is given out."""


async def follow_up_of(
    reading: AsyncEngine, acting: Acting, appraisal: uuid.UUID, identity: Identity, locale: Locale
) -> CaseFollowUp:
    """What follows, with its reasons; the own result is noted as seen before it is given out.

    Raises `NotFound` where the result is not open to the asker, `ResultNotHandedOver` before it is handed over,
    `RatingsInWords`, and what `Acting.note_shown` raises.
    """
    async with reading.connect() as connection:
        sight = await content_sight(connection, appraisal, identity)
        if not policy.concerns_meeting(sight.sight.capacities):
            raise NotFound
        if not is_delivered(sight.sight.appraisal):
            raise ResultNotHandedOver
        if not sight.sees(Kind.RATING):
            raise NotFound
        found = await _read(connection, sight, identity, locale)
    await acting.note_shown(identity, sight.sight, _RESULT)
    return found


async def _read(
    connection: AsyncConnection, sight: ContentSight, identity: Identity, locale: Locale
) -> CaseFollowUp:
    if sight.rules is None or sight.rules.rating is None:
        raise RatingsInWords
    case = sight.sight.case
    cycle = await cycle_of(connection, case.cycle_id, identity)
    cases = await cases_of_cycle(connection, case.cycle_id, only=case.employee_id, limit=1)
    people = await gathered(connection, cases, rehearsal=cycle.rehearsal)
    asked = next((each for found in people for each in found.periods if each.case.id == case.id), None)
    if asked is None:
        # Nothing follows from a case that was cancelled after its result.
        raise NotFound
    (found,) = people
    # A rater of an earlier period is not told what the later one came to.
    return shown_case(
        asked.case,
        found,
        followed(found, only=asked),
        locale,
        decided_elsewhere=asked is not found.last,
    )
