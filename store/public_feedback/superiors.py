"""Reads whether somebody stands above the head of a unit, however far."""

import uuid

from sqlalchemy import Uuid, bindparam, text
from sqlalchemy.ext.asyncio import AsyncConnection

_MOST_LEVELS = 20
"""No line of superiors is longer; a circle in the records ends there."""

_ABOVE = text(f"""
    WITH RECURSIVE present AS (
        SELECT business_at(clock, now()) AS moment FROM cycle WHERE id = :cycle
    ), above AS (
        SELECT CAST(:head AS uuid) AS id, 0 AS level
        UNION
        SELECT relation.holder_id, above.level + 1
        FROM above CROSS JOIN present JOIN assignment AS relation ON relation.employee_id = above.id
        WHERE above.level < {_MOST_LEVELS} AND relation.capacity = 'rater' AND relation.appraisal_id IS NULL
            AND relation.valid_from <= present.moment
            AND (relation.valid_until IS NULL OR relation.valid_until > present.moment)
    )
    SELECT EXISTS (SELECT FROM above WHERE id = :person AND level > 0)
""").bindparams(  # noqa: S608  # a constant is put in
    bindparam("cycle", type_=Uuid()), bindparam("head", type_=Uuid()), bindparam("person", type_=Uuid())
)


async def stands_above(
    connection: AsyncConnection, person: uuid.UUID, head: uuid.UUID, cycle: uuid.UUID
) -> bool:
    """Whether the person rates the head, or anybody in the line above him, at the present moment of the cycle."""
    values = {"person": person, "head": head, "cycle": cycle}
    return bool(await connection.scalar(_ABOVE, values))
