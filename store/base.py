"""What all tables share: naming of constraints, identifiers and column kinds."""

import datetime as dt
import os
import time
import uuid
from collections.abc import Callable
from enum import StrEnum
from typing import Any, TypeVar

from sqlalchemy import DateTime, Dialect, Enum, MetaData, Text, TypeDecorator, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

T = TypeVar("T")

SQLModel.metadata.naming_convention = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
).naming_convention


def new_id() -> uuid.UUID:
    """A UUID of version 7 (RFC 9562): it sorts by time, so new rows land at one end of an index."""
    milliseconds = time.time_ns() // 1_000_000
    random = int.from_bytes(os.urandom(10), "big")
    value = (milliseconds & (1 << 48) - 1) << 80 | 0x7 << 76 | (random >> 68) << 64
    return uuid.UUID(int=value | 0b10 << 62 | random & (1 << 62) - 1)


def identifier() -> Any:
    """A primary key column."""
    return Field(default_factory=new_id, primary_key=True)


def moment(*, nullable: bool = False, index: bool = False) -> Any:
    """A column for an aware instant."""
    return Field(
        default=None if nullable else ...,
        sa_type=DateTime(timezone=True),
        nullable=nullable,
        index=index,
    )


def recorded() -> Any:
    """A column for the real instant at which a row was written."""
    return Field(
        default_factory=lambda: dt.datetime.now(dt.UTC),
        sa_type=DateTime(timezone=True),
        nullable=False,
    )


def duty_column(*, primary_key: bool = False) -> Any:
    """A column for what is owed beside the stage: a value of `DutyKind`; empty for the stage itself."""
    return Field(
        default="", max_length=24, primary_key=primary_key, sa_column_kwargs={"server_default": text("''")}
    )


def json_column(*, nullable: bool = False) -> Any:
    """A column for a JSON document."""
    return Field(default=None if nullable else ..., sa_type=JSONB, nullable=nullable)


def enumerated(kind: type[StrEnum]) -> Enum:
    """The type of a text column that holds values of ``kind``. Reading any other value raises `LookupError`."""
    return Enum(kind, native_enum=False, values_callable=lambda members: [member.value for member in members])


class ReadAs(TypeDecorator[T]):
    """The type of a column of JSON whose values are made into something else by ``read`` as they come."""

    impl = JSONB
    cache_ok = True

    def __init__(self, read: Callable[[Any], T]) -> None:
        super().__init__()
        self.read = read

    def process_result_value(self, value: Any, dialect: Dialect) -> T:  # noqa: ARG002  # SQLAlchemy gives both
        """What ``read`` makes of a value; it is given NULL as None."""
        return self.read(value)


def text_column(*, nullable: bool = False) -> Any:
    """A column for text of any length."""
    return Field(default=None if nullable else ..., sa_type=Text, nullable=nullable)
