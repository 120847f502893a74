"""Reads several texts of a case at once."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import any_, bindparam, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.types import Text
from sqlmodel import col

from states.codec import Json
from store.document.table import DocumentRow
from store.rows import all_rows

_TEXTS = select(
    col(DocumentRow.digest), col(DocumentRow.author_id).label("author"), col(DocumentRow.content)
).where(
    col(DocumentRow.appraisal_id) == bindparam("appraisal"),
    col(DocumentRow.digest) == any_(bindparam("digests", type_=ARRAY(Text()))),
)


@dataclass(frozen=True, slots=True)
class WrittenText:
    """One text of a case: in words, as a filled form, or both."""

    digest: str
    author: uuid.UUID
    content: Json


async def texts_of(
    connection: AsyncConnection, appraisal: uuid.UUID, digests: Collection[str]
) -> dict[str, WrittenText]:
    """The texts of a case with these digests, by digest; without a query where none is asked for."""
    if not digests:
        return {}
    parameters = {"appraisal": appraisal, "digests": list(digests)}
    return {row.digest: row for row in all_rows(WrittenText, await connection.execute(_TEXTS, parameters))}
