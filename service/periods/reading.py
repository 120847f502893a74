"""The periods of an employee's year, for a person who may see one of them."""

import uuid
from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from service.accounts.tokens import Identity
from service.appraisals.acting import Acting
from service.appraisals.asker import asker_of
from service.appraisals.result_shown import TextGiven
from service.appraisals.sight import Sight, seen
from service.periods.schemas import PeriodList
from service.periods.seeing import SeenPeriod, seen_period
from service.periods.showing import shown_periods
from service.sight.seeing import ContentSight, content_sight
from states.triggers import Trigger
from store.agency.content_rules import content_rules_of
from store.file.periods import periods_of
from translations import Locale

RESULT = (TextGiven(Trigger.RATE, present=True),)
"""What an answer gives out that shows a result."""


async def year_of(
    reading: AsyncEngine, acting: Acting, appraisal: uuid.UUID, identity: Identity, locale: Locale
) -> PeriodList:
    """The periods of the year; own results among them are noted as seen before they are given out.

    Raises `NotFound` for a case out of sight, and what `Acting.note_shown` raises.
    """
    async with reading.connect() as connection:
        sight = await content_sight(connection, appraisal, identity)
        found = await seen_periods(connection, sight, identity)
        shown = await unseen(connection, sight, found, identity)
    for case in shown:
        await acting.note_shown(identity, case, RESULT)
    return shown_periods(found, appraisal, sight.rules, locale)


async def seen_periods(
    connection: AsyncConnection, sight: ContentSight, identity: Identity
) -> list[SeenPeriod]:
    """The periods of the year of a case, as the asker sees them."""
    stored = await periods_of(connection, sight.sight.case.id, asker_of(identity))
    rules = {
        key: await content_rules_of(connection, key) for key in {each.snapshot["rulebook"] for each in stored}
    }
    return [seen_period(sight, each, rules[each.snapshot["rulebook"]]) for each in stored]


async def unseen(
    connection: AsyncConnection, sight: ContentSight, periods: Sequence[SeenPeriod], identity: Identity
) -> list[Sight]:
    """The own cases among the periods whose results would be shown for the first time."""
    if not sight.own:
        return []
    return [await seen(connection, each.stored.id, identity) for each in periods if each.opens_unseen_result]
