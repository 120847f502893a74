"""Saves drafts and removes them."""

import uuid

from sqlalchemy.ext.asyncio import AsyncEngine

from content.forms.checking import check
from content.forms.storing import unstorable
from service.accounts.tokens import Identity
from service.drafts.schemas import NewDraft, SavedDraft
from service.forms.checking import right_to_fill
from service.forms.context import form_context
from service.forms.findings import shown_findings
from service.forms.wording import field_errors
from service.problems import DraftStale, Invalid
from store.draft import repository
from store.draft.repository import Draft, Place
from translations import Locale


async def save_draft(
    reading: AsyncEngine, appraisal: uuid.UUID, form: str, identity: Identity, body: NewDraft, locale: Locale
) -> SavedDraft:
    """Saves a draft however unfinished it is, and tells what is missing. A repeat is harmless.

    Raises `DraftStale` where another version was there: then what was sent is kept aside. Raises `Invalid` for what
    cannot be stored, and as `right_to_fill` and `FormRight.refuse_closed` do.
    """
    async with reading.connect() as connection:
        right = await right_to_fill(connection, appraisal, form, identity)
        right.refuse_closed()
        if mistakes := unstorable(body.content):
            raise Invalid(errors=field_errors(mistakes, names=right.names))
        place = Place(appraisal, form, identity.person)
        saved = await repository.save(connection, place, body.content, read=body.version)
        if saved.version is None or saved.saved_at is None:
            raise stale(await repository.read_draft(connection, place), saved.aside)
        context = await form_context(connection, appraisal, right.rules)
    found = check(right.form, body.content, right.rules, context)
    return SavedDraft(
        version=saved.version,
        saved_at=saved.saved_at,
        missing=shown_findings(found.mistakes, right, locale),
    )


async def remove_draft(
    reading: AsyncEngine, appraisal: uuid.UUID, form: str, identity: Identity, *, version: int | None
) -> None:
    """Removes a draft and all that was kept aside of it. A repeat is harmless.

    Raises `DraftStale` where ``version`` is named and another is there, and as `right_to_fill` does.
    """
    async with reading.connect() as connection:
        await right_to_fill(connection, appraisal, form, identity)
        place = Place(appraisal, form, identity.person)
        if await repository.remove(connection, place, read=version, with_asides=True):
            return
        present = await repository.read_draft(connection, place)
        if version is not None and present is not None and present.content:
            raise stale(present, None)


def stale(present: Draft | None, aside: uuid.UUID | None) -> DraftStale:
    """The refusal, with what is there instead."""
    if present is None:
        return DraftStale(version=0, saved_at=None, aside=aside)
    return DraftStale(version=present.version, saved_at=present.saved_at, aside=aside)
