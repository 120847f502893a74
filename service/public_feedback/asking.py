"""Which rules ask the public about a unit: those of the newest cycle of its agency whose scheme has any."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncConnection

from content.public.rules import PublicFeedbackRules
from content.rules import ContentRules
from service.problems import NoPublicFeedback, NotFound
from store.agency.content_rules import content_rules_of
from store.public_feedback.places import Place, places_of_unit


@dataclass(frozen=True, slots=True)
class Asked:
    """A unit, and what the public is asked about it."""

    place: Place
    content: ContentRules
    rules: PublicFeedbackRules


async def asked_of(connection: AsyncConnection, places: Iterable[Place]) -> Asked | None:
    """The rules that are in force for a unit, from its places under each cycle, the newest first."""
    for place in places:
        content = await content_rules_of(connection, place.scheme)
        if content is not None and content.public_feedback is not None:
            return Asked(place, content, content.public_feedback)
    return None


async def asked_about(connection: AsyncConnection, unit: uuid.UUID, agency: uuid.UUID) -> Asked:
    """The same for a unit of an agency. Raises `NotFound` and `NoPublicFeedback`."""
    places = await places_of_unit(connection, unit, agency)
    if not places:
        raise NotFound
    asked = await asked_of(connection, places)
    if asked is None:
        raise NoPublicFeedback
    return asked
