"""The evidence of a case, as far as the asker may see it."""

import uuid
from collections.abc import AsyncIterator
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from content.sight.rules import Kind
from service.accounts.tokens import Identity
from service.evidence.files.kinds import shown_type
from service.evidence.schemas import EvidencePage
from service.evidence.showing import shown_evidence
from service.paging import cut, moment_key
from service.problems import NotFound
from service.sight.seeing import ContentSight, content_sight
from store.evidence.files import pieces_of
from store.evidence.repository import Evidence, evidence, evidence_of
from translations import Locale


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file as it is given out again, piece by piece."""

    name: str
    media_type: str
    size: int
    pieces: AsyncIterator[bytes]


async def evidence_page(
    connection: AsyncConnection,
    identity: Identity,
    appraisal: uuid.UUID,
    locale: Locale,
    *,
    item: str | None,
    cursor: str | None,
    limit: int,
) -> EvidencePage:
    """A page of the evidence of a case, the newest first. Raises `CursorInvalid` and `NotFound`."""
    after = moment_key(cursor)
    seen = await evidence_sight(connection, identity, appraisal)
    rows = await evidence_of(connection, appraisal, item=item, after=after, limit=limit + 1)
    page, following = cut(rows, limit, lambda row: (row.added_at.isoformat(), row.id))
    return EvidencePage(
        items=[shown_evidence(row, seen, identity.person, locale) for row in page], next=following
    )


async def evidence_sight(
    connection: AsyncConnection, identity: Identity, appraisal: uuid.UUID
) -> ContentSight:
    """The case, if its evidence is open to the asker. Raises `NotFound` otherwise."""
    seen = await content_sight(connection, appraisal, identity)
    if not seen.sees(Kind.EVIDENCE):
        raise NotFound
    return seen


async def file_of(
    reading: AsyncEngine, identity: Identity, appraisal: uuid.UUID, piece: uuid.UUID
) -> KeptFile:
    """A file that was handed in. Raises `NotFound` for one that was withdrawn, or is not open to the asker, too."""
    async with reading.connect() as connection:
        await evidence_sight(connection, identity, appraisal)
        found = await evidence(connection, appraisal, piece)
    if found is None or found.withdrawn_at is not None:
        raise NotFound
    return _kept(reading, found)


def _kept(reading: AsyncEngine, found: Evidence) -> KeptFile:
    if found.digest is None or found.media_type is None or found.size is None:
        raise NotFound
    return KeptFile(
        found.file_name,
        shown_type(found.media_type, found.file_name),
        found.size,
        pieces_of(reading, found.digest, found.size),
    )
