"""Reads how the evidence of a case is called."""

import datetime as dt
import uuid
from dataclasses import dataclass

from sqlalchemy import bindparam, select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from store.evidence.table import EvidenceRow
from store.rows import all_rows

_CALLED = select(col(EvidenceRow.id), col(EvidenceRow.title), col(EvidenceRow.withdrawn_at)).where(
    col(EvidenceRow.appraisal_id) == bindparam("appraisal")
)


@dataclass(frozen=True, slots=True)
class CalledEvidence:
    """How a piece of evidence is called."""

    id: uuid.UUID
    title: str
    withdrawn_at: dt.datetime | None


async def called_evidence(connection: AsyncConnection, appraisal: uuid.UUID) -> list[CalledEvidence]:
    """How all evidence of a case is called, with what was withdrawn: a rating may have rested on it."""
    return all_rows(CalledEvidence, await connection.execute(_CALLED, {"appraisal": appraisal}))
