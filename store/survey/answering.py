"""Takes an answer: a sealed ballot, and that its author has answered. Nothing leads from one to the other."""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Text, Uuid, bindparam, insert, text
from sqlalchemy.ext.asyncio import AsyncConnection

from store.rows import all_rows
from store.survey.table import SurveyBallotRow

# The survey cannot close while it is shared, and of two answers of one person the second waits for the first.
_INVITED = """
    SELECT survey.id, survey.appraisal_id, survey.input, survey.scheme, survey.post, survey.state,
        survey.opens_on, survey.closes_on, survey.wrapped_key, agency.zone, cycle.clock, now() AS real_now,
        appraisal.stage IN ('finalised', 'cancelled') AS case_over, employee.name AS about,
        invitation.asked_as, invitation.withdrawn, invitation.answered, invitation.key
    FROM survey JOIN appraisal ON appraisal.id = survey.appraisal_id
    JOIN cycle ON cycle.id = survey.cycle_id JOIN agency ON agency.id = cycle.agency_id
    JOIN person AS employee ON employee.id = appraisal.employee_id
    JOIN survey_invitation AS invitation ON invitation.survey_id = survey.id
    WHERE survey.id = :survey AND invitation.person_id = :person AND cycle.agency_id = :agency
"""
_PARAMETERS = tuple(bindparam(name, type_=Uuid()) for name in ("survey", "person", "agency"))
_SEEN = text(_INVITED).bindparams(*_PARAMETERS)
_TAKEN = text(f"{_INVITED} FOR SHARE OF survey FOR UPDATE OF invitation").bindparams(*_PARAMETERS)
_ANSWERED = text("""
    UPDATE survey_invitation SET answered = true, key = :key WHERE survey_id = :survey AND person_id = :person
""").bindparams(
    bindparam("survey", type_=Uuid()), bindparam("person", type_=Uuid()), bindparam("key", type_=Text())
)


@dataclass(frozen=True, slots=True)
class Invited:
    """A survey as somebody finds it who is invited."""

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
    clock: Any
    real_now: dt.datetime
    case_over: bool
    about: str
    """The name of the person whom it is about."""
    asked_as: str
    withdrawn: bool
    answered: bool
    key: str | None


async def invited(
    connection: AsyncConnection,
    survey: uuid.UUID,
    person: uuid.UUID,
    agency: uuid.UUID,
    *,
    take: bool = False,
) -> Invited | None:
    """The survey as the person is invited to it, held if it is to be answered; None if he is not invited."""
    given = {"survey": survey, "person": person, "agency": agency}
    rows = await connection.execute(_TAKEN if take else _SEEN, given)
    return next(iter(all_rows(Invited, rows)), None)


async def put_in(
    connection: AsyncConnection,
    survey: uuid.UUID,
    person: uuid.UUID,
    key: str,
    ballot: uuid.UUID,
    sealed: bytes,
) -> None:
    """Puts a sealed ballot in, and notes that the person has answered. The caller holds both."""
    await connection.execute(insert(SurveyBallotRow).values(id=ballot, survey_id=survey, sealed=sealed))
    await connection.execute(_ANSWERED, {"survey": survey, "person": person, "key": key})
