"""Reads how the evidence of a case is called."""

import uuid

from sqlalchemy import bindparam, select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from store.evidence.table import EvidenceRow

_TITLES = select(col(EvidenceRow.id), col(EvidenceRow.title)).where(
    col(EvidenceRow.appraisal_id) == bindparam("appraisal")
)


async def evidence_titles(connection: AsyncConnection, appraisal: uuid.UUID) -> dict[str, str]:
    """The titles of all evidence of a case by id, of what was withdrawn as well: a rating may have rested on it."""
    rows = await connection.execute(_TITLES, {"appraisal": appraisal})
    return {str(row.id): row.title for row in rows}
