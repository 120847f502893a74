"""Reads who acted on a case last, to tell the person who came too late."""

import datetime as dt
import uuid
from dataclasses import dataclass

from sqlalchemy import Uuid, bindparam, text
from sqlalchemy.ext.asyncio import AsyncConnection

from store.rows import one_row

_LAST = text("""
    SELECT event.actor_id AS person, person.name, event.body ->> 'capacity' AS capacity,
        event.body ->> 'trigger' AS trigger, event.at
    FROM event JOIN person ON person.id = event.actor_id
    WHERE event.appraisal_id = :appraisal ORDER BY event.sequence DESC LIMIT 1
""").bindparams(bindparam("appraisal", type_=Uuid()))


@dataclass(frozen=True, slots=True)
class LastAct:
    """The last action that a person took on a case."""

    person: uuid.UUID
    name: str
    capacity: str
    trigger: str
    at: dt.datetime
    """In business time."""


async def last_act(connection: AsyncConnection, appraisal: uuid.UUID) -> LastAct | None:
    """The last action that a person took on a case; None if only time has acted."""
    row = (await connection.execute(_LAST, {"appraisal": appraisal})).one_or_none()
    return None if row is None else one_row(LastAct, row)
