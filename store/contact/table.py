"""The table of addresses."""

import datetime as dt
import uuid

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from store.base import identifier, moment, recorded


class ContactRow(SQLModel, table=True):
    """An address of a person on a channel.

    E-mail addresses come from the roster (``person.email``); there is a row for one only where it is known to
    be bad. Chat channels are used only where the person has asked for it (``confirmed_at``).
    """

    __tablename__ = "contact"
    __table_args__ = (
        UniqueConstraint("person_id", "channel", "address"),
        CheckConstraint("channel IN ('email', 'whatsapp', 'telegram', 'webhook')", name="known_channel"),
        Index(
            "uq_contact_one_in_use",
            "person_id",
            "channel",
            unique=True,
            postgresql_where=text("confirmed_at IS NOT NULL AND bad_since IS NULL"),
        ),
        Index("ix_contact_bad", "person_id", postgresql_where=text("bad_since IS NOT NULL")),
    )

    id: uuid.UUID = identifier()
    person_id: uuid.UUID = Field(foreign_key="person.id")
    channel: str = Field(max_length=20)
    address: str = Field(max_length=320)
    added_at: dt.datetime = recorded()
    confirmed_at: dt.datetime | None = moment(nullable=True)
    """When the person said yes to this channel; None until then, and for an e-mail address."""
    bad_since: dt.datetime | None = moment(nullable=True)
    bad_answer: str = Field(default="", max_length=500)
    """What the provider said about it."""
