"""Keeps the bytes of files, once for each content, and reads them piece by piece."""

import datetime as dt
from collections.abc import AsyncIterator

from sqlalchemy import Integer, LargeBinary, String, bindparam, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from sqlmodel import col

from store.evidence.table import StoredFileRow

PIECE = 512 * 1024
"""Bytes that are read from the database at once."""

_DIGEST = col(StoredFileRow.digest) == bindparam("digest", type_=String())
_KEPT = select(_DIGEST).where(_DIGEST)
_KEEP = insert(StoredFileRow).on_conflict_do_nothing()
_PIECE = select(
    func.substring(
        col(StoredFileRow.content), bindparam("start", type_=Integer()), PIECE, type_=LargeBinary()
    )
).where(_DIGEST)


async def is_kept(connection: AsyncConnection, digest: str) -> bool:
    """Whether the bytes with this SHA-256 are kept already."""
    return await connection.scalar(_KEPT, {"digest": digest}) is not None


async def keep(connection: AsyncConnection, *, digest: str, media_type: str, content: bytes) -> None:
    """Keeps the bytes under their SHA-256, unless they are kept already."""
    await connection.execute(
        _KEEP,
        {
            "digest": digest,
            "media_type": media_type,
            "size": len(content),
            "content": content,
            "stored_at": dt.datetime.now(dt.UTC),
        },
    )


async def pieces_of(reading: AsyncEngine, digest: str, size: int) -> AsyncIterator[bytes]:
    """The bytes of a kept file in order. No connection is held while the reader takes a piece."""
    for start in range(0, size, PIECE):
        async with reading.connect() as connection:
            piece = (await connection.execute(_PIECE, {"digest": digest, "start": start + 1})).scalar_one()
        yield piece
