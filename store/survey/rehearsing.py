"""Reads who is still to answer in a cycle, for people who are played."""

import uuid
from dataclasses import dataclass

from sqlalchemy import Integer, Uuid, bindparam, text
from sqlalchemy.ext.asyncio import AsyncConnection

from store.rows import all_rows

_WAITING = text("""
    SELECT survey.id AS survey, invitation.person_id AS person, survey.scheme, survey.input, survey.post
    FROM survey JOIN survey_invitation AS invitation ON invitation.survey_id = survey.id
    WHERE survey.cycle_id = :cycle AND survey.state IN ('open', 'extended')
        AND NOT invitation.answered AND NOT invitation.withdrawn
    ORDER BY survey.id, invitation.person_id LIMIT :most
""").bindparams(bindparam("cycle", type_=Uuid()), bindparam("most", type_=Integer()))


@dataclass(frozen=True, slots=True)
class WaitingAnswer:
    """Somebody who was invited to an open survey and has not answered."""

    survey: uuid.UUID
    person: uuid.UUID
    scheme: str
    input: str
    post: str
    """Of whom it is about, when it was prepared."""


async def waiting_answers(connection: AsyncConnection, cycle: uuid.UUID, most: int) -> list[WaitingAnswer]:
    """The answers that the open surveys of a cycle wait for."""
    return all_rows(WaitingAnswer, await connection.execute(_WAITING, {"cycle": cycle, "most": most}))
