"""Lists of surveys, and what a closed one came to."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ARRAY, Integer, Uuid, bindparam, text
from sqlalchemy.ext.asyncio import AsyncConnection

from store.rows import all_rows

_MINE = text("""
    SELECT survey.id, survey.scheme, survey.input, survey.opens_on, survey.closes_on, invitation.asked_as,
        employee.name AS about
    FROM survey_invitation AS invitation JOIN survey ON survey.id = invitation.survey_id
    JOIN appraisal ON appraisal.id = survey.appraisal_id
    JOIN cycle ON cycle.id = survey.cycle_id AND cycle.agency_id = :agency
    JOIN agency ON agency.id = cycle.agency_id
    JOIN person AS employee ON employee.id = appraisal.employee_id
    WHERE invitation.person_id = :person AND NOT invitation.withdrawn AND NOT invitation.answered
        AND survey.state IN ('open', 'extended') AND appraisal.stage NOT IN ('finalised', 'cancelled')
        AND business_at(cycle.clock, now()) < CAST(survey.closes_on + 1 AS timestamp) AT TIME ZONE agency.zone
    ORDER BY survey.closes_on, employee.name, survey.id LIMIT 500
""").bindparams(bindparam("person", type_=Uuid()), bindparam("agency", type_=Uuid()))
# Counted are all answers, also of those who were taken off the list: otherwise the count would say who answered.
_OF_CYCLE = text("""
    SELECT survey.id, survey.appraisal_id AS appraisal, survey.scheme, survey.input, survey.state, survey.outcome,
        survey.opens_on, survey.closes_on, employee.id AS person, employee.name, counted.invited, counted.answered
    FROM survey JOIN appraisal ON appraisal.id = survey.appraisal_id
    JOIN person AS employee ON employee.id = appraisal.employee_id
    CROSS JOIN LATERAL (
        SELECT count(*) FILTER (WHERE NOT invitation.withdrawn) AS invited,
            count(*) FILTER (WHERE invitation.answered) AS answered
        FROM survey_invitation AS invitation WHERE invitation.survey_id = survey.id
    ) AS counted
    WHERE survey.cycle_id = :cycle AND (CAST(:asker AS uuid) IS NULL OR appraisal.employee_id <> :asker)
        AND (CAST(:after AS uuid) IS NULL OR survey.id > :after)
    ORDER BY survey.id LIMIT :limit
""").bindparams(
    *(bindparam(name, type_=Uuid()) for name in ("cycle", "after", "asker")),
    bindparam("limit", type_=Integer()),
)
_TOTALS = text("""
    SELECT count(*) FILTER (WHERE NOT withdrawn) AS invited, count(*) FILTER (WHERE answered) AS answered
    FROM survey_invitation WHERE survey_id = :survey
""").bindparams(bindparam("survey", type_=Uuid()))
_ONE = text("""
    SELECT survey.id, survey.appraisal_id AS appraisal, survey.scheme, survey.post, survey.input, survey.state,
        survey.outcome, survey.opens_on, survey.closes_on, survey.answers, input_result.number
    FROM survey LEFT JOIN input_result
        ON input_result.appraisal_id = survey.appraisal_id AND input_result.input = survey.input
    WHERE survey.id = :id OR survey.appraisal_id = :id ORDER BY survey.opens_on, survey.input
""").bindparams(bindparam("id", type_=Uuid()))
_MEANS = text("""
    SELECT survey_id AS survey, of_group AS "group", item, answers, mean FROM survey_mean
    WHERE survey_id = ANY (:surveys)
""").bindparams(bindparam("surveys", type_=ARRAY(Uuid())))
# In the order of random ids: the same whenever they are read, and that of nothing else.
_TEXTS = text("""
    SELECT survey_id AS survey, question, words FROM survey_text WHERE survey_id = ANY (:surveys) ORDER BY id
""").bindparams(bindparam("surveys", type_=ARRAY(Uuid())))


@dataclass(frozen=True, slots=True)
class SurveyToAnswer:
    """A survey that somebody is asked to answer."""

    id: uuid.UUID
    scheme: str
    input: str
    opens_on: dt.date
    closes_on: dt.date
    asked_as: str
    about: str
    """The name of the person whom it is about."""


@dataclass(frozen=True, slots=True)
class SurveyLine:
    """A survey with how many take part."""

    id: uuid.UUID
    appraisal: uuid.UUID
    scheme: str
    input: str
    state: str
    outcome: str
    opens_on: dt.date
    closes_on: dt.date
    person: uuid.UUID
    name: str
    invited: int
    answered: int


@dataclass(frozen=True, slots=True)
class SurveyOnRecord:
    """A survey of a case with what it came to."""

    id: uuid.UUID
    appraisal: uuid.UUID
    scheme: str
    post: str
    """Of the employee, when it was prepared."""
    input: str
    state: str
    outcome: str
    opens_on: dt.date
    closes_on: dt.date
    answers: int | None
    number: float | None


@dataclass(frozen=True, slots=True)
class StoredMean:
    """What was answered of one thing."""

    survey: uuid.UUID
    group: str
    item: str
    answers: int
    mean: float


@dataclass(frozen=True, slots=True)
class StoredText:
    """Words of somebody."""

    survey: uuid.UUID
    question: str
    words: str


@dataclass(frozen=True, slots=True)
class Totals:
    """How many take part in a survey."""

    invited: int
    answered: int


async def surveys_to_answer(
    connection: AsyncConnection, person: uuid.UUID, agency: uuid.UUID
) -> list[SurveyToAnswer]:
    """What somebody is asked to answer now, the soonest to close first."""
    rows = await connection.execute(_MINE, {"person": person, "agency": agency})
    return all_rows(SurveyToAnswer, rows)


async def surveys_of_cycle(
    connection: AsyncConnection,
    cycle: uuid.UUID,
    *,
    asker: uuid.UUID | None,
    after: uuid.UUID | None,
    limit: int,
) -> list[SurveyLine]:
    """The surveys of a cycle in the order of their ids, without that on the asker himself; None: all."""
    given = {"cycle": cycle, "asker": asker, "after": after, "limit": limit}
    return all_rows(SurveyLine, await connection.execute(_OF_CYCLE, given))


async def survey_on_record(connection: AsyncConnection, survey: uuid.UUID) -> SurveyOnRecord | None:
    """One survey; None for an unknown id."""
    return next(iter(all_rows(SurveyOnRecord, await connection.execute(_ONE, {"id": survey}))), None)


async def surveys_of_case(connection: AsyncConnection, appraisal: uuid.UUID) -> list[SurveyOnRecord]:
    """The surveys of a case."""
    return all_rows(SurveyOnRecord, await connection.execute(_ONE, {"id": appraisal}))


async def totals(connection: AsyncConnection, survey: uuid.UUID) -> Totals:
    """How many are invited, and how many have answered, counting those who were taken off the list."""
    return all_rows(Totals, await connection.execute(_TOTALS, {"survey": survey}))[0]


async def stored_means(connection: AsyncConnection, surveys: Sequence[uuid.UUID]) -> list[StoredMean]:
    """What was answered in these surveys, as far as it may be shown."""
    return all_rows(StoredMean, await connection.execute(_MEANS, {"surveys": list(surveys)}))


async def stored_texts(connection: AsyncConnection, surveys: Sequence[uuid.UUID]) -> list[StoredText]:
    """The words of these surveys."""
    return all_rows(StoredText, await connection.execute(_TEXTS, {"surveys": list(surveys)}))
