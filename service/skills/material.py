"""Reads what was said of somebody's skills, as far as a reader of his case may know it."""

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncConnection

from content.follow_up.skills import Said, Skill, skills_of
from content.rules import ContentRules
from content.sight.rules import Kind
from service.file.course import ACTS, course_of
from service.filled.written import form_in
from service.ratings.seeing import sees_result
from service.sight.seeing import ContentSight
from store.agency.content_rules import content_rules_of
from store.file.acts import acts_of
from store.file.texts import texts_of
from store.skill.reading import post_of, survey_means


@dataclass(frozen=True, slots=True)
class SkillMaterial:
    """What a reader may know of somebody's skills."""

    rules: ContentRules
    """Those under which he was rated; before that those of his case."""
    post: str
    said: Said

    @property
    def skills(self) -> tuple[Skill, ...]:
        """The skills, each with all that is said of it."""
        return skills_of(self.rules, self.post, self.said)


async def skill_material(connection: AsyncConnection, sight: ContentSight) -> SkillMaterial:
    """All of it. What the reader does not see of the case is left out, and nothing follows from it."""
    case = sight.sight.case.id
    course = course_of(await acts_of(connection, case, ACTS, until=sight.sight.appraisal.sequence))
    own = course.self_assessment if sight.sees(Kind.SELF_ASSESSMENT) else None
    if own is not None and own.returned:
        own = None
    result = course.result if course.result is not None and sees_result(sight, course.result) else None
    meeting = course.meeting if sight.sees(Kind.MEETING) else None
    rules = sight.rules
    if result is not None:
        rules = await content_rules_of(connection, result.by.rulebook)
    digests = [part.digest for part in (own, result, meeting) if part is not None]
    written = {
        digest: form_in(found.content)
        for digest, found in (await texts_of(connection, case, digests)).items()
    }
    return SkillMaterial(
        rules or ContentRules(),
        await post_of(connection, case),
        Said(
            own=None if own is None else written.get(own.digest),
            rating=None if result is None else written.get(result.digest),
            meeting=None if meeting is None else written.get(meeting.digest),
            means=await survey_means(connection, case) if sight.sees_whole(Kind.INPUT) else {},
        ),
    )
