"""What the author of a draft reads of it; nobody else reads anything."""

import uuid

from sqlalchemy.ext.asyncio import AsyncConnection

from service.accounts.tokens import Identity
from service.drafts.schemas import AsideDetail, AsideLine, AsideList, DraftDetail
from service.forms.checking import right_to_fill
from service.problems import NotFound
from store.draft import repository
from store.draft.repository import Place


async def draft_of(
    connection: AsyncConnection, appraisal: uuid.UUID, form: str, identity: Identity
) -> DraftDetail:
    """The asker's own draft, empty where there is none. Raises as `right_to_fill` does."""
    found = await repository.read_draft(connection, await _place(connection, appraisal, form, identity))
    if found is None:
        return DraftDetail(version=0, saved_at=None, content={})
    return DraftDetail(version=found.version, saved_at=found.saved_at, content=found.content)


async def asides_of(
    connection: AsyncConnection, appraisal: uuid.UUID, form: str, identity: Identity
) -> AsideList:
    """What was kept aside of the asker's own draft. Raises as `right_to_fill` does."""
    kept = await repository.asides(connection, await _place(connection, appraisal, form, identity))
    return AsideList(items=[AsideLine.model_validate(line) for line in kept])


async def aside_of(
    connection: AsyncConnection, appraisal: uuid.UUID, form: str, aside: uuid.UUID, identity: Identity
) -> AsideDetail:
    """One saving that was kept aside. Raises `NotFound` where there is none, and as `right_to_fill` does."""
    place = await _place(connection, appraisal, form, identity)
    kept = await repository.read_aside(connection, place, aside)
    if kept is None:
        raise NotFound
    return AsideDetail.model_validate(kept)


async def _place(connection: AsyncConnection, appraisal: uuid.UUID, form: str, identity: Identity) -> Place:
    await right_to_fill(connection, appraisal, form, identity)
    return Place(appraisal, form, identity.person)
