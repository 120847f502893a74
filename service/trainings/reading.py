"""The trainings of a case, for its employee, his rater and HR."""

import uuid

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from content.follow_up.skills import weak
from content.rules import ContentRules
from content.sight.rules import Kind
from service import policy
from service.accounts.tokens import Identity
from service.appraisals.acting import Acting
from service.appraisals.result_shown import TextGiven
from service.problems import NotFound
from service.sight.seeing import ContentSight, content_sight, is_delivered
from service.skills.material import skill_material
from service.trainings.schemas import Trainings
from service.trainings.showing import shown_trainings
from states.triggers import Trigger
from store.skill.reading import post_of
from store.training.repository import standing_choices
from translations import Locale

HANDED_OVER = TextGiven(Trigger.DELIVER_RESULT, present=True)
"""What names the weaknesses: it tells of the result, and so its receipt is noted before it is given out."""


async def trainings_of(
    reading: AsyncEngine, acting: Acting, appraisal: uuid.UUID, identity: Identity, locale: Locale
) -> Trainings:
    """What may be chosen and what was; the own result is noted as seen before the weaknesses are given out.

    Raises `NotFound` where the case is not open to the asker, and what `Acting.note_shown` raises.
    """
    async with reading.connect() as connection:
        sight, rules = await training_sight(connection, appraisal, identity)
        named = await weaknesses_in(connection, sight)
        post = await post_of(connection, appraisal)
        chosen = await standing_choices(connection, appraisal)
    if named:
        await acting.note_shown(identity, sight.sight, [HANDED_OVER])
    may_choose = sight.own and is_delivered(sight.sight.appraisal) and bool(rules.follow_up.trainings)
    return shown_trainings(rules, named, chosen, locale, post=post, may_choose=may_choose)


async def training_sight(
    connection: AsyncConnection, appraisal: uuid.UUID, identity: Identity
) -> tuple[ContentSight, ContentRules]:
    """The case and its rules; without rules nothing is offered. Raises `NotFound`."""
    sight = await content_sight(connection, appraisal, identity)
    if not policy.concerns_meeting(sight.sight.capacities):
        raise NotFound
    return sight, sight.rules or ContentRules()


async def weaknesses_in(connection: AsyncConnection, sight: ContentSight) -> tuple[str, ...]:
    """The weaknesses that the employee was told of, as far as the asker may read what was agreed: those that were
    named when the result was handed over, and those that follow from the result and from what others said.
    """
    if not is_delivered(sight.sight.appraisal) or not sight.sees(Kind.MEETING):
        return ()
    return weak((await skill_material(connection, sight)).skills)
