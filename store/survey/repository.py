"""Reads and writes a survey as it opens, reminds and closes. The caller holds the row of what is attended to."""

import datetime as dt
import secrets
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Date, DateTime, Integer, LargeBinary, Text, Uuid, bindparam, delete, insert, text
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from content.surveys.tally import Tally
from store.person.standing import NOT_ACTIVE
from store.rows import all_rows
from store.survey.table import SurveyBallotRow, SurveyMeanRow, SurveyTextRow

_HELD = text("""
    SELECT survey.id, survey.appraisal_id, survey.input, survey.scheme, survey.post, survey.state, survey.opens_on,
        survey.closes_on, survey.wrapped_key, agency.zone,
        appraisal.stage IN ('finalised', 'cancelled') AS case_over
    FROM survey JOIN appraisal ON appraisal.id = survey.appraisal_id
    JOIN cycle ON cycle.id = survey.cycle_id JOIN agency ON agency.id = cycle.agency_id
    WHERE survey.id = :survey FOR UPDATE OF survey
""").bindparams(bindparam("survey", type_=Uuid()))
_OPEN = text("""
    UPDATE survey SET state = 'open', opens_on = :opens_on, closes_on = :closes_on, wrapped_key = :wrapped_key
    WHERE id = :survey
""").bindparams(
    bindparam("survey", type_=Uuid()),
    bindparam("opens_on", type_=Date()),
    bindparam("closes_on", type_=Date()),
    bindparam("wrapped_key", type_=LargeBinary()),
)
_EXTEND = text("UPDATE survey SET state = 'extended', closes_on = :closes_on WHERE id = :survey").bindparams(
    bindparam("survey", type_=Uuid()), bindparam("closes_on", type_=Date())
)
_CLOSE = text("""
    UPDATE survey SET state = 'closed', outcome = :outcome, answers = :answers, damaged = :damaged,
        closed_at = :at, wrapped_key = NULL
    WHERE id = :survey
""").bindparams(
    bindparam("survey", type_=Uuid()),
    bindparam("outcome", type_=Text()),
    bindparam("answers", type_=Integer()),
    bindparam("damaged", type_=Integer()),
    bindparam("at", type_=DateTime(timezone=True)),
)
_TO_ANSWER = text(f"""
    SELECT invitation.person_id FROM survey_invitation AS invitation
    JOIN person ON person.id = invitation.person_id
    WHERE invitation.survey_id = :survey AND NOT invitation.withdrawn AND NOT invitation.answered
        AND NOT person.{NOT_ACTIVE}
    ORDER BY invitation.person_id
""").bindparams(bindparam("survey", type_=Uuid()))  # noqa: S608  # put together from constants
_BALLOTS = text("SELECT id, sealed FROM survey_ballot WHERE survey_id = :survey ORDER BY id").bindparams(
    bindparam("survey", type_=Uuid())
)


@dataclass(frozen=True, slots=True)
class HeldSurvey:
    """A survey, held by the transaction that read it."""

    id: uuid.UUID
    appraisal_id: uuid.UUID
    input: str
    scheme: str
    post: str
    """Of the employee, when it was prepared."""
    state: str
    opens_on: dt.date
    closes_on: dt.date
    wrapped_key: bytes | None
    zone: str
    """Of the agency."""
    case_over: bool
    """Whether the case has ended."""


@dataclass(frozen=True, slots=True)
class SealedBallot:
    """A ballot as it is stored."""

    id: uuid.UUID
    sealed: bytes


async def held(connection: AsyncConnection, survey: uuid.UUID) -> HeldSurvey | None:
    """The survey, locked until the transaction ends: whoever answers waits, and finds it closed after."""
    return next(iter(all_rows(HeldSurvey, await connection.execute(_HELD, {"survey": survey}))), None)


async def to_answer(connection: AsyncConnection, survey: uuid.UUID) -> list[uuid.UUID]:
    """Whoever is invited, has not answered and is still in service."""
    return list((await connection.scalars(_TO_ANSWER, {"survey": survey})).all())


async def open_survey(
    connection: AsyncConnection,
    survey: uuid.UUID,
    opens_on: dt.date,
    closes_on: dt.date,
    wrapped_key: bytes,
) -> None:
    """Opens it under a key."""
    await connection.execute(
        _OPEN,
        {"survey": survey, "opens_on": opens_on, "closes_on": closes_on, "wrapped_key": wrapped_key},
    )


async def extend(connection: AsyncConnection, survey: uuid.UUID, closes_on: dt.date) -> None:
    """Leaves it open up to another day."""
    await connection.execute(_EXTEND, {"survey": survey, "closes_on": closes_on})


async def ballots(connection: AsyncConnection, survey: uuid.UUID) -> list[SealedBallot]:
    """All ballots."""
    return all_rows(SealedBallot, await connection.execute(_BALLOTS, {"survey": survey}))


async def close(
    connection: AsyncConnection,
    survey: uuid.UUID,
    outcome: str,
    tally: Tally | None,
    damaged: int,
    at: dt.datetime,
) -> None:
    """Writes what may be shown, and deletes the ballots and their key."""
    await connection.execute(delete(SurveyBallotRow).where(col(SurveyBallotRow.survey_id) == survey))
    await connection.execute(
        _CLOSE,
        {
            "survey": survey,
            "outcome": outcome,
            "answers": None if tally is None else tally.answers,
            "damaged": damaged,
            "at": at,
        },
    )
    if tally is None:
        return
    means = [
        {"survey_id": survey, "of_group": each.group, "item": each.item, "answers": each.answers}
        | {"mean": each.mean}
        for each in tally.means
    ]
    await connection.execute(insert(SurveyMeanRow).values(means))
    if tally.texts:
        await connection.execute(insert(SurveyTextRow).values(_shuffled(survey, tally.texts)))


def _shuffled(survey: uuid.UUID, texts: Sequence[tuple[str, str]]) -> list[dict[str, object]]:
    """The texts as rows in an order that says nothing, neither by their ids nor by their places in the table."""
    rows: list[dict[str, object]] = [
        {"id": uuid.uuid4(), "survey_id": survey, "question": question, "words": words}
        for question, words in texts
    ]
    secrets.SystemRandom().shuffle(rows)
    return rows
