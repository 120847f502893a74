"""People of a rehearsal answer the surveys to which they are invited, each once, and some never."""

import uuid
from collections.abc import Mapping
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from content.surveys.answers import answer_faults
from content.surveys.questions import questions_of
from schemes.loading import builtin_names, builtin_system
from service.rehearsal.answering import Answering, scripted_answer
from service.rehearsal.api_client import ApiClient, Refusal
from tests.fixtures.surveys import BEFORE, OPEN, SurveyedAgency, survey_agency

ASKING = [
    (name, asked)
    for name in builtin_names()
    if (content := builtin_system(name).content) is not None
    for asked, rules in content.inputs.items()
    if rules.kind == "survey"
]


class Taking(ApiClient):
    """Takes down what is answered instead of sending it."""

    def __init__(self) -> None:
        self.taken: list[tuple[uuid.UUID, uuid.UUID, str]] = []

    async def answer_survey(
        self, person: uuid.UUID, survey: uuid.UUID, key: str, body: Mapping[str, Any]
    ) -> Refusal | None:
        self.taken.append((person, survey, key))
        return None


@pytest.mark.parametrize(("scheme", "name"), ASKING)
def test_what_is_answered_is_an_answer_that_the_scheme_takes(scheme: str, name: str) -> None:
    questions = questions_of(builtin_system(scheme).content, name)
    body = scripted_answer(questions, "seed")
    assert answer_faults(questions, body["answers"], body["texts"]) == []


def test_every_shipped_scheme_with_a_survey_is_looked_at() -> None:
    assert {scheme for scheme, _ in ASKING} >= {"pp30-numerik", "samarinda"}


@pytest.fixture
async def surveys(database: AsyncEngine) -> SurveyedAgency:
    surveys = await survey_agency(database, employees=8)
    await surveys.on(BEFORE)
    await surveys.prepare()
    await surveys.on(OPEN)
    for row in await surveys.rows("SELECT id FROM survey"):
        await surveys.attend(row.id)
    return surveys


@pytest.mark.database
async def test_most_of_those_who_are_invited_answer_and_each_is_asked_once(
    database: AsyncEngine, surveys: SurveyedAgency
) -> None:
    client = Taking()
    answering = Answering(database, surveys.agency.cycle, client)
    await answering.answer(away=())
    await answering.answer(away=())
    invited = await surveys.value("SELECT count(*) FROM survey_invitation")
    assert invited / 2 < len(client.taken) == len(set(client.taken)) == answering.answered <= invited


@pytest.mark.database
async def test_who_is_away_does_not_answer(database: AsyncEngine, surveys: SurveyedAgency) -> None:
    (away, *_others) = [
        row.person_id for row in await surveys.rows("SELECT person_id FROM survey_invitation")
    ]
    client = Taking()
    await Answering(database, surveys.agency.cycle, client).answer(away={away})
    assert client.taken
    assert away not in {person for person, _, _ in client.taken}
