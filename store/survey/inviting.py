"""Invites people by hand, and takes invitations back. Nothing here says who has answered."""

import datetime as dt
import uuid
from dataclasses import dataclass

from sqlalchemy import DateTime, Text, Uuid, bindparam, text
from sqlalchemy.ext.asyncio import AsyncConnection

from store.rows import all_rows
from store.survey.fitting import APART, PEER, SUBORDINATE

_PARAMETERS = (
    bindparam("survey", type_=Uuid()),
    bindparam("person", type_=Uuid()),
    bindparam("now", type_=DateTime(timezone=True)),
)
_FITTING = {
    group: text(f"""
        SELECT {fits} FROM survey
        JOIN appraisal ON appraisal.id = survey.appraisal_id
        JOIN person AS employee ON employee.id = appraisal.employee_id
        JOIN person AS candidate ON candidate.id = :person AND candidate.agency_id = employee.agency_id
        CROSS JOIN LATERAL ({APART}) AS related
        WHERE survey.id = :survey
    """).bindparams(*_PARAMETERS)  # noqa: S608  # put together from constants
    for group, fits in (("peers", PEER), ("subordinates", SUBORDINATE))
}
# Whoever had answered before he was taken off the list has answered still.
_INVITE = text("""
    INSERT INTO survey_invitation (survey_id, person_id, asked_as, invited_by)
    VALUES (:survey, :person, :asked_as, :invited_by)
    ON CONFLICT (survey_id, person_id) DO UPDATE
        SET withdrawn = false, asked_as = CASE
            WHEN survey_invitation.answered THEN survey_invitation.asked_as ELSE excluded.asked_as END
""").bindparams(
    bindparam("survey", type_=Uuid()),
    bindparam("person", type_=Uuid()),
    bindparam("asked_as", type_=Text()),
    bindparam("invited_by", type_=Text()),
)
_WITHDRAW = text("""
    UPDATE survey_invitation SET withdrawn = true WHERE survey_id = :survey AND person_id = :person
""").bindparams(bindparam("survey", type_=Uuid()), bindparam("person", type_=Uuid()))
_INVITATIONS = text("""
    SELECT invitation.person_id AS person, person.name, invitation.asked_as, invitation.invited_by,
        invitation.withdrawn
    FROM survey_invitation AS invitation JOIN person ON person.id = invitation.person_id
    WHERE invitation.survey_id = :survey ORDER BY invitation.asked_as, person.name, person.id
""").bindparams(bindparam("survey", type_=Uuid()))


@dataclass(frozen=True, slots=True)
class Invitation:
    """Somebody who is or was invited; never whether he has answered."""

    person: uuid.UUID
    name: str
    asked_as: str
    invited_by: str
    withdrawn: bool


async def fits(
    connection: AsyncConnection, survey: uuid.UUID, person: uuid.UUID, group: str, now: dt.datetime
) -> bool | None:
    """Whether somebody belongs to a group of those who may be asked; None for nobody of the agency."""
    given = {"survey": survey, "person": person, "now": now}
    found: bool | None = await connection.scalar(_FITTING[group], given)
    return found


async def invite(
    connection: AsyncConnection, survey: uuid.UUID, person: uuid.UUID, group: str, by: str
) -> None:
    """Invites somebody. A repeat changes nothing."""
    given = {"survey": survey, "person": person, "asked_as": group, "invited_by": by}
    await connection.execute(_INVITE, given)


async def withdraw(connection: AsyncConnection, survey: uuid.UUID, person: uuid.UUID) -> None:
    """Takes an invitation back. An answer that was given stays: nobody knows which one it is."""
    await connection.execute(_WITHDRAW, {"survey": survey, "person": person})


async def invitations(connection: AsyncConnection, survey: uuid.UUID) -> list[Invitation]:
    """Who is and who was invited."""
    return all_rows(Invitation, await connection.execute(_INVITATIONS, {"survey": survey}))
