"""One text of an appraisal, if the asker may read it."""

import uuid

from sqlalchemy.ext.asyncio import AsyncEngine

from service.accounts.tokens import Identity
from service.appraisals.acting import Acting
from service.appraisals.result_shown import TextGiven
from service.appraisals.sight import seen
from service.documents.schemas import DocumentDetail
from service.problems import NotFound
from service.sight.texts import may_read
from store.document import repository


async def document_of(
    reading: AsyncEngine, acting: Acting, appraisal: uuid.UUID, digest: str, identity: Identity
) -> DocumentDetail:
    """The text; the own result is noted as seen before it is given out.

    Raises `NotFound` where it is not there, or not open to the asker, and what `Acting.note_shown` raises.
    """
    async with reading.connect() as connection:
        # The case after its text: what it shows was delivered by then.
        found = await repository.read(connection, appraisal, digest)
        sight = await seen(connection, appraisal, identity)
    if found is None or not may_read(
        sight, found.kind, found.author, delivered=found.delivered, person=identity.person
    ):
        raise NotFound
    await acting.note_shown(identity, sight, [TextGiven(found.kind, found.present)])
    return DocumentDetail(
        digest=found.digest,
        kind=found.kind,
        author_id=found.author,
        author=found.author_name,
        created_at=found.created_at,
        text=found.content.get("text"),
        content=found.content.get("content"),
    )
