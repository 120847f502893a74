"""The people that the asker may see."""

import datetime as dt
import uuid

from sqlalchemy.ext.asyncio import AsyncConnection

from service.accounts.tokens import Identity
from service.paging import cut, decode, plain_text
from service.people.schemas import PeoplePage, PersonDetail
from service.people.showing import shown_detail, shown_line
from service.problems import FieldError, Invalid, NotFound
from store.person.repository import colleague, colleagues
from translations import Locale
from translations import mark as _


async def people_page(
    connection: AsyncConnection, identity: Identity, *, name: str | None, cursor: str | None, limit: int
) -> PeoplePage:
    """A page of people by name; ``name`` is a part of the name. Raises `Invalid` and `CursorInvalid`."""
    if name is not None and "\0" in name:
        raise Invalid(errors=[FieldError("/name", _("The text must not contain the character NUL."))])
    rows = await colleagues(
        connection,
        asker=identity.person,
        agency=identity.agency,
        now=dt.datetime.now(dt.UTC),
        name=name,
        after=None if cursor is None else _after(cursor),
        limit=limit + 1,
    )
    page, following = cut(rows, limit, lambda row: (row.name, row.id))
    return PeoplePage(items=[shown_line(row) for row in page], next=following)


async def person_detail(
    connection: AsyncConnection, person: uuid.UUID, identity: Identity, locale: Locale
) -> PersonDetail:
    """One person. Raises `NotFound` for one whom the asker may not see."""
    found = await colleague(
        connection, person, asker=identity.person, agency=identity.agency, now=dt.datetime.now(dt.UTC)
    )
    if found is None:
        raise NotFound
    return shown_detail(found, locale, private=found.to_hr or found.id == identity.person)


def _after(cursor: str) -> tuple[str, uuid.UUID]:
    name, row = decode(cursor, plain_text, uuid.UUID)
    return name, row
