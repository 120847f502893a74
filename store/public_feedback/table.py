"""Tables of the feedback of the public. None holds a person, an address, a device or a time of day of an answer."""

import datetime as dt
import uuid

from sqlalchemy import (
    ARRAY,
    CheckConstraint,
    Index,
    LargeBinary,
    SmallInteger,
    UniqueConstraint,
    text,
)
from sqlmodel import Field, SQLModel

from store.base import identifier, moment, recorded, text_column


class PublicLinkRow(SQLModel, table=True):
    """The link to the form of a service unit. There is one, which lives as long as the unit."""

    __tablename__ = "public_link"
    __table_args__ = (UniqueConstraint("unit_id"),)

    id: uuid.UUID = identifier()
    unit_id: uuid.UUID = Field(foreign_key="unit.id")
    version: int = Field(sa_type=SmallInteger)
    """Part of what is signed: a higher one lets every earlier print die."""
    is_open: bool


class PublicLinkChangeRow(SQLModel, table=True):
    """What a personnel officer did to a link, under which key."""

    __tablename__ = "public_link_change"
    __table_args__ = (UniqueConstraint("set_by", "key"), Index("ix_public_link_change_link_id", "link_id"))

    id: uuid.UUID = identifier()
    link_id: uuid.UUID = Field(foreign_key="public_link.id")
    version: int = Field(sa_type=SmallInteger)
    is_open: bool
    set_by: uuid.UUID = Field(foreign_key="person.id")
    key: str = Field(max_length=120)
    fingerprint: str = Field(max_length=64)
    set_at: dt.datetime = recorded()


class PublicAnswerRow(SQLModel, table=True):
    """One answer: the day, and the place of each chosen step on the scale, in the order of the elements.

    The id comes from the form that was handed out, so that a repeat is the same row.
    """

    __tablename__ = "public_answer"
    __table_args__ = (Index("ix_public_answer_unit", "unit_id", "day"),)

    id: uuid.UUID = Field(primary_key=True)
    unit_id: uuid.UUID = Field(foreign_key="unit.id")
    scheme: str = Field(foreign_key="scheme.key", max_length=80)
    day: dt.date
    steps: list[int] = Field(sa_type=ARRAY(SmallInteger), nullable=False)


class PublicTextRow(SQLModel, table=True):
    """Words that came with an answer. Nothing connects the two: neither an id nor a moment."""

    __tablename__ = "public_text"
    __table_args__ = (
        CheckConstraint("state IN ('waiting', 'cleared', 'refused')", name="known_state"),
        CheckConstraint("(state = 'refused') = (words IS NULL)", name="refused_words_are_gone"),
        CheckConstraint("(state = 'waiting') = (decided_at IS NULL)", name="decided_at_a_moment"),
        Index("ix_public_text_waiting", "agency_id", "id", postgresql_where=text("state = 'waiting'")),
        Index("ix_public_text_cleared", "unit_id", "day", "id", postgresql_where=text("state = 'cleared'")),
    )

    id: uuid.UUID = Field(primary_key=True)
    agency_id: uuid.UUID = Field(foreign_key="agency.id")
    unit_id: uuid.UUID = Field(foreign_key="unit.id")
    day: dt.date
    state: str = Field(max_length=10)
    words: str | None = text_column(nullable=True)
    """As they came while they wait; what was cleared afterwards. The original is gone then."""
    decided_by: uuid.UUID | None = Field(default=None, foreign_key="person.id")
    decided_at: dt.datetime | None = moment(nullable=True)


class PublicSaltRow(SQLModel, table=True):
    """The random salt of a day. It is deleted with the day, and with it the way back from what it salted."""

    __tablename__ = "public_salt"

    day: dt.date = Field(primary_key=True)
    salt: bytes = Field(sa_type=LargeBinary)


class PublicThrottleRow(SQLModel, table=True):
    """How often a device or an address has answered on a day, by a salted digest."""

    __tablename__ = "public_throttle"

    day: dt.date = Field(primary_key=True)
    digest: bytes = Field(sa_type=LargeBinary, primary_key=True)
    count: int
