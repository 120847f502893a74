"""Notes something in a case."""

import hashlib
import uuid

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from service.accounts.tokens import Identity
from service.entries.checking import checked_content, kind_of, writing_capacity
from service.entries.schemas import EntryLine, NewEntry
from service.entries.showing import shown_entry
from service.forms.context import form_context
from service.problems import IdempotencyKeyReused, TooManyNotes
from service.sight.seeing import ContentSight, content_sight
from states.codec import canonical
from states.stages import Capacity
from store.entry import repository as store
from translations import Locale

MOST_NOTES = 1_000
"""Entries that one person notes in one case: some four for every working day."""


async def note_entry(
    database: AsyncEngine,
    identity: Identity,
    appraisal: uuid.UUID,
    kind: str,
    key: str,
    entry: NewEntry,
    locale: Locale,
) -> EntryLine:
    """Notes it; the same ``key`` with the same request notes it once.

    Raises `NotFound` for a case or a kind that is not there, `NotYoursToAdd`, `CaseNotBegun`, `CaseClosed`,
    `TooManyNotes`, `Invalid` and `IdempotencyKeyReused`; then nothing is noted.
    """
    fingerprint = _fingerprint(identity, kind, entry)
    async with database.begin() as connection:
        seen = await content_sight(connection, appraisal, identity)
        noted = await store.noted_under(connection, appraisal, identity.person, key)
        if noted is None:
            if await store.noted_by(connection, appraisal, identity.person) >= MOST_NOTES:
                raise TooManyNotes(most=str(MOST_NOTES))
            new = await _checked(connection, seen, identity, kind, key, entry, fingerprint)
            await store.note(connection, new)
            # Read again: a request with the same key may have come at the same moment.
            noted = await store.noted_under(connection, appraisal, identity.person, key)
    if noted is None or noted.fingerprint != fingerprint:
        raise IdempotencyKeyReused
    return shown_entry(noted, seen, identity.person, locale)


async def _checked(
    connection: AsyncConnection,
    seen: ContentSight,
    identity: Identity,
    name: str,
    key: str,
    entry: NewEntry,
    fingerprint: str,
) -> store.NewEntry:
    rules, kind = kind_of(seen, name)
    capacity = writing_capacity(seen, kind)
    context = await form_context(connection, seen.sight.case.id, rules)
    addressee = None
    if kind.confidential and capacity is Capacity.EMPLOYEE:
        addressee = await store.official_rater(connection, seen.sight.case.id)
    return store.NewEntry(
        appraisal_id=seen.sight.case.id,
        kind=name,
        author_id=identity.person,
        capacity=capacity,
        key=key,
        fingerprint=fingerprint,
        item=entry.item,
        noted_on=entry.noted_on,
        confidential=kind.confidential,
        addressee_id=addressee,
        content=checked_content(entry, kind, rules, context, seen),
    )


def _fingerprint(identity: Identity, kind: str, entry: NewEntry) -> str:
    asked = {"actor": str(identity.person), "kind": kind, "entry": entry.model_dump(mode="json")}
    return hashlib.sha256(canonical(asked)).hexdigest()
