"""Tables of people and their roles."""

import datetime as dt
import uuid

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from states.standing import LegalStanding
from store.base import identifier, recorded
from store.person.standing import NOT_ACTIVE


class Person(SQLModel, table=True):
    """A civil servant (*pegawai ASN*)."""

    __table_args__ = (
        UniqueConstraint("agency_id", "nip"),
        CheckConstraint("nip ~ '^[0-9]{18}$'", name="nip_has_18_digits"),
        Index("ix_person_directory", "agency_id", "name", "id"),
        Index("ix_person_roll", "agency_id", "id"),
        Index("ix_person_away", "agency_id", "id", postgresql_where=text(NOT_ACTIVE)),
    )

    id: uuid.UUID = identifier()
    agency_id: uuid.UUID = Field(foreign_key="agency.id")
    unit_id: uuid.UUID = Field(foreign_key="unit.id", index=True)
    nip: str = Field(max_length=18)
    name: str = Field(max_length=200)
    title_before: str = Field(default="", max_length=60)
    title_after: str = Field(default="", max_length=120)
    post: str = Field(default="", max_length=300)
    post_kind: str = Field(default="", max_length=4)
    echelon: str = Field(default="", max_length=4)
    grade: str = Field(default="", max_length=10)
    employment: str = Field(default="PNS", max_length=10)
    legal_standing: str = Field(default=LegalStanding.ACTIVE.value, max_length=4)
    post_since: dt.date | None = None
    contract_until: dt.date | None = None
    """The last day of the contract of a PPPK (PP 49/2018 art 37); None where the roster names none."""
    email: str = Field(default="", max_length=254)
    phone: str = Field(default="", max_length=30)
    locale: str = Field(default="id", max_length=5, sa_column_kwargs={"server_default": "id"})
    """The language of the notices to the person."""


class RoleGrant(SQLModel, table=True):
    """A role that somebody holds for a whole agency (*pengelola kepegawaian*, for one)."""

    __tablename__ = "role_grant"
    __table_args__ = (CheckConstraint("role IN ('hr', 'operator', 'top_decider')", name="known_role"),)

    person_id: uuid.UUID = Field(foreign_key="person.id", primary_key=True)
    role: str = Field(primary_key=True, max_length=20)
    agency_id: uuid.UUID = Field(foreign_key="agency.id", index=True)
    granted_at: dt.datetime = recorded()
