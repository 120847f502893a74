"""Lets invented people of the public rate a service of each demonstration agency whose scheme asks them."""

import datetime as dt
import random
import uuid
from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from service.accounts.tokens import Identity
from service.demo.scenes import Scene
from service.problems import NoPublicFeedback
from service.public_feedback.asking import Asked, asked_about
from service.public_feedback.limiting import limit_day
from service.public_feedback.linking import Linking
from service.public_feedback.schemas import NewPublicLink
from store.cycle.rehearsing import RehearsedCycle
from store.database import autocommit
from store.person.roles import people_like
from store.public_feedback.answers import LeftAnswer, leave
from store.public_feedback.places import largest_unit

ANSWERS = 40
_KEY = "demo"
_FIRST = dt.timedelta(days=150)
"""So long before the scene stands still the first one answers: a finished period is to be seen, and a running one."""

WORDS = (
    "Petugas menjelaskan dengan sabar.",
    "Antrean terlalu lama pada hari Senin.",
    "Kursi tunggu perlu ditambah.",
    "Alur di papan kurang jelas.",
)


async def ask_the_public(
    database: AsyncEngine, linking: Linking, scenes: Sequence[tuple[Scene, RehearsedCycle]]
) -> list[str]:
    """Opens the form of one unit of each agency that asks, and answers it; the links. A repeat changes nothing."""
    links = []
    for scene, cycle in scenes:
        async with autocommit(database).connect() as connection:
            unit = await largest_unit(connection, cycle.agency_id)
            asked = None if unit is None else await _asked(connection, unit, cycle.agency_id)
            if asked is None or asked.place.cycle_id != cycle.id:
                continue
            people = await people_like(connection, nip=scene.system.operator, agency=scene.system.agency)
            await _answer(connection, asked, scene.stands_at.date())
        identity = Identity(people[0].id, cycle.agency_id)
        made = await linking.change(identity, asked.place.unit_id, _KEY, NewPublicLink(open=True))
        if made.url is not None:
            links.append(made.url)
    return links


async def _asked(connection: AsyncConnection, unit: uuid.UUID, agency: uuid.UUID) -> Asked | None:
    try:
        return await asked_about(connection, unit, agency)
    except NoPublicFeedback:
        return None


async def _answer(connection: AsyncConnection, asked: Asked, stands_on: dt.date) -> None:
    drawn = random.Random(7)  # noqa: S311  # the same answers in every demonstration
    elements = asked.content.lists[asked.rules.elements].names
    steps = len(asked.content.scales[asked.rules.scale].steps)
    place = asked.place
    for number in range(ANSWERS):
        # Most are content, and one element is weaker than the others.
        chosen = [
            min(steps - 1, drawn.choice((0, 1, 1, 1, 2)) + (element == 2)) for element in range(len(elements))
        ]
        words = WORDS[number] if asked.rules.text is not None and number < len(WORDS) else ""
        # Each has a device of his own, so that nobody is refused.
        unlike = uuid.uuid5(place.unit_id, f"device {number}").bytes
        await leave(
            connection,
            LeftAnswer(
                id=uuid.uuid5(place.unit_id, f"answer {number}"),
                unit=place.unit_id,
                agency=place.agency_id,
                scheme=place.scheme,
                day=stands_on - _FIRST + number * _FIRST / ANSWERS,
                steps=tuple(chosen),
                words=words,
                limit_day=limit_day(dt.datetime.now(dt.UTC)),
                address=unlike,
                device=None,
                a_device=1,
                an_address=1,
            ),
        )
