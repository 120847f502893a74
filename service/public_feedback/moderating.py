"""Decides about what the public wrote: personnel officers clear a text or refuse it, and its original is gone then."""

import uuid

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from service.accounts.checking import require_hr
from service.accounts.tokens import Identity
from service.paging import cut, id_key
from service.problems import FieldError, Invalid, NotFound, TextDecided
from service.public_feedback.names import Names
from service.public_feedback.schemas import ClearedText, WaitingText, WaitingTexts
from service.public_feedback.showing import shown_waiting
from store.public_feedback.texts import PublicText, decide, names_of, take_text, waiting_texts
from translations import mark as _

EMPTY = _("The text is empty.")
NOT_TEXT = _("The text must not contain the character NUL.")


async def texts_waiting(
    connection: AsyncConnection, identity: Identity, *, cursor: str | None, limit: int
) -> WaitingTexts:
    """A page of the texts that wait. Raises `HrOnly` and `CursorInvalid`."""
    await require_hr(connection, identity)
    rows = await waiting_texts(connection, identity.agency, after=id_key(cursor), limit=limit + 1)
    page, following = cut(rows, limit, lambda row: (row.id,))
    names = Names(await names_of(connection, identity.agency))
    return WaitingTexts(items=[shown_waiting(each, names) for each in page], next=following)


async def clear(
    database: AsyncEngine, identity: Identity, identifier: uuid.UUID, body: ClearedText
) -> WaitingText:
    """Clears a text, as it stands or as edited, without names. A repeat changes nothing.

    Raises `HrOnly`, `NotFound`, `Invalid` and `TextDecided`.
    """
    if body.text is not None and "\0" in body.text:
        raise Invalid(errors=[FieldError("/text", NOT_TEXT)])
    if body.text is not None and not body.text.strip():
        raise Invalid(errors=[FieldError("/text", EMPTY)])
    async with database.begin() as connection:
        found, names = await _taken(connection, identity, identifier)
        words = names.masked(body.text.strip() if body.text is not None else found.words or "")
        if found.state == "waiting":
            await decide(connection, identifier, identity.person, state="cleared", words=words)
            found = await _again(connection, identity, identifier)
        elif found.state != "cleared" or words != found.words:
            raise TextDecided
    return shown_waiting(found, names)


async def refuse(database: AsyncEngine, identity: Identity, identifier: uuid.UUID) -> WaitingText:
    """Refuses a text, which is gone then; a repeat changes nothing. Raises `HrOnly`, `NotFound` and `TextDecided`."""
    async with database.begin() as connection:
        found, names = await _taken(connection, identity, identifier)
        if found.state == "waiting":
            await decide(connection, identifier, identity.person, state="refused", words=None)
            found = await _again(connection, identity, identifier)
        elif found.state != "refused":
            raise TextDecided
    return shown_waiting(found, names)


async def _taken(
    connection: AsyncConnection, identity: Identity, identifier: uuid.UUID
) -> tuple[PublicText, Names]:
    await require_hr(connection, identity)
    found = await take_text(connection, identifier, identity.agency)
    if found is None:
        raise NotFound
    return found, Names(await names_of(connection, identity.agency))


async def _again(connection: AsyncConnection, identity: Identity, identifier: uuid.UUID) -> PublicText:
    found = await take_text(connection, identifier, identity.agency)
    if found is None:
        raise NotFound
    return found
