"""One text of an appraisal, if the asker may read it."""

import uuid

from sqlalchemy.ext.asyncio import AsyncConnection

from service import policy
from service.accounts.tokens import Identity
from service.appraisals.sight import seen
from service.documents.schemas import DocumentDetail
from service.problems import NotFound
from store.document import repository


async def document_of(
    connection: AsyncConnection, appraisal: uuid.UUID, digest: str, identity: Identity
) -> DocumentDetail:
    """The text. Raises `NotFound` if it does not exist or the asker may not read it."""
    sight = await seen(connection, appraisal, identity)
    found = await repository.read(connection, appraisal, digest)
    if found is None or not policy.may_read(
        found.kind,
        found.author,
        delivered=found.delivered,
        capacities=sight.capacities,
        person=identity.person,
    ):
        raise NotFound
    return DocumentDetail(
        digest=found.digest,
        kind=found.kind,
        author_id=found.author,
        author=found.author_name,
        created_at=found.created_at,
        text=found.content.get("text"),
        content=found.content.get("content"),
    )
