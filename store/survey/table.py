"""The tables of closed surveys. No row says who answered what (ADR 15)."""

import datetime as dt
import uuid

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from store.base import moment, text_column


class SurveyRow(SQLModel, table=True):
    """A survey on one person: of his case, for one input of its scheme."""

    __tablename__ = "survey"
    __table_args__ = (
        UniqueConstraint("appraisal_id", "input"),
        Index("ix_survey_cycle", "cycle_id", "id"),
        CheckConstraint("state IN ('planned', 'open', 'extended', 'closed')", name="known_state"),
        CheckConstraint("outcome IN ('', 'counted', 'too_few', 'case_over')", name="known_outcome"),
        CheckConstraint("(state = 'closed') = (outcome <> '')", name="closed_with_an_outcome"),
        CheckConstraint("(state = 'closed') = (closed_at IS NOT NULL)", name="closed_at_a_moment"),
        CheckConstraint(
            "(state IN ('open', 'extended')) = (wrapped_key IS NOT NULL)", name="a_key_while_it_is_open"
        ),
        CheckConstraint("(outcome = 'counted') = (answers IS NOT NULL)", name="counted_answers"),
    )

    id: uuid.UUID = Field(primary_key=True, foreign_key="attended.id")
    appraisal_id: uuid.UUID = Field(foreign_key="appraisal.id")
    cycle_id: uuid.UUID = Field(foreign_key="cycle.id")
    input: str = Field(max_length=40)
    """An input of the scheme."""
    scheme: str = Field(foreign_key="scheme.key", max_length=80)
    """The version that asks; a case that moves to another one is still asked about what this one says."""
    post: str = Field(default="", max_length=300, sa_column_kwargs={"server_default": text("''")})
    """The employee's post when it was prepared, which tells the skills that are asked for. It never changes: what is
    asked must be the same for all answers, and when they are counted."""
    state: str = Field(default="planned", max_length=10)
    opens_on: dt.date
    closes_on: dt.date
    """The last local day."""
    wrapped_key: bytes | None = None
    """The key of its ballots, which no reader of the database can unwrap; deleted when it closes."""
    outcome: str = Field(default="", max_length=10, sa_column_kwargs={"server_default": text("''")})
    answers: int | None = None
    """How many were counted; None as long as nothing is, and of fewer than the minimum."""
    damaged: int = Field(default=0, sa_column_kwargs={"server_default": text("0")})
    """Ballots that could not be opened."""
    closed_at: dt.datetime | None = moment(nullable=True)
    """Business moment."""


class SurveyInvitationRow(SQLModel, table=True):
    """Somebody who is asked, and whether he has answered; not when, and not what."""

    __tablename__ = "survey_invitation"
    __table_args__ = (
        CheckConstraint("asked_as IN ('peers', 'subordinates')", name="known_group"),
        CheckConstraint("invited_by IN ('rule', 'hr', 'rater')", name="known_inviter"),
        CheckConstraint("answered = (key IS NOT NULL)", name="answered_under_a_key"),
        Index(
            "ix_survey_invitation_waiting",
            "person_id",
            postgresql_where=text("NOT withdrawn AND NOT answered"),
        ),
    )

    survey_id: uuid.UUID = Field(foreign_key="survey.id", primary_key=True)
    person_id: uuid.UUID = Field(foreign_key="person.id", primary_key=True)
    asked_as: str = Field(max_length=12)
    invited_by: str = Field(max_length=5)
    withdrawn: bool = Field(default=False, sa_column_kwargs={"server_default": text("false")})
    answered: bool = Field(default=False, sa_column_kwargs={"server_default": text("false")})
    key: str | None = Field(default=None, max_length=120)
    """The idempotency key of the answer, of which no digest is kept: few answers are possible, so it would tell."""


class SurveyBallotRow(SQLModel, table=True):
    """A sealed answer. All rows have the same size, and all of a survey are deleted when it closes."""

    __tablename__ = "survey_ballot"
    __table_args__ = (CheckConstraint("octet_length(sealed) = 4096", name="one_size"),)

    id: uuid.UUID = Field(primary_key=True)
    """Random: it does not sort by time."""
    survey_id: uuid.UUID = Field(foreign_key="survey.id", index=True)
    sealed: bytes


class SurveyMeanRow(SQLModel, table=True):
    """What was answered of one thing by everybody, or by a group that may be shown apart."""

    __tablename__ = "survey_mean"
    __table_args__ = (
        CheckConstraint("of_group IN ('all', 'peers', 'subordinates')", name="known_group"),
        CheckConstraint("answers >= 3", name="never_of_fewer_than_three"),
    )

    survey_id: uuid.UUID = Field(foreign_key="survey.id", primary_key=True)
    of_group: str = Field(max_length=12, primary_key=True)
    item: str = Field(max_length=40, primary_key=True)
    answers: int
    mean: float


class SurveyTextRow(SQLModel, table=True):
    """Words of somebody of all who answered, written in random order under a random id."""

    __tablename__ = "survey_text"

    id: uuid.UUID = Field(primary_key=True)
    survey_id: uuid.UUID = Field(foreign_key="survey.id", index=True)
    question: str = Field(max_length=40)
    words: str = text_column()
