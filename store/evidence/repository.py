"""Writes and reads what was handed in as evidence. Whoever calls this has checked the rights."""

import datetime as dt
import uuid
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import DateTime, Integer, Select, String, Uuid, bindparam, func, or_, select, tuple_, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from store.base import new_id
from store.evidence.table import EvidenceRow, StoredFileRow
from store.person.table import Person
from store.rows import all_rows, one_row

_ID, _ADDED = col(EvidenceRow.id), col(EvidenceRow.added_at)
_OF_CASE = col(EvidenceRow.appraisal_id) == bindparam("appraisal", type_=Uuid())
_OF_AUTHOR = col(EvidenceRow.author_id) == bindparam("author", type_=Uuid())
_PIECE = col(EvidenceRow.id) == bindparam("evidence", type_=Uuid())
_ITEM = bindparam("item", type_=String())
_AFTER_ADDED = bindparam("after_added", type_=DateTime(timezone=True))
_AFTER_ID = bindparam("after_id", type_=Uuid())

_LINES: Select[*tuple[Any, ...]] = (
    select(
        _ID,
        col(EvidenceRow.item),
        col(EvidenceRow.title),
        col(EvidenceRow.author_id),
        col(Person.name).label("author"),
        _ADDED,
        col(EvidenceRow.withdrawn_at),
        col(EvidenceRow.digest),
        col(EvidenceRow.file_name),
        col(StoredFileRow.media_type),
        col(StoredFileRow.size),
        col(EvidenceRow.address),
        col(EvidenceRow.reached),
        col(EvidenceRow.reached_at),
        col(EvidenceRow.fingerprint),
    )
    .join(Person, col(Person.id) == col(EvidenceRow.author_id))
    .outerjoin(StoredFileRow, col(StoredFileRow.digest) == col(EvidenceRow.digest))
    .where(_OF_CASE)
)
_PAGE = (
    _LINES.where(
        or_(_ITEM.is_(None), col(EvidenceRow.item) == _ITEM),
        or_(_AFTER_ID.is_(None), tuple_(_ADDED, _ID) < tuple_(_AFTER_ADDED, _AFTER_ID)),
    )
    .order_by(_ADDED.desc(), _ID.desc())
    .limit(bindparam("limit", type_=Integer()))
)
_ONE = _LINES.where(_PIECE)
_UNDER_KEY = _LINES.where(_OF_AUTHOR, col(EvidenceRow.key) == bindparam("key"))
_ADDED_BY = select(func.count()).where(_OF_CASE, _OF_AUTHOR)
_ADD = (
    insert(EvidenceRow)
    .on_conflict_do_nothing(index_elements=["appraisal_id", "author_id", "key"])
    .returning(_ID)
)
_WITHDRAW = (
    update(EvidenceRow)
    .where(_OF_CASE, _PIECE, _OF_AUTHOR, col(EvidenceRow.withdrawn_at).is_(None))
    .values(withdrawn_at=bindparam("now", type_=DateTime(timezone=True)))
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """One piece of evidence: a file (``digest``) or a link (``address``)."""

    id: uuid.UUID
    item: str
    title: str
    author_id: uuid.UUID
    author: str
    added_at: dt.datetime
    withdrawn_at: dt.datetime | None
    digest: str | None
    file_name: str
    media_type: str | None
    size: int | None
    address: str | None
    reached: str | None
    reached_at: dt.datetime | None
    fingerprint: str


@dataclass(frozen=True, slots=True)
class NewEvidence:
    """What is to be added: the case, who adds it under which key, and the file or the link."""

    appraisal_id: uuid.UUID
    author_id: uuid.UUID
    key: str
    fingerprint: str
    item: str
    title: str
    digest: str | None = None
    file_name: str = ""
    address: str | None = None
    reached: str | None = None
    reached_at: dt.datetime | None = None


async def added_under(
    connection: AsyncConnection, appraisal: uuid.UUID, author: uuid.UUID, key: str
) -> Evidence | None:
    """What the author added to the case under this key before."""
    parameters = {"appraisal": appraisal, "author": author, "key": key}
    row = (await connection.execute(_UNDER_KEY, parameters)).one_or_none()
    return None if row is None else one_row(Evidence, row)


async def added_by(connection: AsyncConnection, appraisal: uuid.UUID, author: uuid.UUID) -> int:
    """How many pieces the author added to the case, with those that he withdrew: their files are kept as well."""
    return int(await connection.scalar(_ADDED_BY, {"appraisal": appraisal, "author": author}) or 0)


async def add(connection: AsyncConnection, new: NewEvidence) -> bool:
    """Adds it; its file is kept already. False where the same key was used at the same moment: nothing is added."""
    written = {**asdict(new), "id": new_id(), "added_at": dt.datetime.now(dt.UTC), "withdrawn_at": None}
    return (await connection.execute(_ADD, written)).one_or_none() is not None


async def evidence(connection: AsyncConnection, appraisal: uuid.UUID, piece: uuid.UUID) -> Evidence | None:
    """One piece of evidence of a case."""
    row = (await connection.execute(_ONE, {"appraisal": appraisal, "evidence": piece})).one_or_none()
    return None if row is None else one_row(Evidence, row)


async def evidence_of(
    connection: AsyncConnection,
    appraisal: uuid.UUID,
    *,
    item: str | None,
    after: tuple[dt.datetime, uuid.UUID] | None,
    limit: int,
) -> list[Evidence]:
    """The evidence of a case, the newest first; with ``item`` only what is for it (empty: for the work as a whole)."""
    rows = await connection.execute(
        _PAGE,
        {
            "appraisal": appraisal,
            "item": item,
            "after_added": after[0] if after else None,
            "after_id": after[1] if after else None,
            "limit": limit,
        },
    )
    return all_rows(Evidence, rows)


async def withdraw(
    connection: AsyncConnection, appraisal: uuid.UUID, piece: uuid.UUID, author: uuid.UUID, now: dt.datetime
) -> None:
    """Withdraws what the author added; the moment of an earlier withdrawal stays."""
    await connection.execute(
        _WITHDRAW, {"appraisal": appraisal, "evidence": piece, "author": author, "now": now}
    )
