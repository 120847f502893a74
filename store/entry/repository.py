"""Writes and reads what was noted in the year. Whoever calls this has checked the rights."""

import datetime as dt
import uuid
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import (
    Boolean,
    Date,
    DateTime,
    Float,
    Integer,
    Numeric,
    String,
    Uuid,
    and_,
    bindparam,
    case,
    cast,
    func,
    or_,
    select,
    text,
    tuple_,
    update,
)
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from states.codec import Json
from store.appraisal.rights import CASE
from store.appraisal.table import AppraisalRow
from store.base import new_id
from store.constant import constant
from store.entry.table import EntryRow
from store.person.table import Person
from store.rows import all_rows, one_row

PROGRESS = "progress"
"""The kind of entries in which the employee says how far an indicator is."""

_ID, _NOTED = col(EntryRow.id), col(EntryRow.noted_on)
_OF_CASE = col(EntryRow.appraisal_id) == bindparam("appraisal", type_=Uuid())
_ONE = col(EntryRow.id) == bindparam("entry", type_=Uuid())
_READER = bindparam("reader", type_=Uuid())
_KIND, _ITEM = bindparam("kind", type_=String()), bindparam("item", type_=String())
_AFTER_NOTED, _AFTER_ID = bindparam("after_noted", type_=Date()), bindparam("after_id", type_=Uuid())

# What is confidential is between two people, whatever else somebody may read of the case: its author and the
# employee; or the employee and whoever was his rater when he wrote it.
_OPEN = or_(
    col(EntryRow.author_id) == _READER,
    col(EntryRow.addressee_id) == _READER,
    and_(col(EntryRow.confidential), col(AppraisalRow.employee_id) == _READER),
    and_(
        ~col(EntryRow.confidential),
        case(
            (col(EntryRow.kind) == constant(PROGRESS), bindparam("progress", type_=Boolean())),
            else_=bindparam("notes", type_=Boolean()),
        ),
    ),
)
_LINES = (
    select(
        _ID,
        col(EntryRow.kind),
        col(EntryRow.item),
        _NOTED,
        col(EntryRow.author_id),
        col(Person.name).label("author"),
        col(EntryRow.capacity),
        col(EntryRow.confidential),
        col(EntryRow.content),
        col(EntryRow.recorded_at),
        col(EntryRow.withdrawn_at),
        col(EntryRow.fingerprint),
    )
    .join(Person, col(Person.id) == col(EntryRow.author_id))
    .join(AppraisalRow, col(AppraisalRow.id) == col(EntryRow.appraisal_id))
    .where(_OF_CASE)
)
_PAGE = (
    _LINES.where(
        _OPEN,
        or_(_KIND.is_(None), col(EntryRow.kind) == _KIND),
        or_(_ITEM.is_(None), col(EntryRow.item) == _ITEM),
        or_(_AFTER_ID.is_(None), tuple_(_NOTED, _ID) < tuple_(_AFTER_NOTED, _AFTER_ID)),
    )
    .order_by(_NOTED.desc(), _ID.desc())
    .limit(bindparam("limit", type_=Integer()))
)
_OPEN_ONE = _LINES.where(_OPEN, _ONE)
_VALUE = col(EntryRow.content)[bindparam("field", type_=String())]
# A case that went on under newer rules may have entries in which this field held no number.
_NUMBER = case((func.jsonb_typeof(_VALUE) == constant("number"), cast(_VALUE, Numeric)))
_COUNT = (
    select(
        func.count().label("entries"),
        func.count().filter(bindparam("at_most", type_=Float()) >= _NUMBER).label("within"),
    )
    .join(AppraisalRow, col(AppraisalRow.id) == col(EntryRow.appraisal_id))
    .where(_OF_CASE, _OPEN, col(EntryRow.kind) == _KIND, col(EntryRow.withdrawn_at).is_(None))
)
_UNDER_KEY = _LINES.where(
    col(EntryRow.author_id) == bindparam("author", type_=Uuid()), col(EntryRow.key) == bindparam("key")
)
_ADD = (
    insert(EntryRow)
    .on_conflict_do_nothing(index_elements=["appraisal_id", "author_id", "key"])
    .returning(_ID)
)
_NOTED_BY = select(func.count()).where(_OF_CASE, col(EntryRow.author_id) == bindparam("author", type_=Uuid()))
_WITHDRAW = (
    update(EntryRow)
    .where(_OF_CASE, _ONE, col(EntryRow.withdrawn_at).is_(None))
    .values(withdrawn_at=bindparam("now", type_=DateTime(timezone=True)))
)
_OFFICIAL_RATER = text(f"""
    SELECT official_of({CASE}, 'rater', business_at(cycle.clock, now()))
    FROM appraisal JOIN cycle ON cycle.id = appraisal.cycle_id
    WHERE appraisal.id = :appraisal
""").bindparams(bindparam("appraisal", type_=Uuid()))  # noqa: S608  # CASE names columns


