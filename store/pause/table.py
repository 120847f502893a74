"""The table of pauses."""

import datetime as dt
import uuid

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from store.base import identifier, moment, recorded


class ChannelPauseRow(SQLModel, table=True):
    """A period in which nothing was sent through a channel; nothing is lost meanwhile."""

    __tablename__ = "channel_pause"
    __table_args__ = (
        Index(
            "uq_channel_pause_one_open", "channel", unique=True, postgresql_where=text("resumed_at IS NULL")
        ),
    )

    id: uuid.UUID = identifier()
    channel: str = Field(max_length=20)
    paused_at: dt.datetime = recorded()
    paused_by: str = Field(max_length=120)
    """Who paused the channel: an operator's name, or a person's id."""
    reason: str = Field(default="", max_length=500)
    resumed_at: dt.datetime | None = moment(nullable=True)
    resumed_by: str = Field(default="", max_length=120)
