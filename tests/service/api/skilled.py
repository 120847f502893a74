"""An agency whose scheme asks for skills, and cases in it."""

import uuid
from typing import Any

from content.rules import ContentRules
from tests.fixtures.agency import WORDS, SmallAgency
from tests.fixtures.skills import CLERK, SKILLED, meeting, own, rating
from tests.service.api.changes import drafting
from tests.service.api.conftest import Service
from tests.service.api.meetings import agency_with
from tests.service.api.results import done, to_the_rating

BOOK = WORDS.model_copy(update={"scheme": "kompetensi-uji"})
OWN = own(speaking="able", punctual="expert", filing="able")
RATING = rating(speaking="able", punctual="able", filing="basic")
MEETING = meeting(strengths=["punctual"], weaknesses=["speaking"])


async def skilled_agency(service: Service, content: ContentRules = SKILLED, scheme: str = "") -> SmallAgency:
    """An agency of clerks whose scheme asks for skills; other ``content`` needs a ``scheme`` of its own."""
    book = BOOK.model_copy(update={"scheme": scheme}) if scheme else BOOK
    agency = await agency_with(service, content, book=book)
    await service.run(
        "UPDATE person SET post = :post WHERE id = ANY (CAST(:people AS uuid[]))",
        post=CLERK,
        people=[str(each) for each in agency.employees],
    )
    return agency


async def self_assessed(
    service: Service, agency: SmallAgency, employee: uuid.UUID | None = None
) -> uuid.UUID:
    """A case whose employee has assessed himself."""
    person = employee or agency.employee
    case = await drafting(service, agency, person)
    *before, _ = to_the_rating(agency, person)
    await done(service, case, *before, (person, "submit_self_assessment", {"content": OWN}))
    return case


async def skill_rated(service: Service, agency: SmallAgency, filled: Any = None) -> uuid.UUID:
    """A case that was rated."""
    case = await self_assessed(service, agency)
    await done(service, case, (agency.rater, "rate", {"content": filled or RATING}))
    return case


async def skill_delivered(service: Service, agency: SmallAgency, filled: Any = None) -> uuid.UUID:
    """A case whose result was handed over."""
    case = await skill_rated(service, agency, filled)
    await done(service, case, (agency.rater, "deliver_result", {"content": MEETING}))
    return case
