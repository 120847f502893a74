"""The skills of an employee, for whoever may see his case."""

import uuid
from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncEngine

from content.follow_up.skills import Standing
from content.plan.library import family_of
from content.rules import ContentRules
from service.accounts.tokens import Identity
from service.appraisals.acting import Acting
from service.appraisals.result_shown import TextGiven
from service.file.agreed import agreed_actions
from service.file.material import seen_meetings, unseen_meetings
from service.sight.seeing import ContentSight, content_sight, is_delivered
from service.skills.material import SkillMaterial, skill_material
from service.skills.schemas import Skills
from service.skills.showing import shown_advice, shown_skill
from service.wording import in_words
from states.triggers import Trigger
from store.file.agreed import EarlierMeeting
from translations import Locale

HANDED_OVER = TextGiven(Trigger.DELIVER_RESULT, present=True)
"""What was agreed when a result was handed over tells of it."""

Meetings = Sequence[tuple[EarlierMeeting, ContentRules | None]]


async def skills_of_case(
    reading: AsyncEngine, acting: Acting, appraisal: uuid.UUID, identity: Identity, locale: Locale
) -> Skills:
    """The skills of a case as far as the asker sees it; own results in it are noted as seen before they are given out.

    Raises `NotFound` for a case out of sight, and what `Acting.note_shown` raises.
    """
    async with reading.connect() as connection:
        sight = await content_sight(connection, appraisal, identity)
        material = await skill_material(connection, sight)
        before = await seen_meetings(connection, sight)
        waiting = await unseen_meetings(connection, sight, before, identity)
    said = material.said
    given = [TextGiven(Trigger.RATE, present=True)] if said.rating is not None else []
    given += [HANDED_OVER] if said.meeting is not None else []
    await acting.note_shown(identity, sight.sight, given)
    for other in waiting:
        await acting.note_shown(identity, other, [HANDED_OVER])
    return _shown(sight, material, before, locale)


def _shown(sight: ContentSight, material: SkillMaterial, before: Meetings, locale: Locale) -> Skills:
    rules, case = material.rules, sight.sight.case
    skills, family = material.skills, family_of(material.post, rules)
    today = sight.sight.now.date()
    return Skills(
        appraisal_id=case.id,
        year=case.year,
        family=family,
        family_name=None if family is None else in_words(rules.library[family].label, locale),
        delivered=is_delivered(sight.sight.appraisal),
        article=rules.follow_up.article,
        skills=[shown_skill(each, rules, locale) for each in skills],
        strengths=[each.name for each in skills if each.standing is Standing.STRONG],
        weaknesses=[each.name for each in skills if each.standing is Standing.WEAK],
        trainings=shown_advice(skills, material.post, rules, locale),
        agreed=agreed_actions(_now(sight, material), today, locale),
        agreed_last_year=agreed_actions(before, today, locale),
    )


def _now(sight: ContentSight, material: SkillMaterial) -> Meetings:
    """The meeting of this case as one of those that come back next year."""
    if material.said.meeting is None:
        return ()
    case, rulebook = sight.sight.case, sight.sight.appraisal.rulebook
    held = EarlierMeeting(case.id, {}, case.year, rulebook, {"content": material.said.meeting})
    return ((held, material.rules),)
