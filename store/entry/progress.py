"""Reads how far the indicators of a plan have come."""

import uuid

from sqlalchemy import Uuid, bindparam, text
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.types import Text

_LAST = text("""
    SELECT DISTINCT ON (item) item, CAST(content ->> :field AS double precision) AS number
    FROM entry
    WHERE appraisal_id = :appraisal AND kind = :kind AND withdrawn_at IS NULL AND item <> ''
        AND jsonb_typeof(content -> :field) = 'number'
    ORDER BY item, noted_on DESC, id DESC
""").bindparams(
    bindparam("appraisal", type_=Uuid()), bindparam("kind", type_=Text()), bindparam("field", type_=Text())
)


async def last_numbers(
    connection: AsyncConnection, appraisal: uuid.UUID, *, kind: str, field: str
) -> dict[str, float]:
    """The number that was noted last in a field of entries of a kind, by the item that they are about."""
    rows = await connection.execute(_LAST, {"appraisal": appraisal, "kind": kind, "field": field})
    return {row.item: row.number for row in rows}
