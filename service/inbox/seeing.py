"""Marks the notices that somebody has seen in his own inbox."""

import datetime as dt
import uuid

from sqlalchemy.ext.asyncio import AsyncEngine

from service.accounts.tokens import Identity
from service.inbox.reading import unseen_of
from service.inbox.schemas import SeenAnswer, SeenNotices
from service.problems import FieldError, Invalid
from store.database import autocommit
from store.inbox.seeing import Seen, mark_seen
from translations import Locale
from translations import mark as _

_EITHER = _("Name either the notices, or all with until.")
_UNTIL = _("Say until which moment, with its zone: what came after it was not seen.")


async def note_inbox_seen(
    database: AsyncEngine, identity: Identity, body: SeenNotices, locale: Locale
) -> SeenAnswer:
    """Marks the notices and says how many were not marked before. A repeat is harmless.

    Whoever has seen that the own result can be read has not opened it yet: a notice shows no result, and begins no
    days of art 59(1). Raises `Invalid` for a body that does not say what was seen.
    """
    seen = _seen(body, identity.person)
    now = dt.datetime.now(dt.UTC)
    async with autocommit(database).connect() as connection:
        marked = await mark_seen(connection, seen, now)
        return SeenAnswer(marked=marked, unseen=await unseen_of(connection, identity, locale))


def _seen(body: SeenNotices, person: uuid.UUID) -> Seen:
    if body.notices is not None:
        if body.all is not None or body.until is not None:
            raise Invalid(errors=[FieldError("/notices", _EITHER)])
        return Seen(person, notices=body.notices)
    if body.all is None:
        raise Invalid(errors=[FieldError("/notices", _EITHER)])
    if body.until is None or body.until.tzinfo is None:
        raise Invalid(errors=[FieldError("/until", _UNTIL)])
    try:
        return Seen(person, until=body.until.astimezone(dt.UTC))
    except OverflowError:
        # The moment is at the limit of what `datetime` can hold; in UTC it lies beyond that limit.
        raise Invalid(errors=[FieldError("/until", _UNTIL)]) from None
