"""Derives what the skills of people came to, so that units are counted quickly. Of one person it is never shown."""

import uuid
from collections.abc import Mapping

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from content.follow_up.skills import Said, Skill, Standing, skills_of
from content.rules import ContentRules
from service.sight.seeing import is_delivered
from states.codec import Json, load_appraisal
from store.agency.content_rules import content_rules_of
from store.skill.keeping import Derived, derive_alone, keep_derived
from store.skill.noting import ToDerive, to_derive

BATCH = 200


class SkillNoting:
    """Compares what was derived with the cases. Any number of processes may do so at once."""

    def __init__(self, database: AsyncEngine) -> None:
        self._database = database

    async def note_waiting(self, cycle: uuid.UUID | None = None) -> int:
        """Derives up to `BATCH` cases anew, of one cycle or of all, and returns how many there were."""
        async with self._database.begin() as connection:
            await derive_alone(connection)
            found = await to_derive(connection, BATCH, cycle)
            rules = {key: await _rules(connection, key) for key in {each.rulebook for each in found}}
            await keep_derived(connection, [derived(each, rules[each.rulebook]) for each in found])
        return len(found)


def derived(case: ToDerive, rules: ContentRules) -> Derived:
    """What the skills of a case came to; nothing as long as its result was not handed over."""
    counts = not case.superseded and is_delivered(load_appraisal(case.snapshot))
    said = Said(rating=case.rating, meeting=case.meeting, means=_means(case.means))
    skills = skills_of(rules, case.post, said) if counts else ()
    return Derived(
        case.appraisal,
        case.cycle,
        case.unit,
        case.sequence,
        case.surveys,
        counts,
        weak=_names(skills, Standing.WEAK),
        strong=_names(skills, Standing.STRONG),
        known=_names(skills, *Standing),
    )


async def _rules(connection: AsyncConnection, key: str) -> ContentRules:
    return await content_rules_of(connection, key) or ContentRules()


def _names(skills: tuple[Skill, ...], *standings: Standing) -> tuple[str, ...]:
    return tuple(skill.name for skill in skills if skill.standing in standings)


def _means(found: Json) -> Mapping[str, Mapping[str, float]]:
    return {name: {skill: float(mean) for skill, mean in means.items()} for name, means in found.items()}
