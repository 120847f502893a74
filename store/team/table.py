"""The tables of teams."""

import datetime as dt
import uuid

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from store.base import identifier, moment, recorded


class TeamRow(SQLModel, table=True):
    """A team of a cycle, whose result its members' files carry."""

    __tablename__ = "team"
    __table_args__ = (
        UniqueConstraint("created_by", "key"),
        Index("ix_team_cycle", "cycle_id", "name", "id"),
    )

    id: uuid.UUID = identifier()
    """That of what is attended to, as well."""
    cycle_id: uuid.UUID = Field(foreign_key="cycle.id")
    unit_id: uuid.UUID = Field(foreign_key="unit.id", index=True)
    name: str = Field(max_length=200)
    task: str = Field(max_length=1000)
    input: str = Field(max_length=40)
    """An input of the cycle's scheme."""
    leader_id: uuid.UUID = Field(foreign_key="person.id", index=True)
    absent_at: dt.datetime | None = moment(nullable=True)
    """The business moment at which the last day was over without a result."""
    created_by: uuid.UUID = Field(foreign_key="person.id")
    created_at: dt.datetime = recorded()
    key: str = Field(max_length=120)
    """The idempotency key under which it was created."""
    fingerprint: str = Field(max_length=64)


class TeamMemberRow(SQLModel, table=True):
    """A time that somebody belonged to a team. It is ended, never removed; ended before its first day it is empty."""

    __tablename__ = "team_member"
    __table_args__ = (
        UniqueConstraint("added_by", "key"),
        CheckConstraint("last_day >= first_day - 1", name="ends_after_it_begins"),
        Index("ix_team_member_team", "team_id", "first_day"),
        Index("ix_team_member_person", "person_id", "team_id"),
    )

    id: uuid.UUID = identifier()
    team_id: uuid.UUID = Field(foreign_key="team.id")
    person_id: uuid.UUID = Field(foreign_key="person.id")
    first_day: dt.date
    last_day: dt.date
    added_by: uuid.UUID = Field(foreign_key="person.id")
    added_at: dt.datetime = recorded()
    key: str = Field(max_length=160)
    """The idempotency key under which he was added; with the person where several were added with the team."""
    fingerprint: str = Field(max_length=64)
    ended_by: uuid.UUID | None = Field(default=None, foreign_key="person.id")
    ended_at: dt.datetime | None = moment(nullable=True)


class TeamResultRow(SQLModel, table=True):
    """A result that a team was given. The latest one counts; the earlier ones stay."""

    __tablename__ = "team_result"
    __table_args__ = (
        UniqueConstraint("set_by", "key"),
        Index("ix_team_result_latest", "team_id", "set_at"),
    )

    id: uuid.UUID = identifier()
    team_id: uuid.UUID = Field(foreign_key="team.id")
    step: str = Field(max_length=40)
    """A step of the scale that the scheme has for teams."""
    achieved: str = Field(max_length=2000)
    reason: str = Field(max_length=2000)
    set_by: uuid.UUID = Field(foreign_key="person.id")
    set_at: dt.datetime = recorded()
    set_on: dt.datetime = moment()
    """Business moment."""
    key: str = Field(max_length=120)
    """The idempotency key under which it was handed in."""
    fingerprint: str = Field(max_length=64)
