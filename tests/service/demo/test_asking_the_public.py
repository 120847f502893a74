"""The demonstration has a form of the public with answers, whose figures are to be seen."""

import datetime as dt

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from schemes.loading import builtin_system
from service.accounts.tokens import Identity
from service.cycles.creating import create_cycle
from service.demo.asking_the_public import ANSWERS, WORDS, ask_the_public
from service.demo.scenes import SCENES
from service.demo.systems import load_system_agency
from service.public_feedback.linking import Linking
from service.public_feedback.reading import public_feedback_of
from service.public_feedback.sealing import PublicSeals
from states.clock import Clock, Segment
from store.cycle.rehearsing import rehearsed_cycle
from store.person.roles import people_like
from translations import Locale

pytestmark = pytest.mark.database


def asks(scheme: str) -> bool:
    content = builtin_system(scheme).content
    return content is not None and content.public_feedback is not None


async def test_an_agency_that_asks_has_its_answers_and_a_link_once(database: AsyncEngine) -> None:
    scene = next(scene for scene in SCENES if asks(scene.system.scheme))
    agency = await load_system_agency(database, scene.system)
    system = builtin_system(scene.system.scheme)
    # The year has passed, as it has for whoever looks at the demonstration.
    now = Clock((Segment(dt.datetime.now(dt.UTC), scene.stands_at, 1.0),))
    identifier = await create_cycle(
        database,
        agency=agency,
        name=scene.name,
        year=scene.year,
        book=system.book,
        content=system.content,
        clock=now,
    )
    async with database.connect() as connection:
        cycle = await rehearsed_cycle(connection, identifier)
    linking = Linking(database, PublicSeals("a secret of the tests that is long enough"), "http://demo")
    links = [await ask_the_public(database, linking, [(scene, cycle)]) for _ in range(2)]
    assert len(links[0]) == 1
    assert links[0] == links[1]
    async with database.connect() as connection:
        assert await connection.scalar(text("SELECT count(*) FROM public_answer")) == ANSWERS
        assert await connection.scalar(text("SELECT count(*) FROM public_text")) == len(WORDS)
        unit = await connection.scalar(text("SELECT unit_id FROM public_link"))
        (officer,) = await people_like(connection, nip=scene.system.operator, agency=scene.system.agency)
        shown = await public_feedback_of(connection, Identity(officer.id, agency), unit, Locale.INDONESIAN)
    assert any(period.finished for period in shown.periods)
    assert any(period.to_improve for period in shown.periods)
