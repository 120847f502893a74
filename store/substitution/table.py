"""The table of substitutions."""

import datetime as dt
import uuid

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field, SQLModel

from store.base import identifier, moment, recorded


class SubstitutionRow(SQLModel, table=True):
    """Somebody stands in for an official in all his capacities, in a half-open period of business time.

    ``kind`` is plt (*Plt.*, the post is vacant), plh (*Plh.*, the official is away for a
    while) or delegated (PP 30/2019 art 46(1), (4); UU 30/2014 arts 14 and 34). The substitute acts in the own name on
    behalf of the official, and never for somebody whom he may not judge; nobody stands in for a substitute.
    """

    __tablename__ = "substitution"
    __table_args__ = (
        CheckConstraint("official_id <> substitute_id", name="nobody_stands_in_for_himself"),
        CheckConstraint("valid_until IS NULL OR valid_until >= valid_from", name="ends_after_it_begins"),
        CheckConstraint("kind IN ('plt', 'plh', 'delegated')", name="known_kind"),
        CheckConstraint("kind = 'plt' OR valid_until IS NOT NULL", name="only_an_acting_head_is_open_ended"),
        CheckConstraint("letter <> ''", name="has_a_basis"),
        Index("ix_substitution_official", "official_id", "valid_from"),
        Index("ix_substitution_substitute", "substitute_id", "valid_from"),
    )

    id: uuid.UUID = identifier()
    agency_id: uuid.UUID = Field(foreign_key="agency.id", index=True)
    official_id: uuid.UUID = Field(foreign_key="person.id")
    substitute_id: uuid.UUID = Field(foreign_key="person.id")
    kind: str = Field(max_length=20)
    valid_from: dt.datetime = moment()
    valid_until: dt.datetime | None = moment(nullable=True)
    letter: str = Field(max_length=200)
    """Number of the letter that it rests on (*surat perintah*)."""
    reason: str = Field(default="", max_length=2_000)
    operation_id: uuid.UUID | None = Field(default=None, foreign_key="operation.id")
    recorded_at: dt.datetime = recorded()