@dataclass(frozen=True, slots=True)
class Entry:
    """One note of the year."""

    id: uuid.UUID
    kind: str
    item: str
    noted_on: dt.date
    author_id: uuid.UUID
    author: str
    capacity: str
    confidential: bool
    content: dict[str, Any]
    recorded_at: dt.datetime
    withdrawn_at: dt.datetime | None
    fingerprint: str


@dataclass(frozen=True, slots=True)
class EntryCount:
    """How many entries there are that were not withdrawn."""

    entries: int
    within: int
    """In how many of them the number is at most what was asked for."""


@dataclass(frozen=True, slots=True)
class NewEntry:
    """What is to be noted: the case, who notes it as what and under which key, and what."""

    appraisal_id: uuid.UUID
    kind: str
    author_id: uuid.UUID
    capacity: str
    key: str
    fingerprint: str
    item: str
    noted_on: dt.date
    confidential: bool
    addressee_id: uuid.UUID | None
    content: Json


@dataclass(frozen=True, slots=True)
class EntryReader:
    """Who reads, and which entries of others that are not confidential are open to him."""

    person: uuid.UUID
    notes: bool
    progress: bool

    @property
    def parameters(self) -> dict[str, Any]:
        """The same as parameters of a statement."""
        return {"reader": self.person, "notes": self.notes, "progress": self.progress}


async def official_rater(connection: AsyncConnection, appraisal: uuid.UUID) -> uuid.UUID | None:
    """Whose office it is to rate the case now, whoever stands in for him; None where the relations name nobody."""
    rater: uuid.UUID | None = await connection.scalar(_OFFICIAL_RATER, {"appraisal": appraisal})
    return rater


async def noted_under(
    connection: AsyncConnection, appraisal: uuid.UUID, author: uuid.UUID, key: str
) -> Entry | None:
    """What the author noted in the case under this key before."""
    parameters = {"appraisal": appraisal, "author": author, "key": key}
    row = (await connection.execute(_UNDER_KEY, parameters)).one_or_none()
    return None if row is None else one_row(Entry, row)


async def noted_by(connection: AsyncConnection, appraisal: uuid.UUID, author: uuid.UUID) -> int:
    """How many entries the author noted in the case, with those that he withdrew."""
    return int(await connection.scalar(_NOTED_BY, {"appraisal": appraisal, "author": author}) or 0)


async def note(connection: AsyncConnection, new: NewEntry) -> bool:
    """Notes it. False where the same key was used at the same moment: nothing is noted."""
    written = {**asdict(new), "id": new_id(), "recorded_at": dt.datetime.now(dt.UTC), "withdrawn_at": None}
    return (await connection.execute(_ADD, written)).one_or_none() is not None


async def entry(
    connection: AsyncConnection, appraisal: uuid.UUID, reader: EntryReader, found: uuid.UUID
) -> Entry | None:
    """One entry of a case, if it is open to the reader."""
    parameters = {"appraisal": appraisal, "entry": found, **reader.parameters}
    row = (await connection.execute(_OPEN_ONE, parameters)).one_or_none()
    return None if row is None else one_row(Entry, row)


async def entries(
    connection: AsyncConnection,
    appraisal: uuid.UUID,
    reader: EntryReader,
    *,
    kind: str | None,
    item: str | None,
    after: tuple[dt.date, uuid.UUID] | None,
    limit: int,
) -> list[Entry]:
    """The entries of a case that are open to the reader, the latest day first; of one kind or item where given."""
    rows = await connection.execute(
        _PAGE,
        {
            "appraisal": appraisal,
            **reader.parameters,
            "kind": kind,
            "item": item,
            "after_noted": after[0] if after else None,
            "after_id": after[1] if after else None,
            "limit": limit,
        },
    )
    return all_rows(Entry, rows)


async def entry_count(
    connection: AsyncConnection,
    appraisal: uuid.UUID,
    reader: EntryReader,
    kind: str,
    *,
    field: str,
    at_most: float,
) -> EntryCount:
    """How many entries of a kind the reader may read, and in how many of them a number is at most so much."""
    parameters = {
        "appraisal": appraisal,
        **reader.parameters,
        "kind": kind,
        "field": field,
        "at_most": at_most,
    }
    return one_row(EntryCount, (await connection.execute(_COUNT, parameters)).one())


async def withdraw(
    connection: AsyncConnection, appraisal: uuid.UUID, withdrawn: uuid.UUID, now: dt.datetime
) -> None:
    """Withdraws an entry; the moment of an earlier withdrawal stays."""
    await connection.execute(_WITHDRAW, {"appraisal": appraisal, "entry": withdrawn, "now": now})
