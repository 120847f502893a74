"""Two worlds that differ only in who of two people answered what leave the same behind in every table and answer."""

import random
import uuid
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from content.surveys.questions import questions_of
from service.surveys.schemas import NewAnswer
from service.surveys.showing import shown_result
from store.survey.reading import stored_means, stored_texts, survey_on_record
from tests.fixtures.surveys import ITEMS, STEPS, SurveyedAgency, survey_agency, surveyed
from translations import Locale

pytestmark = pytest.mark.database

RANDOM = {
    "ctid",
    "rule",
    "xmin",
    "id",
    "survey_id",
    "attended_id",
    "key",
    "message_id",
    "wrapped_key",
    "sealed",
}
"""Columns that are random, or say where and when a row was written: of these only how they hang together counts."""
TIMES = {"created_at", "recorded_at", "told_at", "ended_at", "closed_at", "business_at", "due_at"}


async def left_behind(surveys: SurveyedAgency, survey: uuid.UUID) -> Any:
    """All rows of all tables about a survey, up to what is random in them; the rest as it is."""
    places = {person: place for place, person in enumerate(surveys.agency.employees)}
    tables: dict[str, Any] = {}
    for table, column in (
        ("survey", "id"),
        ("survey_invitation", "survey_id"),
        ("survey_ballot", "survey_id"),
        ("survey_mean", "survey_id"),
        ("survey_text", "survey_id"),
        ("notice", "attended_id"),
        ("attended", "id"),
    ):
        rows = await surveys.rows(
            f"SELECT CAST(xmin AS text) AS xmin, * FROM {table} WHERE {column} = :id", id=survey
        )
        # Which rows one transaction wrote, is seen; and how many bytes something has.
        writers = sorted({row.xmin for row in rows}, key=int)
        tables[table] = sorted(
            str(
                {
                    name: places.get(value, value)
                    for name, value in row._mapping.items()
                    if name not in RANDOM | TIMES | {"appraisal_id", "cycle_id"}
                }
            )
            + f"{writers.index(row.xmin) if table == 'survey_invitation' else ''}"
            + f"{len(row._mapping.get('sealed') or '')}"
            for row in rows
        )
        if table in ("survey_text", "survey_mean"):
            assert len(writers) <= 1
    return tables


async def shown(surveys: SurveyedAgency, survey: uuid.UUID) -> Any:
    """What the API shows of it, up to the random order of texts and its id."""
    async with surveys.database.connect() as connection:
        row = await survey_on_record(connection, survey)
        means = await stored_means(connection, [survey])
        texts = await stored_texts(connection, [survey])
    assert row is not None
    found = shown_result(row, questions_of(surveyed(), "survey"), means, texts, Locale.ENGLISH).model_dump()
    for each in found["texts"]:
        each["words"].sort()
    return {name: value for name, value in found.items() if name != "id"}


async def played(database: AsyncEngine, order: list[int], answers: dict[int, NewAnswer]) -> Any:
    """A survey in which people answer in an order, seen after each answer and after closing."""
    surveys = await survey_agency(database, employees=6)
    survey = await surveys.opened(surveys.agency.employee)
    looks = []
    for place in order:
        await surveys.answer(survey, surveys.agency.employees[place], answers[place])
        looks.append((await left_behind(surveys, survey), await shown(surveys, survey)))
    await surveys.closed(survey)
    return [*looks, (await left_behind(surveys, survey), await shown(surveys, survey))]


@pytest.mark.parametrize("seed", range(6))
async def test_who_of_two_people_answered_what_makes_no_difference(shared: AsyncEngine, seed: int) -> None:
    chance = random.Random(seed)
    order = chance.sample(range(1, 6), chance.randint(2, 5))
    answers = {
        place: NewAnswer(
            answers={item: chance.choice(STEPS) for item in ITEMS},
            texts={name: "".join(chance.choices("abc é", k=9)) for name in ("strong", "weak")},
        )
        for place in order
    }
    one, other = chance.sample(order, 2)
    swapped = answers | {one: answers[other], other: answers[one]}
    assert await played(shared, order, answers) == await played(shared, order, swapped)


async def test_a_different_answer_does_make_a_difference(shared: AsyncEngine) -> None:
    same = NewAnswer(answers=dict.fromkeys(ITEMS, "often"))
    answers = dict.fromkeys((1, 2, 3), same)
    changed = answers | {2: NewAnswer(answers=dict.fromkeys(ITEMS, "never"))}
    assert await played(shared, [1, 2, 3], answers) != await played(shared, [1, 2, 3], changed)
