"""The table of evidence of receipt."""

import datetime as dt
import uuid

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from store.base import identifier, moment, recorded


class ReceiptEvidenceRow(SQLModel, table=True):
    """One piece of evidence for one revision of a result. Only ever added (PP 30/2019 arts 49(3), 59(1))."""

    __tablename__ = "receipt_evidence"
    __table_args__ = (
        CheckConstraint(
            "level IN ('delivered', 'bounced', 'seen', 'acknowledged', 'deemed', 'refused', 'recorded')",
            name="known_level",
        ),
        UniqueConstraint("appraisal_id", "revision", "level", "source"),
        Index("ix_receipt_evidence_case", "appraisal_id", "revision", "at"),
    )

    id: uuid.UUID = identifier()
    appraisal_id: uuid.UUID = Field(foreign_key="appraisal.id")
    revision: int
    """The result's revision, counted like the appraisal's."""
    level: str = Field(max_length=20)
    at: dt.datetime = moment()
    """Business moment of what the evidence shows."""
    source: str = Field(max_length=80)
    """What shows it: ``message:<id>``, ``notice:<id>`` or ``event:<sequence>``."""
    channel: str = Field(default="", max_length=20)
    recorded_at: dt.datetime = recorded()
